/** `astro-scim runs`, and going on with a run that was interrupted. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { prunedShape, repairShape, runShape, runsShape } from "../support/json-shapes.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const fixture = shippedFixture("okta-drift.yaml");
const fixtureText = readFileSync(fixture, "utf8");

interface Place {
  readonly astro: WatchedAstro;
  readonly folder: string;
  run(...argv: readonly string[]): Promise<CommandResult>;
  resync(): Promise<CommandResult>;
  /** Id of the only run. */
  id(): Promise<string>;
}

async function place(): Promise<Place> {
  const folder = await tempFolder();
  const astro = await startWatchedAstro({ fixture: fixtureText });
  const run = (...argv: readonly string[]): Promise<CommandResult> =>
    runCommand([...argv, "--state-dir", folder]);
  return {
    astro,
    folder,
    run,
    resync: () => run("resync", "--all", "--from", fixture, ...astro.target, "--yes", "--concurrency", "1"),
    id: async () => (await readdir(join(folder, "runs")))[0]!.replace(".ndjson", ""),
  };
}

/** A run whose file ends after this many lines, as that of a process that was killed. */
async function cut({ folder, id }: Place, lines: number): Promise<void> {
  const file = join(folder, "runs", `${await id()}.ndjson`);
  const text = await readFile(file, "utf8");
  await writeFile(file, `${text.split("\n").slice(0, lines).join("\n")}\n{"kind":"outc`);
}

describe("astro-scim runs", () => {
  test("without a run says where it looked", async () => {
    const { run, folder } = await place();
    const { status, stdout } = await run("runs");
    expect(stdout).toContain(`there is no run in ${join(folder, "runs")}`);
    expect(status).toBe(0);
  });

  test("lists each with its command, what became of it, and its target", async () => {
    const at = await place();
    await at.resync();
    const { status, stdout } = await at.run("runs");
    const [head = "", row = ""] = stdout.split("\n");
    expect(head).toMatch(/^ ID +BEGAN +COMMAND +DONE +FAILED +UNKNOWN +STATE +TARGET$/);
    expect(row).toContain(await at.id());
    expect(row).toContain("resync");
    expect(row).toContain("finished");
    expect(row).toContain(at.astro.url);
    expect(status).toBe(0);
  });

  test("as JSON has the documented shapes", async () => {
    const at = await place();
    await at.resync();
    const listed = runsShape.parse(JSON.parse((await at.run("runs", "--json")).stdout));
    expect(listed.runs).toMatchObject([{ id: await at.id(), state: "finished", unknown: 0 }]);
    const shown = runShape.parse(JSON.parse((await at.run("runs", "show", await at.id(), "--json")).stdout));
    expect(shown.operations.map(({ status }) => status)).toEqual(shown.operations.map(() => "done"));
  });

  test("show names every operation with its outcome", async () => {
    const at = await place();
    await at.resync();
    await cut(at, 3);
    const { stdout } = await at.run("runs", "show", await at.id());
    expect(stdout).toContain("unfinished");
    expect(stdout).toContain("✓ ");
    expect(stdout).toContain("not begun");
    expect(stdout).toContain(`To continue it: astro-scim apply --resume ${await at.id()}`);
  });

  test.each([
    ["20260115T090000-00000000", 1, "There is no run"],
    ["../../etc/passwd", 64, "is not the ID of a run"],
  ])("show %s ends with %i", async (id, expected, message) => {
    const { status, stderr } = await (await place()).run("runs", "show", id);
    expect(stderr).toContain(message);
    expect(status).toBe(expected);
  });

  test("a file that cannot be read is listed, and the status is 3", async () => {
    const at = await place();
    await at.resync();
    await writeFile(join(at.folder, "runs", `${await at.id()}.ndjson`), "{}\n");
    const { status, stdout } = await at.run("runs");
    expect(stdout).toContain("Unreadable: ");
    expect(status).toBe(3);
  });
});

describe("runs prune", () => {
  test("removes what is older, and nothing else", async () => {
    const at = await place();
    await at.resync();
    expect((await at.run("runs", "prune", "--older-than", "1d")).stdout).toContain("No run in");
    const { stdout } = await at.run("runs", "prune", "--older-than", "0d", "--json");
    // The clock of the next command is that of the run.
    expect(prunedShape.parse(JSON.parse(stdout)).removed).toEqual([]);
    const later = { now: new Date("2026-05-01T00:00:00Z") };
    const pruned = await runCommand(
      ["runs", "prune", "--older-than", "90d", "--state-dir", at.folder],
      later,
    );
    expect(pruned.stdout).toBe("1 run removed.\n");
    expect(await readdir(join(at.folder, "runs"))).toEqual([]);
  });

  test("keeps what is unfinished", async () => {
    const at = await place();
    await at.resync();
    await cut(at, 3);
    const later = { now: new Date("2026-05-01T00:00:00Z") };
    const pruned = await runCommand(
      ["runs", "prune", "--older-than", "90d", "--state-dir", at.folder],
      later,
    );
    expect(pruned.stdout).toBe("1 unfinished or unreadable run kept.\n");
    expect(await readdir(join(at.folder, "runs"))).toHaveLength(1);
  });

  test("--redact-people leaves the numbers and nobody", async () => {
    const at = await place();
    await at.resync();
    const later = { now: new Date("2026-05-01T00:00:00Z") };
    const before = runsShape.parse(JSON.parse((await at.run("runs", "--json")).stdout));
    const argv = ["runs", "prune", "--older-than", "90d", "--redact-people", "--state-dir", at.folder];
    expect((await runCommand(argv, later)).stdout).toBe("people removed from 1 run.\n");
    expect(runsShape.parse(JSON.parse((await at.run("runs", "--json")).stdout))).toEqual(before);
    const text = await readFile(join(at.folder, "runs", `${await at.id()}.ndjson`), "utf8");
    expect(text).not.toContain("@example.com");
    expect(text).not.toContain("Ivanova");
    expect((await at.run("runs", "show", await at.id())).stdout).toContain("create-user person-");
  });
});

