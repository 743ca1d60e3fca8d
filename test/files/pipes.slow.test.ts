/** Named pipes are refused wherever a file is named, and never waited for; a pipe of the shell holds a token, or takes lines. */

import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { readPipe } from "../../src/files/read-pipe.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { runCommand } from "../support/run-command.ts";
import { runProgram, type ProgramResult } from "../support/run-program.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));
const fixture = await readFile(shippedFixture("okta-small.yaml"), "utf8");

/** A folder with a pipe into which nobody writes, and from which nobody reads. */
async function folderWithPipe(): Promise<string> {
  const cwd = await tempFolder({ "f.yaml": fixture });
  await inBash("mkfifo pipe; ln -s pipe link", cwd);
  return cwd;
}

/** A line of bash, in which `astro-scim` is the program. Where something waits, the time is over before the test's. */
function inBash(line: string, cwd: string): Promise<ProgramResult> {
  const asFunction = `astro-scim() { "${process.execPath}" "${program}" "$@"; }; ${line}`;
  return runProgram("bash", ["-c", asFunction], { cwd, timeoutMs: longEnoughMs });
}

const target = "--url https://127.0.0.1:1/scim --token x";

describe.skipIf(process.platform === "win32")("a named pipe", () => {
  const uses = [
    "simulate okta FILE",
    "fixture validate FILE",
    "replay FILE",
    "diff f.yaml --url https://127.0.0.1:1/scim --token-file FILE",
    `diff f.yaml ${target} --ca FILE`,
    `diff f.yaml ${target} --state FILE`,
    "simulate okta f.yaml --url http://127.0.0.1:1/scim --token x --state FILE",
    "simulate okta f.yaml --trace FILE",
    "diff f.yaml --trace FILE",
    "serve --port 0 --record FILE",
    "fixture generate --idp okta --force --out FILE",
  ];
  // By its own name, or through a link.
  const cases = uses.map((words, index) => [words, index % 3 === 0 ? "link" : "pipe"] as const);
  test.each(cases)("%s: %s", async (words, file) => {
    const cwd = await folderWithPipe();
    const { status, stderr } = await runCommand(words.replace("FILE", file).split(" "), { cwd });
    const refusal = `^Error: .*${file} (?:cannot|can't) be (?:read|written): it is a pipe, not a file\\.$`;
    expect(stderr).toMatch(new RegExp(refusal, "m"));
    expect([1, 64]).toContain(status);
  });

  test("in the place of a profile or of the astro CLI's login", async () => {
    const cwd = await folderWithPipe();
    await symlink("pipe", join(cwd, "astro-scim.yaml"));
    const { status, stderr } = await runCommand(["diff", "f.yaml", "--profile", "p"], { cwd });
    expect(stderr).toContain("astro-scim.yaml can't be read: it is a pipe, not a file.");
    expect(status).toBe(64);
  });
});

describe.runIf(process.platform === "linux")("a pipe of the shell", () => {
  test.each([
    ["as a substitution", "--token-file <(sleep 0.2; echo TOKEN)"],
    ["as standard input", "--token-file /dev/stdin"],
  ])("holds a token: %s", async (_how, words) => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    const astro = await startWatchedAstro({ fixture });
    const line = `echo ${astro.token} | astro-scim diff f.yaml --url ${astro.url} ${words.replace("TOKEN", astro.token)}`;
    const { status, stderr } = await inBash(line, cwd);
    expect(stderr).not.toContain("Error");
    expect(status).toBe(2);
  });

  test.each([
    ["without an end", "<(cat /dev/zero)"],
    ["that is too long", "<(head -c 100000 /dev/zero)"],
  ])("%s holds none", async (_what, pipe) => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    const line = `astro-scim diff f.yaml --url https://127.0.0.1:1/scim --token-file ${pipe}`;
    const { status, stderr } = await inBash(line, cwd);
    expect(stderr).toContain("can't be read: it is far too large.");
    expect(status).toBe(64);
  });

  test("holds nothing else", async () => {
    const { status, stderr } = await inBash(
      "astro-scim simulate okta <(cat f.yaml)",
      await tempFolder({ "f.yaml": fixture }),
    );
    expect(stderr).toContain("cannot be read: it is a pipe, not a file.");
    expect(status).toBe(64);
  });

  test("into which nobody writes is given up after a while", async () => {
    const cwd = await folderWithPipe();
    const { disk } = systemWorld();
    await expect(readPipe(disk, join(cwd, "pipe"), 100, 20)).rejects.toThrow(
      "it is a pipe, and nothing was written to it",
    );
  });

  test("takes a trace as NDJSON, and no archive", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    const { status } = await inBash(
      "astro-scim simulate okta f.yaml --trace >(cat > t.ndjson); wait $!",
      cwd,
    );
    expect(status).toBe(0);
    const lines = (await readFile(join(cwd, "t.ndjson"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).schemaVersion)).toContain(1);
    const archive = await inBash(
      "ln -s /dev/fd/63 t.har; astro-scim diff f.yaml --trace t.har 63> >(cat)",
      cwd,
    );
    expect(archive.stderr).toContain("cannot be written: it is a pipe, not a file.");
  });

  test("standard output, and the file into which it is sent", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    const piped = await inBash("astro-scim diff f.yaml -q --json --trace /dev/stdout | head -n 1", cwd);
    expect(JSON.parse(piped.stdout).request.method).toBe("GET");
    const { stderr } = await inBash("astro-scim diff f.yaml --trace out.txt > out.txt", cwd);
    expect(stderr).toMatch(/^Error: --trace out\.txt and standard output are the same file/m);
    const both = await inBash("astro-scim diff f.yaml -q --json --trace /dev/stdout > both.txt", cwd);
    expect(both.status).toBe(2);
    const text = await readFile(join(cwd, "both.txt"), "utf8");
    expect(text).toMatch(/^\{"schemaVersion":1,"source":"astro-scim","startedAt"/);
    expect(text.trimEnd()).toMatch(/\}$/);
  });
});
