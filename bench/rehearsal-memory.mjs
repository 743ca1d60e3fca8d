// Memory grows with the directory, not with the number of requests: the same people, provisioned once and forty times.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const script = fileURLToPath(new URL("rehearsal-memory-process.mjs", import.meta.url));
const run = promisify(execFile);
const users = 500;

export async function rehearsalMemory() {
  const folder = await mkdtemp(join(tmpdir(), "astro-scim-bench-"));
  try {
    const requests = {};
    const peakOf = (restarts) => async () => {
      const file = join(folder, `${restarts}.yaml`);
      await writeFile(file, fixture(restarts));
      const { stdout } = await run(process.execPath, ["--expose-gc", script, file]);
      const measured = JSON.parse(stdout);
      requests[restarts] = measured.requests;
      return measured.peak;
    };
    const measured = await interleavedRounds(3, { many: peakOf(40), few: peakOf(1) });
    const name = `live memory of a rehearsal, ${requests[40]} requests : ${requests[1]}`;
    const note = `${Math.round(median(measured.many) / 1e6)} MB at most`;
    return [{ name, ...ratioOf(measured.many, measured.few), atMost: 1.5, note }];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function fixture(restarts) {
  const people = Array.from(
    { length: users },
    (_, at) => `  - { mail: person.${at}@example.com, displayName: Person ${at}, assigned: true }\n`,
  );
  const steps = Array.from(
    { length: restarts },
    (_, at) => `  - { name: restart ${at + 1}, after: 1d, do: [{ restart-provisioning: true }] }\n`,
  );
  return `idp: entra\nusers:\n${people.join("")}timeline:\n${steps.join("")}`;
}
