/** Runs every command with known tokens, and looks for them in everything that comes out and everything that is kept. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { organizationToken } from "../support/astro-token.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type Misbehaviour, type Passing } from "../support/watched-astro.ts";

const token = organizationToken("cm3k8d2rq000208jy6b4f1t7n");
/** Pieces that are enough to recognize it by: claims and signature. */
const pieces = [token, ...token.split(".").slice(1)];

const fixture = readFileSync(new URL("../../fixtures/okta-drift.yaml", import.meta.url), "utf8");
const small = readFileSync(new URL("../../fixtures/okta-small.yaml", import.meta.url), "utf8");

interface Everything {
  readonly results: readonly CommandResult[];
  /** Every file that was written, by name. */
  readonly files: Readonly<Record<string, string>>;
}

function expectNoToken({ results, files }: Everything): void {
  const kept = [...results.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...Object.values(files)];
  for (const text of kept) for (const piece of pieces) expect(text).not.toContain(piece);
}

function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => !name.endsWith(".yaml") && name !== "token.txt");
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** How the token is given; each in turn. */
const ways = {
  "--token": ["--token", token],
  "--token-file": ["--token-file", "token.txt"],
  ASTRO_SCIM_TOKEN: [],
} as const;

/** Servers from friendly to one that repeats the token in all it says. */
const habits = {
  "answers well": (): undefined => undefined,
  "answers 401": (): Misbehaviour => 401,
  "fails every third time": ({ number }: Passing): Misbehaviour | undefined =>
    number > 2 && number % 3 === 0 ? 500 : undefined,
};

const everyCommand: readonly (readonly string[])[] = [
  ["simulate", "okta", "small.yaml", "--verbose", "--state", "memory.json"],
  ["simulate", "okta", "small.yaml", "--json", "--cleanup"],
  ["diff", "drift.yaml", "--verbose"],
  ["push-group", "--all", "--yes", "--verbose", "--from", "drift.yaml"],
  ["resync", "--all", "--yes", "--json", "--from", "drift.yaml"],
  ["delete", "--all", "--yes", "--verbose", "--from", "drift.yaml"],
  // What the first of them has traced.
  ["replay", "trace-0.ndjson", "--json"],
];

test.each<readonly [habit: keyof typeof habits, way: keyof typeof ways]>([
  ["answers well", "--token"],
  ["answers 401", "--token-file"],
  ["fails every third time", "ASTRO_SCIM_TOKEN"],
])("a server that %s, a token by %s", async (habit, way) => {
  const cwd = await tempFolder({ "drift.yaml": fixture, "small.yaml": small, "token.txt": `${token}\n` });
  const env = way === "ASTRO_SCIM_TOKEN" ? { ASTRO_SCIM_TOKEN: token } : {};
  const astro = await startWatchedAstro({
    fixture,
    token,
    complaint: `no ${token} here`,
    before: habits[habit],
  });
  const results: CommandResult[] = [];
  for (const [at, argv] of everyCommand.entries()) {
    const trace = ["--trace", `trace-${at}.ndjson`];
    results.push(await runCommand([...argv, ...trace, ...ways[way], "--url", astro.url], { cwd, env }));
  }
  const files = filesOf(cwd);
  expect(Object.keys(files).filter((name) => name.startsWith("trace-"))).toHaveLength(everyCommand.length);
  expect(Object.values(files).join("")).toContain("[redacted]");
  expect(astro.requests.length).toBeGreaterThan(5);
  expectNoToken({ results, files });
});
