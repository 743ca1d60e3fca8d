/** What is no file, or never ends, is refused for what it is, wherever a file is named; nothing waits for it. */

import { createServer } from "node:net";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, lstat, open, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { kindProblem } from "../../src/files/file-kind.ts";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";
import { ownerOnly } from "../support/owner-only.ts";

const small = shippedFixture("okta-small.yaml");
const fixture = await readFile(small, "utf8");
const target = ["--url", "https://127.0.0.1:1/scim", "--token", "x"];

/** A folder, and what is in it that is no file. */
async function folderWithSocket(): Promise<string> {
  const cwd = await tempFolder({ "f.yaml": fixture, "folder/x": "" });
  const server = createServer().listen(join(cwd, "socket"));
  await once(server, "listening");
  onTestFinished(() => void server.close());
  await symlink("/dev/zero", join(cwd, "link"));
  await symlink("socket", join(cwd, "link to socket"));
  return cwd;
}

type Kind = readonly [file: string, is: string];

/** Only what is in the test's own folder is ever named as an output: who wrote over a device would lose it. */
const ownKinds: readonly Kind[] = [
  ["folder", "it is a folder"],
  ["socket", "it is a socket, not a file"],
  ["link to socket", "it is a socket, not a file"],
];
const kinds: readonly Kind[] = [
  ...ownKinds,
  ["/dev/zero", "it is a device, not a file"],
  ["/dev/urandom", "it is a device, not a file"],
  ["/dev/null", "it is a device, not a file"],
  ["/dev/full", "it is a device, not a file"],
  ["link", "it is a device, not a file"],
];

type Argv = (file: string) => readonly string[];

const reads: readonly (readonly [what: string, argv: Argv, words: string])[] = [
  ["a fixture", (file) => ["simulate", "okta", file], "cannot be read"],
  ["a fixture to check", (file) => ["fixture", "validate", file], "cannot be read"],
  ["a recording", (file) => ["replay", file], "cannot be read"],
  ["a token", (file) => ["diff", "f.yaml", ...target.slice(0, 2), "--token-file", file], "can't be read"],
  ["certificates", (file) => ["diff", "f.yaml", ...target, "--ca", file], "can't be read"],
  ["a memory", (file) => ["diff", "f.yaml", ...target, "--state", file], "cannot be read"],
];
const writes: readonly (readonly [what: string, argv: Argv, words: string])[] = [
  ["a trace", (file) => ["simulate", "okta", "f.yaml", "--trace", file], "cannot be written"],
  ["a recording", (file) => ["serve", "--port", "0", "--record", file], "cannot be written"],
  [
    "a fixture",
    (file) => ["fixture", "generate", "--idp", "okta", "--force", "--out", file],
    "cannot be written",
  ],
  [
    "a new fixture",
    (file) => ["fixture", "new", "--idp", "okta", "--yes", "--force", file],
    "cannot be written",
  ],
];

const isLinux = process.platform === "linux";

