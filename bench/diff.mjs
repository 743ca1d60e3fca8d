// `diff` against a plain program that reads the same files, fetches the same pages with an undici Pool and joins both in Maps:
// CPU time of each in a process of its own, in interleaved rounds, and the peak of live memory.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startAstro } from "./astro.mjs";
import { seedOf, writeCompany } from "./diff-company.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const run = promisify(execFile);
const mebibyte = 1024 * 1024;
const formats = ["ndjson", "csv"];
const warmUps = 5;

/** @param {number} users each with three memberships */
export async function diffAtScale(users, { rounds = 5 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "astro-scim-bench-"));
  const astro = await startAstro({ seed: seedOf(users) });
  try {
    const rows = [];
    for (const format of formats) {
      await writeCompany(folder, users, format);
      const of = { folder, format, users, astro };
      rows.push({ ...(await cpuRow(of, { rounds, uncounted: 0 })), atMost: 1.6 });
      // One run is what a user waits for; a warm process tells how much of it is code that runs for the first time.
      if (users <= 10_000) rows.push(await cpuRow(of, { rounds, uncounted: warmUps }));
      const { peakBytes } = await measured("diff-process.mjs", ["--expose-gc"], of, 0);
      const peak = peakBytes / mebibyte;
      rows.push({
        name: `live memory of diff, ${users} users from ${format}, in MiB`,
        ratio: peak,
        low: peak,
        high: peak,
        ...(users >= 100_000 ? { atMost: 250 } : {}),
      });
    }
    return rows;
  } finally {
    await astro.stop();
    await rm(folder, { recursive: true });
  }
}

async function cpuRow(of, { rounds, uncounted }) {
  const cpuOf = async (name) => (await measured(name, [], of, uncounted)).cpuMs;
  const cpu = await interleavedRounds(rounds, {
    ours: () => cpuOf("diff-process.mjs"),
    plain: () => cpuOf("diff-plain-process.mjs"),
  });
  const warm = uncounted === 0 ? "" : " (warm process)";
  return {
    name: `CPU of diff, ${of.users} users from ${of.format} : of fetching, parsing and joining${warm}`,
    ...ratioOf(cpu.ours, cpu.plain),
    note: `${Math.round(median(cpu.ours))} : ${Math.round(median(cpu.plain))} ms`,
  };
}

async function measured(name, flags, { folder, format, users, astro }, uncounted) {
  const options = [folder, format, String(users), astro.url, astro.token, String(uncounted)];
  const { stdout } = await run(process.execPath, [...flags, script(name), ...options]);
  return JSON.parse(stdout);
}
