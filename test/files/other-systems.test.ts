/** Files and words on systems other than the one that runs the tests, as far as it can be played. */

import { readdir, readFile } from "node:fs/promises";
import { join, win32 } from "node:path";
import { describe, expect, test } from "vitest";
import { shellWord, windowsShellWord } from "../../src/ground/text/shell-word.ts";
import { fileProblem } from "../../src/files/read-small-file.ts";
import { withSlashes } from "../../src/files/slashes.ts";
import { writeProblem, writeWhole } from "../../src/files/whole-file.ts";
import { quoted } from "../../src/cli/next/words.ts";
import { lockPlace } from "../../src/lock/lock-address.ts";
import type { Disk } from "../../src/world/disk.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { tempFolder } from "../support/temp-folder.ts";

const failure = (code: string): Error => Object.assign(new Error("as Node says it"), { code });

/** A disk on a drive that has no links (FAT, some network drives). */
function withoutLinks(code: string): Disk {
  return { ...systemWorld().disk, link: async () => Promise.reject(failure(code)) };
}

describe("a drive without links", () => {
  const codes = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EISDIR", "UNKNOWN"];

  test.each(codes)("%s: a new file is written all the same, and nothing is left beside it", async (code) => {
    const folder = await tempFolder();
    const world = { ...systemWorld(), disk: withoutLinks(code) };
    await writeWhole(world, join(folder, "new.yaml"), "text", { replace: false });
    expect(await readdir(folder)).toEqual(["new.yaml"]);
    expect(await readFile(join(folder, "new.yaml"), "utf8")).toBe("text");
  });

  test("what is there is not replaced", async () => {
    const folder = await tempFolder({ "new.yaml": "mine" });
    const world = { ...systemWorld(), disk: withoutLinks("EPERM") };
    const writing = writeWhole(world, join(folder, "new.yaml"), "text", { replace: false });
    await expect(writing).rejects.toMatchObject({ code: "EEXIST" });
    expect(await readdir(folder)).toEqual(["new.yaml"]);
    expect(await readFile(join(folder, "new.yaml"), "utf8")).toBe("mine");
  });

  test("where it cannot be given its name, nothing is left", async () => {
    const folder = await tempFolder();
    const disk: Disk = { ...withoutLinks("EPERM"), rename: async () => Promise.reject(failure("EBUSY")) };
    const writing = writeWhole({ ...systemWorld(), disk }, join(folder, "new.yaml"), "text", {
      replace: false,
    });
    await expect(writing).rejects.toMatchObject({ code: "EBUSY" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a drive that cannot be told to keep what is written", () => {
  /** Every file of it answers a sync with this code. */
  const world = (code: string) => {
    const { disk, ...rest } = systemWorld();
    const open: Disk["open"] = async (path, how) =>
      Object.assign(await disk.open(path, how), { sync: async () => Promise.reject(failure(code)) });
    return { ...rest, disk: { ...disk, open } };
  };

  test.each(["ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EINVAL"])("%s: it is written all the same", async (code) => {
    const folder = await tempFolder();
    await writeWhole(world(code), join(folder, "f"), "text", { replace: true });
    expect(await readdir(folder)).toEqual(["f"]);
  });

  test("a drive that fails is another matter", async () => {
    const folder = await tempFolder();
    const writing = writeWhole(world("EIO"), join(folder, "f"), "text", { replace: true });
    await expect(writing).rejects.toMatchObject({ code: "EIO" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("what a system says is a sentence", () => {
  const ofReading = [
    "ENOENT",
    "ENOTDIR",
    "EACCES",
    "EPERM",
    "EBUSY",
    "EISDIR",
    "EINVAL",
    "ENAMETOOLONG",
    "ELOOP",
  ];
  const ofWriting = [...ofReading, "EROFS", "ENOSPC", "EDQUOT"];

  test.each(ofReading)("%s of a file that is read", (code) => {
    expect(fileProblem(failure(code))).not.toContain("the system reports");
  });

  test.each(ofWriting)("%s of one that is written", (code) => {
    expect(writeProblem(failure(code))).not.toContain("the system reports");
  });
});

test.each([
  [win32.join("okta", "rehire.yaml"), win32.sep, "okta/rehire.yaml"],
  ["okta/rehire.yaml", "/", "okta/rehire.yaml"],
  ["a\\b", "/", "a\\b"],
])("%j with %j has slashes as %j", (path, separator, expected) => {
  expect(withSlashes(path, separator)).toBe(expected);
});

describe("a word of a command line", () => {
  test.each<readonly [word: string, posix: string, windows: string]>([
    ["company.yaml", "company.yaml", "company.yaml"],
    ["my company.yaml", "'my company.yaml'", '"my company.yaml"'],
    ["Ada's.yaml", String.raw`'Ada'\''s.yaml'`, `"Ada's.yaml"`],
    [String.raw`C:\Users\ada\c.yaml`, String.raw`'C:\Users\ada\c.yaml'`, String.raw`C:\Users\ada\c.yaml`],
    [
      "http://h/scim/v2/o?aadOptscim062020",
      "'http://h/scim/v2/o?aadOptscim062020'",
      '"http://h/scim/v2/o?aadOptscim062020"',
    ],
    ["ada@example.com", "ada@example.com", '"ada@example.com"'],
    ['say "x"', `'say "x"'`, '"say ""x"""'],
    // PowerShell carries out what stands in parentheses behind a dollar sign, and ends a word at a curly quote.
    ["$(calc).yaml", "'$(calc).yaml'", '"`$(calc).yaml"'],
    ["a`b", "'a`b'", '"a``b"'],
    ["a\u201D; calc", "'a\u201D; calc'", '"a`\u201D; calc"'],
    ["", "''", '""'],
  ])("%j", (word, posix, windows) => {
    expect([shellWord(word), windowsShellWord(word)]).toEqual([posix, windows]);
    expect([quoted(word, "linux"), quoted(word, "darwin"), quoted(word, "win32")]).toEqual([
      posix,
      posix,
      windows,
    ]);
  });
});

test.each<readonly [system: NodeJS.Platform, form: RegExp]>([
  ["linux", /^\0astro-scim-repair-[\da-f]{32}$/],
  ["win32", /^\\\\\.\\pipe\\astro-scim-repair-[\da-f]{32}$/],
])("the lock of %s leaves no file behind", (system, form) => {
  const [address] = lockPlace("key", system).addresses;
  expect("path" in address ? address.path : "").toMatch(form);
});

test("that of macOS is three different ports of loopback", () => {
  const ports = lockPlace("key", "darwin").addresses.map((address) => ("port" in address ? address.port : 0));
  expect(new Set(ports).size).toBe(3);
  expect(ports.every((port) => port >= 20_000 && port < 32_000)).toBe(true);
});