describe("an unfinished run", () => {
  test("keeps another repair of the organization from starting, which names the command that goes on", async () => {
    const at = await place();
    await at.resync();
    await cut(at, 3);
    at.astro.forget();
    const { status, stderr } = await at.resync();
    expect(stderr).toContain(`astro-scim apply --resume ${await at.id()} --url ${at.astro.url}`);
    expect(stderr).toContain(`astro-scim runs close ${await at.id()}`);
    expect(at.astro.requests).toEqual([]);
    expect(status).toBe(5);
  });

  test("does not concern another organization, nor a dry run", async () => {
    const at = await place();
    await at.resync();
    await cut(at, 3);
    const other = await startWatchedAstro({ fixture: fixtureText });
    const argv = ["resync", "--all", "--from", fixture];
    expect((await at.run(...argv, ...other.target, "--yes")).status).toBe(0);
    expect((await at.run(...argv, ...at.astro.target, "--dry-run")).status).toBe(0);
  });

  test("is resumed: what it did is not repeated, and the rest is done", async () => {
    const at = await place();
    await at.resync();
    const [whole, writes] = [await at.astro.state(), at.astro.writes().length];
    // The process died in the middle: of one operation the outcome is missing, the others were not begun.
    await cut(at, 4);
    at.astro.forget();
    const { status, stdout } = await at.run(
      "apply",
      "--resume",
      await at.id(),
      ...at.astro.target,
      "--yes",
      "--json",
    );
    const { operations } = repairShape.parse(JSON.parse(stdout));
    expect(operations[1]?.outcome).toEqual({ status: "done", reason: null });
    // What Astro already shows is changed since the plan was made: it is not written over.
    expect(at.astro.writes().length).toBeLessThan(writes);
    expect(await at.astro.state()).toEqual(whole);
    expect([1, 5]).toContain(status);
    expect((await at.resync()).status).toBe(0);
  });

  test("needs only a token: the target is its own", async () => {
    const at = await place();
    await at.resync();
    await cut(at, 4);
    const { status, stdout } = await at.run(
      "apply",
      "--resume",
      await at.id(),
      "--dry-run",
      "--token",
      at.astro.token,
    );
    expect(stdout).toContain("this was a dry run");
    expect(status).toBe(0);
    const asked = await at.run("apply", "--resume", await at.id(), "--token", at.astro.token);
    expect(asked.stderr).toContain("--yes");
    expect(asked.status).toBe(5);
  });

  test("of another target is refused", async () => {
    const at = await place();
    await at.resync();
    await cut(at, 3);
    const other = await startWatchedAstro({ fixture: fixtureText });
    const { status, stderr } = await at.run("apply", "--resume", await at.id(), ...other.target, "--yes");
    expect(stderr).toContain("The plan is for");
    expect(other.requests).toEqual([]);
    expect(status).toBe(5);
  });

  test("that is closed stops nobody, and cannot be resumed", async () => {
    const at = await place();
    await at.resync();
    await cut(at, 3);
    expect((await at.run("runs", "close", await at.id())).stderr).toContain("is closed");
    const { status, stderr } = await at.run("apply", "--resume", await at.id(), ...at.astro.target, "--yes");
    expect(stderr).toContain("is closed: there is nothing to resume");
    expect(status).toBe(5);
    expect((await at.resync()).status).toBe(0);
  });

  test("Ctrl-C leaves one where operations were done, and apply --resume ends it", async () => {
    const at = await place();
    const { fakeIo } = await import("../support/fake-io.ts");
    const io = fakeIo();
    const astro = await startWatchedAstro({
      fixture: fixtureText,
      after: ({ method }) => {
        if (method === "POST") io.interrupt();
      },
    });
    const argv = ["resync", "--all", "--from", fixture, ...astro.target, "--yes", "--concurrency", "1"];
    const interrupted = await runCommand([...argv, "--state-dir", at.folder], { io });
    expect(interrupted.status).toBe(130);
    const { status } = await at.run("apply", "--resume", await at.id(), ...astro.target, "--yes");
    expect(status).toBe(0);
    const clean = await at.run("resync", "--all", "--from", fixture, ...astro.target, "--dry-run");
    expect(clean.stdout).toContain("Nothing to do.");
  });
});
