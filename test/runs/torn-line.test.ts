/** The file of a run, cut off at any byte, as a power cut leaves it. */

import { readFile, writeFile } from "node:fs/promises";

import { expect, test } from "vitest";
import { applyPlan } from "../../src/repair/apply.ts";
import { scimExecutor } from "../../src/repair/scim-executor.ts";
import { parseRun, readRun } from "../../src/runs/read-run.ts";
import { stateOf, type RecordedRun } from "../../src/runs/run.ts";
import { fileOfRun } from "../../src/runs/runs-folder.ts";
import { createRun, reopenRun } from "../../src/runs/write-run.ts";
import { everyOperation } from "../support/every-operation.ts";
import { modelAstro } from "../support/model-astro.ts";
import { seededWorld } from "../support/seeded-world.ts";
import { tempFolder } from "../support/temp-folder.ts";

const world = seededWorld();

/** The file of a run that was carried out to its end. */
async function written(): Promise<{
  readonly file: string;
  readonly bytes: Buffer;
  readonly whole: RecordedRun;
  /** Where the first line ends. */
  readonly first: number;
}> {
  const { held, plan } = everyOperation();
  const folder = await tempFolder();
  const open = await createRun(world, folder, {
    program: "0.0.0",
    command: "resync",
    asked: ["--all"],
    organization: "loopback:1/org",
    plan,
    settings: {
      concurrency: 1,
      strict: false,
      limits: {},
      allowedByOption: [],
      allowEmpty: [],
      rolesUnknown: false,
    },
  });
  const astro = modelAstro(held);
  const outcomes = await applyPlan(plan, scimExecutor(astro, { iam: astro.iam, roles: astro.roles }), {
    signal: new AbortController().signal,
    pause: async () => {},
    journal: open.journal,
  });
  await open.end(outcomes);
  await open.close();
  const file = fileOfRun(folder, open.id);
  const bytes = await readFile(file);
  return { file, bytes, whole: parseRun(file, bytes), first: bytes.indexOf("\n") + 1 };
}

/** Around the end of each line after the first, and in its middle. */
function cuts(bytes: Buffer, first: number): readonly number[] {
  const lengths = [first];
  for (let at = first; at < bytes.length;) {
    const end = bytes.indexOf("\n", at) + 1;
    lengths.push(at + 1, Math.floor((at + end) / 2), end - 1, end);
    at = end;
  }
  return lengths;
}

test("each line that is complete is read, and the last one that is not is read past", async () => {
  const { file, bytes, whole, first } = await written();
  expect(whole.events.length).toBeGreaterThan(20);
  for (const length of cuts(bytes, first)) {
    const { events, length: complete } = parseRun(file, bytes.subarray(0, length));
    expect(events).toEqual(whole.events.slice(0, events.length));
    expect(complete).toBe(bytes.lastIndexOf("\n", length - 1) + 1);
  }
});

test("within the first line nothing was begun, so nothing is known", async () => {
  const { file, bytes, first } = await written();
  for (const length of [0, 1, Math.floor(first / 2), first - 1]) {
    expect(() => parseRun(file, bytes.subarray(0, length))).toThrow(/holds no line/);
  }
});

test("going on removes the torn line, so that the next one is a line of its own", async () => {
  const { file, bytes, whole, first } = await written();
  const second = bytes.indexOf("\n", first) + 1;
  await writeFile(file, bytes.subarray(0, second + 10));
  const open = await reopenRun(world, await readRun(world.disk, file));
  await open.close();
  const run = await readRun(world.disk, file);
  expect(run.events.map(({ kind }) => kind)).toEqual([whole.events[0]?.kind, "resumed"]);
  expect(stateOf(run)).toBe("unfinished");
});

test("a damaged line in the middle is an error, and not read past", async () => {
  const { file, bytes, first } = await written();
  const damaged = Buffer.from(bytes);
  damaged[first] = 0x7d;
  expect(() => parseRun(file, damaged)).toThrow(/is damaged: line 2/);
});
