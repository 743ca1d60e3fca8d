// A look-up while another client is sent a list of 20 Teams of 50,000 members, and alone: nobody waits for a long answer.

import { Pool } from "undici";
import { startAstro, userNameOf, usersOf } from "./astro.mjs";
import { connectTo } from "./client.mjs";
import { interleavedRounds, ratioOf } from "./rounds.mjs";

const teamCount = 20;
const memberCount = 50_000;
const lookupsInRound = 40;

export async function largeList() {
  const members = Array.from({ length: memberCount }, (_, at) => userNameOf(at));
  const teams = Array.from({ length: teamCount }, (_, at) => ({ name: `team ${at}`, members }));
  const astro = await startAstro({ seed: { users: usersOf(memberCount), teams } });
  const [client, reader] = [connectTo(astro), endlessReader(astro)];
  let longest = 0;
  const alone = () => lookUps(client, () => {});
  const beside = async () => {
    const reading = reader.start();
    const mean = await lookUps(client, (ms) => (longest = Math.max(longest, ms)));
    await reading.stop();
    return mean;
  };
  try {
    const measured = await interleavedRounds(25, { beside, alone });
    const name = `userName eq while ${teamCount} Teams of ${memberCount} are sent : alone`;
    const note = `longest ${Math.round(longest)} ms`;
    return [{ name, ...ratioOf(measured.beside, measured.alone), note }];
  } finally {
    await client.close();
    await reader.close();
    await astro.stop();
  }
}

/** Their mean time in milliseconds. */
async function lookUps(client, onLookUp) {
  const path = `/Users?filter=${encodeURIComponent(`userName eq "${userNameOf(7)}"`)}`;
  const start = performance.now();
  for (let lookup = 0; lookup < lookupsInRound; lookup += 1) {
    const begun = performance.now();
    await client.get(path);
    onLookUp(performance.now() - begun);
  }
  return (performance.now() - start) / lookupsInRound;
}

/** Reads the list over and over between `start` and `stop`, and keeps nothing of it. */
function endlessReader({ url, token }) {
  const pool = new Pool(new URL(url).origin, { connections: 1 });
  const path = `${new URL(url).pathname}/Groups?count=${teamCount}`;
  const headers = { authorization: `Bearer ${token}` };
  const start = () => {
    const controller = new AbortController();
    const { signal } = controller;
    const readOn = async () => {
      while (!signal.aborted) {
        const { body } = await pool.request({ method: "GET", path, headers, signal });
        for await (const _chunk of body);
      }
    };
    const ended = readOn().catch((error) => {
      if (!signal.aborted) throw error;
    });
    const stop = async () => {
      controller.abort();
      await ended;
    };
    return { stop };
  };
  return { start, close: () => pool.close() };
}
