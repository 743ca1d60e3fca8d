// A rehearsal beside a bare undici Pool that sends the very same requests: what the simulator costs.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../dist/cli/main.js";
import { systemIo } from "../dist/world/io.js";
import { readFixture } from "../dist/fixture/read.js";
import { startAstro } from "./astro.mjs";
import { connectTo } from "./client.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const world = systemIo();

/**
 * @param {{ provider: "okta" | "entra", file: string, rounds: number, atLeast?: number, what: string }} rehearsal
 * @returns one row of the benchmark: requests a second of the simulation, divided by those of the Pool
 */
export async function compareRehearsal({ provider, file, rounds, atLeast, what }) {
  const { astro: seed, organization } = readFixture(file, await readFile(file, "utf8"), { shipped: true });
  const fresh = () => startAstro({ seed, organizationId: organization });
  const run = (astro, ...flags) => simulate({ provider, file, astro }, ...flags);
  const requests = await recordRequests(fresh, run);
  const measured = await interleavedRounds(rounds, {
    simulation: () => requestsPerSecond(fresh, (astro) => run(astro)),
    pool: () => requestsPerSecond(fresh, (astro) => replay(astro, requests)),
  });
  const note = `${requests.length} requests, ${Math.round(median(measured.simulation))}/s`;
  const name = `simulate ${provider}${what} : undici Pool, requests a second`;
  return { name, ...ratioOf(measured.simulation, measured.pool), atLeast, note };
}

/** From the first answer to the last, by the server's clock: reading the fixture is not what is compared. */
async function requestsPerSecond(fresh, send) {
  const astro = await fresh();
  try {
    await send(astro);
    const { count, ms } = await astro.served();
    return (1000 * (count - 1)) / ms;
  } finally {
    await astro.stop();
  }
}

async function simulate({ provider, file, astro: { url, token } }, ...flags) {
  let said = "";
  const write = (text) => {
    said = (said + text).slice(-10_000);
    return true;
  };
  const silent = { write, isTTY: false, columns: undefined };
  const io = { ...world, env: { ASTRO_SCIM_TOKEN: token }, stdout: silent, stderr: silent };
  const target = provider === "entra" ? `${url}?aadOptscim062020` : url;
  const status = await main(["simulate", provider, file, "--url", target, ...flags], io);
  if (status !== 0) throw new Error(`simulate ${provider} ended with ${status}:\n${said}`);
}

/** The requests of one simulation with the status that each was answered with. */
async function recordRequests(fresh, run) {
  const folder = await mkdtemp(join(tmpdir(), "astro-scim-bench-"));
  const astro = await fresh();
  try {
    const trace = join(folder, "trace.ndjson");
    await run(astro, "--trace", trace);
    const lines = (await readFile(trace, "utf8")).trim().split("\n");
    return lines.map((line) => replayable(JSON.parse(line)));
  } finally {
    await astro.stop();
    await rm(folder, { recursive: true });
  }
}

function replayable({ request: { method, path, body }, answer }) {
  const headers = { accept: "application/scim+json", "content-type": "application/scim+json; charset=utf-8" };
  return {
    method,
    path,
    headers,
    body: body === null ? undefined : JSON.stringify(body),
    expected: answer.status,
  };
}

async function replay(astro, requests) {
  const client = connectTo(astro);
  try {
    for (const { expected, ...request } of requests) {
      const { status, text } = await client.send(request);
      if (status !== expected) {
        throw new Error(`${request.method} ${request.path} was answered ${status}, not ${expected}: ${text}`);
      }
    }
  } finally {
    await client.close();
  }
}
