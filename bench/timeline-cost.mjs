// What the weeks after the first provisioning cost: beside the same company without them, and in a small and a large company.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import { generateFixture } from "../dist/fixture/generate/write.js";
import { readFixture } from "../dist/fixture/read.js";
import { startAstro } from "./astro.mjs";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const script = fileURLToPath(new URL("rehearsal-cpu-process.mjs", import.meta.url));
const run = promisify(execFile);
const rounds = 3;

export async function timelineCost() {
  const folder = await mkdtemp(join(tmpdir(), "astro-scim-bench-"));
  try {
    const rows = [await readingCost()];
    for (const idp of ["okta", "entra"]) rows.push(...(await costOf(idp, folder)));
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function costOf(idp, folder) {
  const measure = (users, steps) => async () => {
    const file = join(folder, `${idp}-${users}-${steps}.yaml`);
    await writeFile(file, companyOf(idp, users, steps));
    return rehearse(idp, file);
  };
  const measured = await interleavedRounds(rounds, {
    without: measure(5000, 0),
    with: measure(5000, 4),
    small: measure(1000, 4),
    large: measure(10_000, 4),
  });
  const of = (variant, what) => measured[variant].map((one) => one[what]);
  const requests = (variant) => measured[variant][0].requests;
  return [
    {
      name: `CPU of simulate ${idp}, 5000 people: with four weeks : without`,
      ...ratioOf(of("with", "whole"), of("without", "whole")),
      atMost: 1.5,
      note: `${requests("with")} : ${requests("without")} requests`,
    },
    {
      name: `CPU of simulate ${idp} an action: of 10000 people : of 1000`,
      ...ratioOf(of("large", "anAction"), of("small", "anAction")),
      atMost: 1.5,
      note: `${median(of("large", "anAction")).toFixed(1)} ms`,
    },
  ];
}

/** Reading a fixture beside nothing but parsing its YAML. */
async function readingCost() {
  const text = companyOf("okta", 10_000, 4);
  const cpuOf = (read) => async () => {
    const before = process.cpuUsage();
    read();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const measured = await interleavedRounds(5, {
    reading: cpuOf(() => readFixture("company.yaml", text)),
    parsing: cpuOf(() => parse(text)),
  });
  const name = "CPU of reading a fixture, 10000 people and four weeks : of parsing its YAML";
  return { name, ...ratioOf(measured.reading, measured.parsing), atMost: 2 };
}

/**
 * Groups are pushed by PATCH, for with PUT each change of a large group sends all of it; and Entra is not restarted, for then
 * it looks at everybody.
 */
function companyOf(idp, users, steps) {
  return generateFixture({ idp, users, groups: users / 20, seed: 3, steps, churn: 2 })
    .replace("integration: manual", "integration: catalog")
    .replaceAll(/^.*restart-provisioning: true.*\n/gm, "");
}

async function rehearse(idp, file) {
  const astro = await startAstro({ seed: { users: [], teams: [] } });
  try {
    const url = idp === "entra" ? `${astro.url}?aadOptscim062020` : astro.url;
    const { stdout } = await run(process.execPath, [script, file, url, astro.token]);
    return JSON.parse(stdout);
  } finally {
    await astro.stop();
  }
}
