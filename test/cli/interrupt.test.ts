/** Ctrl-C: the first lets what is in flight finish and says what was done and what was not, the second ends at once. */

import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { fakeIo, type FakeIo } from "../support/fake-io.ts";
import { repairShape, simulationShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { startServing } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { terminal } from "../support/terminal.ts";
import { startWatchedAstro, type Passing, type WatchedAstro } from "../support/watched-astro.ts";

const small = shippedFixture("okta-small.yaml");
const drift = shippedFixture("okta-drift.yaml");

/** A world in which something happens as the first request that fits comes by. */
async function disturbed(
  file: string,
  disturbance: { readonly at: (passing: Passing) => boolean; readonly do: (io: FakeIo) => void },
  io = fakeIo(),
): Promise<{ readonly io: FakeIo; readonly astro: WatchedAstro }> {
  let happened = false;
  const astro = await startWatchedAstro({
    fixture: readFileSync(file, "utf8"),
    before: (passing) => {
      if (happened || !disturbance.at(passing)) return undefined;
      happened = true;
      disturbance.do(io);
      return undefined;
    },
  });
  return { io, astro };
}

const isPostOf =
  (name: string) =>
  ({ method, body }: Passing): boolean =>
    method === "POST" && body.includes(name);
const ctrlC = (io: FakeIo): void => io.interrupt();
const notice = "\nStopping after what is in flight; press Ctrl-C again to stop immediately.\n";

describe("simulate okta", () => {
  test("the request in flight is finished, no other is sent, and the rest is said not to be begun", async () => {
    const { io, astro } = await disturbed(small, { at: isPostOf("grace"), do: ctrlC });
    const { status, stdout, stderr } = await runCommand(["simulate", "okta", small, ...astro.target], { io });
    expect(astro.requests.at(-1)).toBe("POST /Users");
    expect((await astro.state()).users).toContain("grace@example.com");
    expect(stdout).toContain("  ! 2 of 4 users: 2 created\n");
    expect(stdout).toContain("\nThe rehearsal was interrupted.\n");
    expect(stdout).toContain(
      "Not started\n  2 users (jose@example.com, mary@example.com)\n  2 groups (data-platform, airflow-admins)\n" +
        "  2 steps of the timeline (Ada leaves, Mary becomes an Airflow administrator)\n",
    );
    expect(stdout).toContain("Astro was not compared with the directory: the run was interrupted\n");
    expect(stderr).toContain(notice);
    expect(stderr).not.toMatch(/^Error/m);
    expect({ status, exited: io.exitedWith() }).toEqual({ status: 130, exited: undefined });
  });

  test("the JSON names what was not begun", async () => {
    const { io, astro } = await disturbed(small, { at: isPostOf("grace"), do: ctrlC });
    const { status, stdout } = await runCommand(["simulate", "okta", small, "--json", ...astro.target], {
      io,
    });
    const result = simulationShape.parse(JSON.parse(stdout));
    expect(result.status).toBe("interrupted");
    expect(result.first.notBegun.map(({ subject }) => subject.name)).toEqual([
      "jose@example.com",
      "mary@example.com",
      "data-platform",
      "airflow-admins",
    ]);
    expect(result.stepsNotBegun).toEqual(["Ada leaves", "Mary becomes an Airflow administrator"]);
    expect(status).toBe(130);
  });

  test("while Astro is read back: what was provisioned is said", async () => {
    const isReadingBack = ({ path, number }: Passing) => number > 1 && path.startsWith("/Users?startIndex");
    const { io, astro } = await disturbed(small, { at: isReadingBack, do: ctrlC });
    const { status, stdout, stderr } = await runCommand(["simulate", "okta", small, ...astro.target], { io });
    expect(stdout).toContain("  ✓ 4 users: 3 created, 1 linked\n");
    expect(stdout).toContain("\nThe rehearsal was interrupted.\n");
    expect(stderr).not.toMatch(/^Error/m);
    expect(status).toBe(130);
  });

  test("with --state the next run goes on where it stopped", async () => {
    const cwd = await tempFolder();
    const io = fakeIo({ cwd });
    const { astro } = await disturbed(small, { at: isPostOf("airflow-admins"), do: ctrlC }, io);
    const command = ["simulate", "okta", small, "--state", "okta.json", ...astro.target];
    expect((await runCommand(command, { io })).status).toBe(130);
    const { status, stdout } = await runCommand(command, { cwd });
    expect(stdout).toContain("Astro matches the directory: 3 active users and 2 Teams; listed separately: ");
    expect(status).toBe(0);
  });

  test("--cleanup: what this run created stays, and is counted", async () => {
    const { io, astro } = await disturbed(small, { at: isPostOf("grace"), do: ctrlC });
    const command = ["simulate", "okta", small, "--cleanup", ...astro.target];
    const { status, stderr } = await runCommand(command, { io });
    expect(stderr).toMatch(
      /^Error: Interrupted before 2 users and Teams that this run created were deleted: /m,
    );
    expect((await astro.state()).users).toContain("grace@example.com");
    expect(status).toBe(130);
  });
});

describe("a repair", () => {
  const resync = ["resync", "--all", "--yes", "--concurrency", "1", "--from", drift];

  test("the write in flight is finished, no other is sent, and each that is not done is said", async () => {
    const { io, astro } = await disturbed(drift, { at: ({ method }) => method === "POST", do: ctrlC });
    const { status, stdout, stderr } = await runCommand([...resync, ...astro.target], { io });
    expect(astro.writes()).toEqual(["POST /Users"]);
    expect((await astro.state()).users).toContain("olga.ivanova@example.com");
    expect(stdout).toMatch(/\n {2}· create the Team on-call {2}not done: interrupted\n/);
    expect(stdout).toMatch(/\n1 done, 11 not done\.\n/);
    expect(stderr).toContain(notice);
    expect({ status, exited: io.exitedWith() }).toEqual({ status: 130, exited: undefined });
  });

  test("while a write is read back: the reading is part of what is in flight", async () => {
    let isWritten = false;
    const isReadingBack = ({ method }: Passing): boolean => {
      if (method === "POST") isWritten = true;
      return isWritten && method === "GET";
    };
    const { io, astro } = await disturbed(drift, { at: isReadingBack, do: ctrlC });
    const { status, stdout } = await runCommand([...resync, ...astro.target], { io });
    expect(stdout).toMatch(/\n1 done, 11 not done\.\n/);
    expect(status).toBe(130);
  });

  test("while a resource is looked at before its write: it is not written", async () => {
    const isLooking = ({ path }: Passing): boolean => path.startsWith("/Users?filter");
    const { io, astro } = await disturbed(drift, { at: isLooking, do: ctrlC });
    const { status, stdout } = await runCommand([...resync, ...astro.target], { io });
    expect(stdout).toMatch(/\n12 not done\.\n/);
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(130);
  });

  test("the JSON has the same status", async () => {
    const { io, astro } = await disturbed(drift, { at: ({ method }) => method === "POST", do: ctrlC });
    const { status, stdout } = await runCommand([...resync, "--json", ...astro.target], { io });
    const result = repairShape.parse(JSON.parse(stdout));
    expect(result.status).toBe("interrupted");
    expect(result.operations.filter(({ outcome }) => outcome?.status === "not-done")).toHaveLength(11);
    expect(status).toBe(130);
  });

  test.each<readonly [how: string, keys: string, meanwhile: (io: FakeIo) => void]>([
    ["Ctrl-C", "\u0003", () => {}],
    ["Ctrl-D", "\u0004", () => {}],
    ["SIGTERM", "", ctrlC],
    ["the end of what can be typed", "", ({ stdin }) => void stdin.emit("end")],
  ])("at the question nothing has been written: %s", async (_how, keys, meanwhile) => {
    const astro = await startWatchedAstro({ fixture: readFileSync(drift, "utf8") });
    const io: FakeIo = terminal({ question: "Apply", keys, meanwhile: async () => meanwhile(io) });
    const { status, stderr } = await runCommand(["resync", "--all", "--from", drift, ...astro.target], {
      io,
    });
    expect(stderr).toContain("Error: Interrupted at the question; nothing was changed.\n");
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(130);
  });
});

test("diff: an interrupted reading is no result", async () => {
  const { io, astro } = await disturbed(drift, { at: ({ path }) => path.startsWith("/Groups"), do: ctrlC });
  const { status, stdout, stderr } = await runCommand(["diff", drift, ...astro.target], { io });
  expect(stderr).toMatch(/^Error: Interrupted while reading /m);
  expect({ status, stdout }).toEqual({ status: 130, stdout: "" });
});

test("serve: Ctrl-C is how it ends; exit status 0", async () => {
  const { url, token, stop } = await startServing("--port", "0");
  const answer = await fetch(`${url}/Users`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect(await stop()).toBe(0);
  await expect(fetch(`${url}/Users`)).rejects.toThrow("fetch failed");
});

describe("the second Ctrl-C", () => {
  test.each<readonly [command: string, file: string, argv: readonly string[]]>([
    ["simulate okta", small, ["simulate", "okta", small]],
    ["resync", drift, ["resync", "--all", "--yes", "--from", drift]],
  ])("%s: ends the process at once; exit status 130", async (_command, file, argv) => {
    const twice = (io: FakeIo): void => {
      io.interrupt();
      io.interrupt();
    };
    const { io, astro } = await disturbed(file, { at: ({ method }) => method === "POST", do: twice });
    await runCommand([...argv, ...astro.target], { io });
    expect(io.exitedWith()).toBe(130);
  });
});

/** A world in which Ctrl-C is pressed at that turn of everything beside the work; counts the turns. */
function pressedAt(turn: number) {
  const io = fakeIo();
  const seen = { turns: 0 };
  const yieldToOthers = async (): Promise<void> => {
    seen.turns += 1;
    if (seen.turns === turn) io.interrupt();
    await io.timers.yieldToOthers();
  };
  return { io: { ...io, timers: { ...io.timers, yieldToOthers } }, seen };
}

describe("while a fixture is read and checked", () => {
  test.each([
    ["fixture validate", ["fixture", "validate", small]],
    ["simulate", ["simulate", "okta", small]],
  ])("%s ends at the next turn, says so, and prints no result", async (_command, argv) => {
    // Its form, its directory, its two steps and what follows have a turn each.
    for (let turn = 1; turn <= 8; turn += 1) {
      const { io, seen } = pressedAt(turn);
      const { status, stdout, stderr } = await runCommand(argv, { io });
      expect({ turn, turns: seen.turns, status, stdout }).toEqual({
        turn,
        turns: turn,
        status: 130,
        stdout: "",
      });
      expect(stderr).toContain(notice);
      expect(stderr).toMatch(/^Error: Interrupted while reading \S*okta-small.yaml; nothing was sent\.$/m);
    }
  });
});

describe("a closed pipe", () => {
  const close = (io: FakeIo): void => io.closeOutput();
  test.each<readonly [command: string, file: string, argv: readonly string[], said: RegExp]>([
    ["simulate okta", small, ["simulate", "okta", small], /^Okta \(.*\n\n$/],
    ["diff", drift, ["diff", drift], /^Comparing .*\n\n$/],
    ["resync", drift, ["resync", "--dry-run", "--from", drift], /^Comparing .*\n\n$/],
  ])("%s ends quietly", async (_command, file, argv, said) => {
    const { io, astro } = await disturbed(file, { at: () => true, do: close });
    const { status, stderr } = await runCommand([...argv, ...astro.target], { io });
    expect(stderr).toMatch(said);
    expect(astro.writes()).toEqual([]);
    expect(status).toBe(130);
  });
});
