/** Clock, timers, randomness and disk are reached through src/world alone: the linter says so, and this file where it can't. */

import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What oxlint refuses, each as a whole file. */
const refusedByLinter = [
  "export const at = Date.now();",
  "const { now } = Date;\nexport const at = now();",
  "export const at = performance.now();",
  "export const at = process.hrtime();",
  "export const chance = Math.random();",
  "export const chance = crypto.randomUUID();",
  "export const chance = crypto.getRandomValues(new Uint8Array(8));",
  "setTimeout(() => {}, 10);",
  "globalThis.setTimeout(() => {}, 10);",
  "setInterval(() => {}, 10);",
  "setImmediate(() => {});",
  "export const signal = AbortSignal.timeout(10);",
  'import { setTimeout } from "node:timers/promises";\nawait setTimeout(10);',
  'import { setTimeout } from "node:timers";\nsetTimeout(() => {}, 10);',
  'import { readFileSync } from "node:fs";\nexport const text = readFileSync("x");',
  'import { readFile } from "node:fs/promises";\nexport const text = readFile("x");',
  'import type { Stats } from "node:fs";\nexport type Size = Stats["size"];',
  'import { performance as clock } from "node:perf_hooks";\nexport const at = clock.now();',
  'export const disk = await import("node:fs");',
  'export { readFile } from "fs/promises";',
];

describe("outside src/world", () => {
  test("the linter refuses each of these, and lets src/world have them", async () => {
    const at = refusedByLinter.map((text, index) => ({ text, name: `${index}.ts` }));
    const files = at.flatMap(({ text, name }) => [
      [`src/${name}`, text],
      [`src/world/${name}`, text],
    ]);
    const complaints = await lint(Object.fromEntries(files));
    const refused = at.filter(({ name }) => complaints.has(`src/${name}`)).map(({ text }) => text);
    expect(refused).toEqual(refusedByLinter);
    expect(complaints.size).toBe(refusedByLinter.length);
  });

  test.each([
    ["new Date()", "export const at = new Date();"],
    ["new Date( )", "export const at = new Date( );"],
    ["new Date", "export const at = new Date;"],
    ["Date()", "export const at = Date();"],
    ["randomBytes", 'import { createHash, randomBytes } from "node:crypto";'],
    ["randomUUID", 'import { randomUUID as newId } from "node:crypto";'],
    ["* as crypto", 'import * as crypto from "node:crypto";'],
    ["crypto", 'import crypto from "node:crypto";'],
    ["subtle.generateKey", 'import { subtle } from "node:crypto";\nsubtle.generateKey();'],
    ["webcrypto", 'export { webcrypto } from "node:crypto";'],
    ['import("node:crypto")', 'const { randomInt } = await import("node:crypto");'],
  ])("no file may hold %s", (found, text) => {
    expect(reachesInto(text)).toEqual([found]);
  });

  test.each([
    'export const then = new Date("2026-01-15");',
    "export const then: Date = new Date(\n  ms,\n);",
    "export const isDate = toDate(now) instanceof Date;",
    'import { createHash, timingSafeEqual } from "node:crypto";',
    'import { hash } from "node:crypto";',
    'import {\n  createHash,\n  type X509Certificate,\n} from "node:crypto";',
  ])("a file may hold %s", (text) => {
    expect(reachesInto(text)).toEqual([]);
  });

  test("no file takes the time from new Date(), or chance from node:crypto", () => {
    const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !/^world[/\\]/.test(file))
      .map((file) => `src/${file}`);
    expect(sources.length).toBeGreaterThan(100);
    const found = sources.flatMap((file) =>
      reachesInto(readFileSync(root + file, "utf8")).map(
        (what) => `${file} has ${what}: use the clock or the randomness of src/world/world.ts.`,
      ),
    );
    expect(found).toEqual([]);
  });
});

/** The paths that oxlint complains of for what they reach, with the configuration of this repository. */
async function lint(files: Readonly<Record<string, string>>): Promise<ReadonlySet<string>> {
  const config = readFileSync(`${root}.oxlintrc.json`, "utf8");
  const folder = await tempFolder({ ".oxlintrc.json": config, ...files });
  const output = await new Promise<string>((resolve) => {
    const words = [`${root}node_modules/oxlint/bin/oxlint`, "--format", "json"];
    execFile(process.execPath, words, { cwd: folder }, (_error, stdout) => resolve(stdout));
  });
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: readonly { readonly filename: string; readonly code: string }[];
  };
  const rules = /no-restricted-(?:globals|properties)|no-nodejs-modules/;
  return new Set(diagnostics.filter(({ code }) => rules.test(code)).map(({ filename }) => filename));
}

/** Of node:crypto, what gives the same for the same. */
const repeatable = new Set([
  "createHash",
  "createHmac",
  "hash",
  "timingSafeEqual",
  "X509Certificate",
  // To check a signature is no chance, to make one with most algorithms would be.
  "constants",
  "createPublicKey",
  "verify",
  "KeyObject",
  "JsonWebKey",
  // To read a key is no chance, to make one would be.
  "createPrivateKey",
  "subtle",
]);

/** What a file has of the clock and of chance that the linter does not see. */
function reachesInto(text: string): readonly string[] {
  const clock = /\bnew Date\b(?!\s*\(\s*[^\s)])(?:\(\s*\))?|(?<!\bnew\s+|[\w.$])Date\(/g;
  const times = [...text.matchAll(clock)].map(([found]) => (found === "Date(" ? "Date()" : found));
  const imports = /\b(?:import|export)\s+(?:type\s+)?([^;"]+?)\s+from\s+"(?:node:)?crypto"/g;
  const names = [...text.matchAll(imports)].flatMap(([, clause = ""]) =>
    clause.startsWith("{") ? clause.replaceAll(/[{}]/g, "").split(",").map(nameOf) : [clause],
  );
  const whole = [...text.matchAll(/\bimport\("(?:node:)?crypto"\)|\bsubtle\.generateKey\b/g)].map(
    ([found]) => found,
  );
  return [...times, ...names.filter((name) => name !== "" && !repeatable.has(name)), ...whole];
}

function nameOf(imported: string): string {
  return (
    imported
      .trim()
      .replace(/^type /, "")
      .split(" ")[0] ?? ""
  );
}