describe.runIf(isLinux)("what is no file", () => {
  const cases = (from: typeof reads, named: readonly Kind[]) =>
    from.flatMap(([what, argv, words]) => named.map(([file, is]) => ({ what, argv, words, file, is })));

  test.each(cases(reads, kinds))("$what is not read from $file", async ({ argv, words, file, is }) => {
    const cwd = await folderWithSocket();
    const { status, stderr } = await runCommand(argv(file), { cwd });
    expect(stderr).toContain(`${file} ${words}: ${is}.`);
    expect(status).toBe(64);
  });

  test.each(cases(writes, ownKinds))("$what is not written into $file", async ({ argv, words, file, is }) => {
    const cwd = await folderWithSocket();
    const before = await lstat(join(cwd, file)).catch(() => undefined);
    const { status, stdout, stderr } = await runCommand(argv(file), { cwd });
    expect(stderr).toContain(`${file} ${words}: ${is}.`);
    expect(stdout).toBe("");
    expect(status).not.toBe(0);
    const after = await lstat(join(cwd, file)).catch(() => undefined);
    expect(after?.ino).toBe(before?.ino);
  });

  test.each(["/dev/null", "/dev/zero", "/dev/full"])(
    "%s is known as no file without being opened",
    async (file) => {
      const stats = await stat(file);
      expect(kindProblem(stats)).toMatch(/^it is a device, not a file$/);
    },
  );

  test.each(ownKinds)("a memory is not kept in %s, and nobody is provisioned", async (file, is) => {
    const cwd = await folderWithSocket();
    const astro = await startWatchedAstro({ fixture });
    const argv = ["simulate", "okta", "f.yaml", "--state", file, ...astro.target];
    const { status, stderr } = await runCommand(argv, { cwd });
    expect(stderr).toContain(`${file} cannot be read: ${is}.`);
    expect({ status, requests: astro.requests }).toEqual({ status: 64, requests: [] });
  });

  test("profiles and the astro CLI's login are not read from a device either", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture, "home/.astro/x": "" });
    await symlink("/dev/zero", join(cwd, "astro-scim.yaml"));
    await symlink("/dev/zero", join(cwd, "home/.astro/config.yaml"));
    const profile = await runCommand(["diff", "f.yaml", "--profile", "p"], { cwd });
    expect(profile.stderr).toContain("astro-scim.yaml can't be read: it is a device, not a file.");
    const login = await runCommand(["diff", "f.yaml", ...target.slice(0, 2)], {
      cwd,
      env: { HOME: join(cwd, "home") },
    });
    expect(login.stderr).toContain("config.yaml was not used: it is a device, not a file.");
  });
});

describe("files without an end, or without a size", () => {
  test("one that is larger than may be read is not read at all", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    const handle = await open(join(cwd, "huge"), "w");
    await handle.truncate(2 ** 42);
    await handle.close();
    for (const [, argv, words] of reads) {
      const { status, stderr } = await runCommand(argv("huge"), { cwd });
      expect(stderr).toContain(`huge ${words}: it is far too large.`);
      expect(status).toBe(64);
    }
  });

  describe.runIf(isLinux)("below /proc", () => {
    test("a text whose size is said to be 0 is read", async () => {
      const { stderr } = await runCommand(["simulate", "okta", "/proc/self/status"]);
      expect(stderr).toMatch(/^Error: .*\n\s+at \/proc\/self\/status:/m);
    });
  });

  test("links that lead round in a circle", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    await symlink("two", join(cwd, "one"));
    await symlink("one", join(cwd, "two"));
    for (const argv of [...reads, ...writes].map(([, argvOf]) => argvOf("one"))) {
      const { status, stderr } = await runCommand(argv, { cwd });
      expect(stderr).toContain("its symbolic links form a loop.");
      expect(status).not.toBe(0);
    }
  });
});

describe("standard streams", () => {
  test.each(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])("NDJSON may go to %s", async (file) => {
    const io = fakeIo({});
    const { status, stdout } = await runCommand(["diff", small, "--quiet", "--json", "--trace", file], {
      io,
    });
    const [first] = stdout.split("\n");
    expect(JSON.parse(first ?? "")).toMatchObject({ schemaVersion: 1, request: { method: "GET" } });
    expect(stdout).toContain('"kind"');
    expect(status).toBe(2);
  });

  test("and to /dev/stderr", async () => {
    const { stderr, status } = await runCommand(["diff", small, "--quiet", "--trace", "/dev/stderr"]);
    for (const line of stderr.trimEnd().split("\n")) expect(JSON.parse(line).schemaVersion).toBe(1);
    expect(status).toBe(2);
  });

  test.each(["/dev/stdout", "/dev/stderr", "/dev/fd/2"])("an archive cannot go to %s", async (file) => {
    const { stderr, status } = await runCommand(["serve", "--port", "0", "--record", file]);
    expect(stderr).toContain(`The recording ${file} cannot be written: an archive needs a file of its own.`);
    expect(status).toBe(64);
  });
});

