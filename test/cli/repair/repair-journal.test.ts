/** Every write of a repair is in the journal before it goes out. */

import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../../src/assembly/files/fixture-file.ts";
import { readRun } from "../../../src/runs/read-run.ts";
import { countsOf, operationsOf, stateOf } from "../../../src/runs/run.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import type { FileHandle } from "../../../src/world/disk.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { runCommand } from "../../support/run-command.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../../support/watched-astro.ts";

const fixture = shippedFixture("okta-drift.yaml");
const fixtureText = readFileSync(fixture, "utf8");
const { disk } = systemWorld();

const words = (astro: WatchedAstro): readonly string[] => ["--from", fixture, ...astro.target, "--yes"];

async function runsIn(folder: string): Promise<readonly string[]> {
  return (await readdir(join(folder, "runs"))).map((name) => join(folder, "runs", name));
}

describe("a run of a repair", () => {
  test("is one file in the folder of --state-dir, with the plan, each intent and each outcome", async () => {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const folder = await tempFolder();
    const { status } = await runCommand(["resync", "--all", ...words(astro), "--state-dir", folder]);
    expect(status).toBe(0);
    const [file = "", ...others] = await runsIn(folder);
    expect(others).toEqual([]);
    const run = await readRun(disk, file);
    expect(run).toMatchObject({ command: "resync", asked: ["--all"], version: 1 });
    expect(stateOf(run)).toBe("finished");
    const { operations, done } = countsOf(run);
    expect(done).toBe(operations);
    expect(operationsOf(run).every(({ isBegun }) => isBegun)).toBe(true);
  });

  test("can be read by its owner alone, and has no token in it", async () => {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const folder = await tempFolder();
    await runCommand(["resync", "--all", ...words(astro), "--state-dir", folder]);
    const [file = ""] = await runsIn(folder);
    // oxlint-disable-next-line no-bitwise -- the permissions are bits of the mode
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).not.toContain(astro.token);
  });

  test.each([
    ["XDG_STATE_HOME", (folder: string) => ({ XDG_STATE_HOME: folder }), "astro-scim"],
    ["LOCALAPPDATA", (folder: string) => ({ LOCALAPPDATA: folder, HOME: "/nowhere" }), "astro-scim"],
    ["HOME", (folder: string) => ({ HOME: folder }), ".local/state/astro-scim"],
  ])("is by default below %s", async (_, env, below) => {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const folder = await tempFolder();
    await runCommand(["resync", "--all", ...words(astro)], { env: env(folder) });
    expect(await runsIn(join(folder, below))).toHaveLength(1);
  });

  test("each intent is on the disk before its request goes out", async () => {
    const folder = await tempFolder();
    const intents: number[] = [];
    const astro = await startWatchedAstro({
      fixture: fixtureText,
      before: async ({ method }) => {
        if (method === "GET") return undefined;
        const [file = ""] = await runsIn(folder);
        intents.push((await readFile(file, "utf8")).split('"kind":"intent"').length - 1);
        return undefined;
      },
    });
    const alone = ["--concurrency", "1", "--state-dir", folder];
    await runCommand(["resync", "--all", ...words(astro), ...alone]);
    expect(intents.length).toBeGreaterThan(3);
    expect(intents.every((count, at) => count >= 1 && (at === 0 || count >= (intents[at - 1] ?? 0)))).toBe(
      true,
    );
  });

  test.each(["--dry-run", "the Astro inside the process"])("%s leaves none", async (which) => {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const folder = await tempFolder();
    const where = which === "--dry-run" ? [...words(astro), "--dry-run"] : ["--yes"];
    await runCommand(["resync", "--all", ...where, "--state-dir", folder]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("nothing is written that cannot be journalled", () => {
  test("a folder that cannot be written to is refused before anything is read", async () => {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const folder = await tempFolder({ taken: "" });
    const argv = ["resync", "--all", ...words(astro), "--state-dir", join(folder, "taken")];
    const { status, stderr } = await runCommand(argv);
    expect(status).toBe(5);
    expect(stderr).toContain("The journal cannot be written to");
    expect(stderr).toContain("--state-dir");
    expect(astro.requests).toEqual([]);
  });

  test("without a home folder --state-dir is needed", async () => {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const { status, stderr } = await runCommand(["resync", "--all", ...words(astro)], {
      env: { XDG_STATE_HOME: undefined },
    });
    expect(status).toBe(5);
    expect(stderr).toContain("--state-dir");
    expect(astro.requests).toEqual([]);
  });

  test("once the disk is full no other write begins, and the run is unfinished", async () => {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const folder = await tempFolder();
    const io = fakeIo();
    let lines = 0;
    const open: typeof io.disk.open = async (path, how) => {
      const handle = await io.disk.open(path, how);
      return path.endsWith(".ndjson") ? fillsUp(handle, () => (lines += 1) > 5) : handle;
    };
    const world = { ...io, disk: { ...io.disk, open } };
    const alone = ["--concurrency", "1", "--state-dir", folder];
    const { status, stdout } = await runCommand(["resync", "--all", ...words(astro), ...alone], {
      io: world,
    });
    expect(status).toBe(1);
    expect(stdout).toContain("the disk is full");
    expect(astro.writes()).toHaveLength(2);
    const [file = ""] = await runsIn(folder);
    expect(stateOf(await readRun(disk, file))).toBe("unfinished");
  });
});

describe("a file of a run", () => {
  async function finishedFile(): Promise<string> {
    const astro = await startWatchedAstro({ fixture: fixtureText });
    const folder = await tempFolder();
    await runCommand(["resync", "--all", ...words(astro), "--state-dir", folder]);
    const [file = ""] = await runsIn(folder);
    return file;
  }

  test("whose last line was cut off is read without it", async () => {
    const file = await finishedFile();
    const text = await readFile(file, "utf8");
    const whole = await readRun(disk, file);
    await writeFile(file, text.slice(0, -10));
    const cut = await readRun(disk, file);
    expect(cut.events).toEqual(whole.events.slice(0, -1));
    expect(stateOf(cut)).toBe("unfinished");
  });

  test.each([
    ["of a newer version", (text: string) => text.replace('"version":1', '"version":2'), "has version 2"],
    [
      "that is damaged in the middle",
      (text: string) => text.replace('"kind":"outcome"', '"kind":'),
      "is damaged",
    ],
    ["without a line", () => "", "holds no line"],
  ])("%s is an error", async (_, change, message) => {
    const file = await finishedFile();
    await writeFile(file, change(await readFile(file, "utf8")));
    await expect(readRun(disk, file)).rejects.toThrow(message);
  });

  test("that cannot be read is an error", async () => {
    await expect(readRun(disk, join(await tempFolder(), "none"))).rejects.toThrow("there is no such file");
  });
});

function fillsUp(handle: FileHandle, isFull: () => boolean): FileHandle {
  const write: FileHandle["write"] = async (...given) => {
    if (isFull()) throw Object.assign(new Error("full"), { code: "ENOSPC" });
    return handle.write(...given);
  };
  return {
    stat: () => handle.stat(),
    read: (...given) => handle.read(...given),
    write,
    writeFile: (text) => handle.writeFile(text),
    truncate: (length) => handle.truncate(length),
    chmod: (mode) => handle.chmod(mode),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}
