// `resync` of a damaged company over SCIM against an undici Pool of the same size that sends the same requests: requests a second
// and CPU time of each in a process of its own, against a local Astro that starts anew, in interleaved rounds.

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startAstro } from "./astro.mjs";
import { damagedSeedOf, writeRepairFixture } from "./repair-company.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const script = (name) => fileURLToPath(new URL(name, import.meta.url));

/** @param {{ users: number, groups: number, rounds?: number }} company each user differs, each Team lacks half of its members */
export async function repairSpeed({ users, groups, rounds = 5 }) {
  const folder = await mkdtemp(join(tmpdir(), "astro-scim-bench-"));
  try {
    const fixture = await writeRepairFixture(folder, { users, groups });
    const seed = damagedSeedOf({ users, groups });
    const recording = join(folder, "requests.json");
    const state = (round) => join(folder, `state-${round}`);
    await measured(seed, "repair-process.mjs", [fixture, state(0), recording]);
    let round = 0;
    const found = { ours: [], pool: [] };
    const measure = async (variant) => {
      round += 1;
      const result = await (variant === "ours"
        ? measured(seed, "repair-process.mjs", [fixture, state(round)])
        : measured(seed, "repair-pool-process.mjs", [recording]));
      found[variant].push(result);
      return result.cpuMs;
    };
    await interleavedRounds(rounds, { ours: () => measure("ours"), pool: () => measure("pool") });
    const [ours, pool] = [found.ours.slice(1), found.pool.slice(1)];
    const of = (results, key) => results.map((one) => one[key]);
    const rates = (results) => results.map(({ count, ms }) => (count / ms) * 1000);
    const rate = (results) => Math.round(median(rates(results)));
    const name = `resync of ${users} users and ${groups} groups`;
    return [
      {
        name: `${name}, requests a second, ours : Pool`,
        ...ratioOf(rates(ours), rates(pool)),
        atLeast: 0.6,
        note: `${rate(ours)} : ${rate(pool)} a second, ${ours[0].count} requests`,
      },
      {
        name: `${name}, CPU, Pool : ours`,
        ...ratioOf(of(pool, "cpuMs"), of(ours, "cpuMs")),
        note: `${Math.round(median(of(pool, "cpuMs")))} : ${Math.round(median(of(ours, "cpuMs")))} ms`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(seed, name, options) {
  const astro = await startAstro({ seed });
  try {
    const child = fork(script(name), [astro.url, astro.token, ...options], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let result;
    child.on("message", (message) => (result = message));
    const [status] = await once(child, "exit");
    if (status !== 0 || result === undefined) throw new Error(`${name} ended with ${status}`);
    const { count, ms } = await astro.served();
    if (result.sent !== undefined && result.sent !== count)
      throw new Error(`${count} of ${result.sent} came`);
    return { ...result, count, ms };
  } finally {
    await astro.stop();
  }
}
