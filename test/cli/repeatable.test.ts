/** A run can be repeated from a seed: the world that is handed in decides the time, the ids and what is random. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

/** All that a rehearsal over the Astro inside the process prints and traces; Node chooses the port and writes `Date`. */
async function rehearsal(words: readonly string[], seed: number): Promise<string> {
  const cwd = await tempFolder();
  const argv = ["simulate", ...words, "--trace", "trace.ndjson"];
  const { status, stdout, stderr } = await runCommand(argv, { cwd, seed });
  expect(status).toBe(0);
  const trace = await readFile(join(cwd, "trace.ndjson"), "utf8");
  return [stdout, stderr, trace]
    .join("\n")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1")
    .replaceAll(/"date":"[^"]*"/g, '"date":""');
}

describe.each([
  ["Okta", ["okta", "fixtures/okta-small.yaml"]],
  ["Entra ID", ["entra", "fixtures/entra-small.yaml"]],
])("a rehearsal of %s", (_provider, words) => {
  test("is the same to the byte with the same seed, its ids and dates included", async () => {
    const first = await rehearsal(words, 7);
    expect(await rehearsal(words, 7)).toBe(first);
    expect(first).toContain('"created":"2026-01-15T09:00:00.000Z"');
  });

  test("is another one with another seed", async () => {
    const idsWith = async (seed: number): Promise<ReadonlySet<string>> =>
      new Set((await rehearsal(words, seed)).match(/\bc[a-z0-9]{24}\b/g));
    const [seven, eight] = [await idsWith(7), await idsWith(8)];
    expect(seven.size).toBe(eight.size);
    // The organization is the fixture's.
    expect([...seven].filter((id) => eight.has(id))).toHaveLength(1);
  });
});

test("the passwords that Okta makes up are the same with the same seed", async () => {
  const fixture = await readFile(new URL("../../fixtures/okta-small.yaml", import.meta.url), "utf8");
  const passwordsWith = async (seed: number): Promise<readonly string[]> => {
    const astro = await startWatchedAstro({ fixture });
    const argv = ["simulate", "okta", "fixtures/okta-small.yaml", ...astro.target];
    await runCommand(argv, { seed });
    return astro.writtenBodies.flatMap((body) => /"password":"([^"]+)"/.exec(body)?.[1] ?? []);
  };
  const first = await passwordsWith(7);
  expect(new Set(first).size).toBeGreaterThan(1);
  expect(await passwordsWith(7)).toEqual(first);
  expect(await passwordsWith(8)).not.toEqual(first);
});