describe("what is written is readable by its owner only, and leaves nothing beside it", () => {
  /** But for the schema that a new fixture names, which test/cli/fixture.test.ts is about. */
  const writtenIn = async (folder: string): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name !== "astro-scim-fixture.schema.json");
  const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

  test.each<readonly [what: string, file: string, argv: readonly string[]]>([
    ["a trace", "t.ndjson", ["simulate", "okta", "f.yaml", "--trace", "t.ndjson"]],
    ["an archive", "t.har", ["simulate", "okta", "f.yaml", "--trace", "t.har"]],
    ["a made-up fixture", "g.yaml", ["fixture", "generate", "--idp", "okta", "--out", "g.yaml", "--force"]],
    ["a new fixture", "n.yaml", ["fixture", "new", "n.yaml", "--idp", "okta", "--yes", "--force"]],
  ])("%s: a new one, and one that everybody could read", async (_what, file, argv) => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    for (const mode of [undefined, 0o644, 0o666]) {
      if (mode !== undefined) {
        await writeFile(join(cwd, file), "a longer text than what is written: ".repeat(100_000));
        await chmod(join(cwd, file), mode);
      }
      expect((await runCommand(argv, { cwd })).status).toBe(0);
      expect(await modeOf(join(cwd, file))).toBe(ownerOnly);
      expect(await readFile(join(cwd, file), "utf8")).not.toContain("a longer text");
    }
    expect((await writtenIn(cwd)).toSorted()).toEqual(["f.yaml", file].toSorted());
  });

  test("the memory: a neighbour's okta.json.new is none of its business, and a link stays a link", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture, "okta.json.new": "a neighbour's", "kept/x": "" });
    await symlink("../okta.json.new", join(cwd, "kept/okta.json.new"));
    await symlink("kept/okta.json", join(cwd, "okta.json"));
    const astro = await startWatchedAstro({ fixture });
    const argv = ["simulate", "okta", "f.yaml", "--state", "okta.json", ...astro.target];
    for (const _run of [1, 2]) {
      expect((await runCommand(argv, { cwd })).status).toBe(0);
      expect((await lstat(join(cwd, "okta.json"))).isSymbolicLink()).toBe(true);
      expect(await modeOf(join(cwd, "kept/okta.json"))).toBe(ownerOnly);
      expect(JSON.parse(await readFile(join(cwd, "kept/okta.json"), "utf8")).provider).toBe("okta");
      await chmod(join(cwd, "kept/okta.json"), 0o644);
    }
    expect(await readFile(join(cwd, "okta.json.new"), "utf8")).toBe("a neighbour's");
    expect((await readdir(cwd)).toSorted()).toEqual(["f.yaml", "kept", "okta.json", "okta.json.new"]);
    expect((await readdir(join(cwd, "kept"))).toSorted()).toEqual(["okta.json", "okta.json.new", "x"]);
  });

  test("the memory of a long name", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    const name = `${"x".repeat(250)}.json`;
    const astro = await startWatchedAstro({ fixture });
    const argv = ["simulate", "okta", "f.yaml", "--state", name, ...astro.target];
    expect((await runCommand(argv, { cwd })).status).toBe(0);
    expect(existsSync(join(cwd, name))).toBe(true);
  });

  test("a memory that can no longer be put into its place leaves nothing either", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture, "folder/x": "" });
    const astro = await startWatchedAstro({
      fixture,
      after: async ({ method }) => {
        if (method === "POST" && !existsSync(join(cwd, "okta.json")))
          await symlink("folder", join(cwd, "okta.json"));
      },
    });
    const argv = ["simulate", "okta", "f.yaml", "--state", "okta.json", ...astro.target];
    const { status, stderr } = await runCommand(argv, { cwd });
    expect(stderr).toContain("okta.json cannot be written: it is a folder.");
    expect(status).toBe(1);
    expect((await readdir(cwd)).toSorted()).toEqual(["f.yaml", "folder", "okta.json"]);
  });

  test.each(["generate --idp okta --out", "new --idp okta --yes"])(
    "fixture %s --force: a link stays a link",
    async (words) => {
      const cwd = await tempFolder({ "real.yaml": "before" });
      await symlink("real.yaml", join(cwd, "link.yaml"));
      const { status } = await runCommand(["fixture", ...words.split(" "), "link.yaml", "--force"], { cwd });
      expect(status).toBe(0);
      expect((await lstat(join(cwd, "link.yaml"))).isSymbolicLink()).toBe(true);
      expect(await readFile(join(cwd, "real.yaml"), "utf8")).toContain("idp: okta");
      expect((await writtenIn(cwd)).toSorted()).toEqual(["link.yaml", "real.yaml"]);
    },
  );
});
