/** Every command as a process whose output cannot be written: a full disk, a closed stream, a reader that has gone. */

import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { fakeIo } from "../support/fake-io.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { runProgram } from "../support/run-program.ts";
import { tempFolder } from "../support/temp-folder.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));

interface Case {
  readonly words: string;
  /** Its exit status where everything can be written. */
  readonly status: number;
  /** Whether it says nothing on standard output itself. */
  readonly isSilent?: true;
}

/** Behind these words a command has a local Astro. */
const atLocalAstro = `exec -q ${fileURLToPath(new URL("../../fixtures/okta-small.yaml", import.meta.url))} -- "$0" "$1"`;

/** Each command that there is, and what every one has. */
const cases: Readonly<Record<string, Case>> = {
  "(version)": { words: "--version", status: 0 },
  "(help)": { words: "--help", status: 0 },
  "(help of a command)": { words: "help simulate okta", status: 0 },
  "(JSON of an error)": { words: "simulat --json", status: 64 },
  "setup okta": { words: "setup okta --yes", status: 0 },
  "setup entra": { words: "setup entra --yes --json", status: 0 },
  "simulate okta": { words: "simulate okta fixtures/okta-small.yaml", status: 0 },
  "simulate entra": { words: "simulate entra fixtures/entra-small.yaml --output ndjson", status: 0 },
  "trigger okta": { words: "trigger okta joiner --bodies", status: 0 },
  "trigger entra": { words: "trigger entra joiner --json", status: 0 },
  serve: { words: "serve --port 0", status: 0 },
  exec: { words: "exec -- true", status: 0, isSilent: true },
  preflight: { words: "preflight fixtures/okta-small.yaml --json", status: 3 },
  check: { words: `${atLocalAstro} check`, status: 0 },
  diff: { words: "diff --json", status: 2 },
  why: { words: "why data-science --json", status: 3 },
  "push-group": { words: "push-group --all --dry-run", status: 0 },
  resync: { words: "resync --all --yes", status: 0 },
  delete: { words: "delete --all --dry-run --json", status: 0 },
  apply: { words: "apply --json", status: 64 },
  undo: { words: "undo 20260115T090000-1f0c9a7e --json", status: 1 },
  "runs ls": { words: "runs", status: 0 },
  "runs show": { words: "runs show 20260115T090000-1f0c9a7e --json", status: 1 },
  "runs close": { words: "runs close 20260115T090000-1f0c9a7e", status: 1, isSilent: true },
  "runs prune": { words: "runs prune --older-than 90d", status: 0 },
  "users ls": { words: `${atLocalAstro} users ls`, status: 0 },
  "users show": { words: `${atLocalAstro} users show root@example.com`, status: 0 },
  "teams ls": { words: `${atLocalAstro} teams ls --output csv`, status: 0 },
  "teams show": { words: `${atLocalAstro} teams show local-team --json`, status: 0 },
  api: { words: `${atLocalAstro} api GET /users`, status: 0 },
  replay: { words: "replay t.ndjson", status: 1 },
  "fixture new": { words: "fixture new made.yaml --idp okta", status: 0 },
  "fixture validate": { words: "fixture validate fixtures/okta-small.yaml", status: 0 },
  "fixture generate": { words: "fixture generate --idp okta --users 500", status: 0 },
  "fixture export": { words: "fixture export --from fixtures/okta-small.yaml", status: 0 },
  "profile list": { words: "profile", status: 0 },
  "profile show": { words: "profile show prod --json", status: 64 },
  "profile use": { words: "profile use --none", status: 0, isSilent: true },
  "profile add": { words: "profile add made --org o", status: 0, isSilent: true },
  completion: { words: "completion bash", status: 0 },
};

/** A trace whose answer the local Astro gives otherwise. */
const recorded = JSON.stringify({
  schemaVersion: 1,
  source: "provider",
  startedAt: "2026-09-01T08:00:00.000Z",
  durationMs: 1,
  request: { method: "GET", path: "/Users?count=1", headers: {}, body: null },
  answer: { status: 404, headers: {}, body: null },
});

/** One command for each way of printing: all of them print through the same two streams. */
const ending = Object.entries(cases).filter(([name]) =>
  ["(version)", "(JSON of an error)", "simulate entra", "resync", "users ls", "fixture generate"].includes(
    name,
  ),
);

async function run(words: string, redirection: string) {
  const cwd = await tempFolder({ "t.ndjson": `${recorded}\n` });
  const command = `"$0" "$1" ${words} ${redirection}`;
  const argv = ["-c", command, process.execPath, program];
  return runProgram("bash", argv, { cwd, timeoutMs: longEnoughMs });
}

const isTrace = /^\s+at |node:internal|throw /m;

test("every command has its case", () => {
  const leaves = (command: Command): readonly string[] =>
    command.commands.length === 0
      ? [command.name()]
      : command.commands.flatMap(leaves).map((name) => `${command.name()} ${name}`);
  const all = buildProgram(fakeIo(), () => {}).commands.flatMap(leaves);
  expect(Object.keys(cases).filter((name) => !name.startsWith("("))).toEqual(all);
});

describe.runIf(process.platform === "linux")("standard output on a full disk", () => {
  test.each(Object.entries(cases))(
    "%s: one sentence, and it failed",
    async (_name, { words, status, isSilent }) => {
      const { stderr, status: ended } = await run(words, "> /dev/full");
      expect(stderr).not.toMatch(isTrace);
      const sentences =
        stderr.match(/^Error: Standard output cannot be written: the disk is full\.$/gm) ?? [];
      expect(sentences).toHaveLength(isSilent === true ? 0 : 1);
      // 3 and 64 say already that there is no result.
      expect(ended).toBe(isSilent === true || status === 3 || status === 64 ? status : 1);
    },
  );
});

describe.runIf(process.platform !== "win32")("a stream that cannot be written otherwise", () => {
  test.each(ending)(
    "%s with standard error on a full disk: the result is whole",
    async (_name, { words, status }) => {
      const { stdout, status: ended } = await run(words, "2> /dev/full");
      expect(stdout).not.toMatch(isTrace);
      expect(ended).toBe(status);
    },
  );

  test.each(ending)("%s without standard output, or error: as usual", async (_name, { words, status }) => {
    const withoutOutput = await run(words, ">&-");
    expect(withoutOutput.stderr).not.toMatch(isTrace);
    expect(withoutOutput.status).toBe(status);
    const withoutError = await run(words, "2>&-");
    expect(withoutError.stdout).not.toMatch(isTrace);
    expect(withoutError.status).toBe(status);
  });

  test.each(ending)("%s with a reader that has gone: silence", async (_name, { words, status }) => {
    const { stderr, status: ended } = await run(words, "| true; exit ${PIPESTATUS[0]}");
    expect(stderr).not.toMatch(isTrace);
    expect(stderr).not.toContain("EPIPE");
    expect([status, 130]).toContain(ended);
  });
});
