import { describe, expect, test } from "vitest";

import type { Action } from "../../src/directory/action.ts";
import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { AppError } from "../../src/errors.ts";
import type { Expectation, TimelineStep, UserExpectation } from "../../src/fixture/fixture.ts";
import { simulatedClock } from "../../src/idp/clock.ts";
import type { RunEvent } from "../../src/idp/events.ts";
import { emptyOktaMemory, type OktaMemory } from "../../src/idp/okta/memory.ts";
import { oktaService } from "../../src/idp/okta/service.ts";
import { playTimeline, type TimelineResult } from "../../src/idp/timeline.ts";
import type { WireRequest } from "../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";
import { tinyScim, type TinyScim } from "../support/tiny-scim.ts";

const ada = "ada@example.com";
const grace = "grace@example.com";
const day = 86_400_000;

function company(): Directory {
  return aDirectory({ users: [aUser(ada), aUser(grace)], groups: [aGroup("data", [ada, grace])] });
}

function step(name: string, actions: readonly Action[], expected?: Partial<Expectation>): TimelineStep {
  const expectation = expected && { users: new Map(), teams: new Map(), ...expected };
  return { name, afterMs: day, actions, expect: expectation };
}

interface Played extends TimelineResult<OktaMemory> {
  readonly events: readonly RunEvent[];
}

async function play(
  server: TinyScim,
  steps: readonly TimelineStep[],
  { memory = emptyOktaMemory("test"), signal = new AbortController().signal } = {},
): Promise<Played> {
  const events: RunEvent[] = [];
  const report = (event: RunEvent) => events.push(event);
  const clock = simulatedClock(new Date("2026-09-01T08:00:00Z"));
  const settings = documentedOktaSettings;
  const world = { send: server.send, clock, signal, report, randomText: () => "xxxxxxxx" };
  const result = await playTimeline({
    settings,
    start: company(),
    steps,
    memory,
    service: oktaService({ settings, retryTasks: false, world }),
    readState: async () => server.state(),
    clock,
    report,
  });
  return { ...result, events };
}

/** What is not met after the first run, when this is expected. */
async function unmet(expectation: Partial<Expectation>, actions: readonly Action[] = []) {
  const { steps } = await play(tinyScim({ endsMemberships: false }), [step("only", actions, expectation)]);
  return steps[0]?.unmet;
}

describe("the timeline of a fixture", () => {
  const leaves = step("Ada leaves", [{ kind: "unassign-user", user: ada }], {
    users: new Map([[ada, { active: false }]]),
    teams: new Map([["data", [grace]]]),
  });
  const returns = step("Ada returns", [{ kind: "assign-user", user: ada }], {
    users: new Map([[ada, { active: true }]]),
    teams: new Map([["data", [ada, grace]]]),
  });

  test("is played step by step, on a clock that it moves", async () => {
    const result = await play(tinyScim(), [leaves, returns]);
    expect(result.steps).toMatchObject([
      { number: 1, name: "Ada leaves", at: new Date("2026-09-02T08:00:00Z"), unmet: [] },
      { number: 2, name: "Ada returns", at: new Date("2026-09-03T08:00:00Z"), unmet: [] },
    ]);
    expect(result).toMatchObject({
      interrupted: false,
      notBegun: [],
      memory: { stepsDone: 2, actionsDone: 0 },
    });
    expect(result.directory).toEqual(company());
  });

  test("tells what happens in order", async () => {
    const { events } = await play(tinyScim(), [leaves]);
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.slice(kinds.indexOf("step-started"))).toEqual([
      "step-started",
      "action-started",
      "jobs-planned",
      "job-started",
      "job-finished",
      "step-finished",
    ]);
  });

  test("goes on after an expectation that is not met", async () => {
    const wrong = step("nothing", [], { users: new Map([[ada, { active: false }]]) });
    const { steps } = await play(tinyScim(), [wrong, leaves]);
    expect(steps.map((one) => one.unmet)).toEqual([
      [{ kind: "user", name: ada, what: "active", expected: false, got: true }],
      [],
    ]);
  });

  test("goes on after a step that cannot be checked, because Astro cannot be read", async () => {
    let reads = 0;
    const server = tinyScim();
    const state = () => {
      reads += 1;
      if (reads === 1) throw new AppError("source-incomplete", "It was answered 500.");
      return server.state();
    };
    const { steps, events } = await play({ ...server, state }, [leaves, returns]);
    expect(steps).toMatchObject([
      { unmet: undefined, notChecked: "It was answered 500." },
      { unmet: [], notChecked: undefined },
    ]);
    expect(events).toContainEqual({
      kind: "step-finished",
      number: 1,
      name: "Ada leaves",
      unmet: undefined,
      notChecked: "It was answered 500.",
    });
  });

  test("a step that expects nothing is not compared", async () => {
    expect((await play(tinyScim(), [step("quiet", [])])).steps[0]?.unmet).toBeUndefined();
  });

  test("with memory goes on behind the steps that were played", async () => {
    const server = tinyScim();
    const first = await play(server, [leaves]);
    server.forget();
    const second = await play(server, [leaves, returns], { memory: first.memory });
    expect(second.first.requests).toBe(0);
    expect(second.steps.map(({ number }) => number)).toEqual([2]);
    server.forget();
    const third = await play(server, [leaves, returns], { memory: second.memory });
    expect(third.steps).toEqual([]);
    expect(server.lines).toEqual([]);
  });

  test("a memory of more steps than there are is at the end", async () => {
    const server = tinyScim();
    const { memory } = await play(server, [leaves, returns]);
    server.forget();
    expect(await play(server, [leaves], { memory })).toMatchObject({ steps: [], notBegun: [] });
  });
});

describe("a timeline that is stopped", () => {
  const newcomers = ["x@example.com", "y@example.com"].map((email): Action => ({
    kind: "create-user",
    user: aUser(email),
    assigned: true,
    groups: ["data"],
  }));
  const steps = [
    step("joiners", newcomers),
    step("unlink", [{ kind: "unpush-group", group: "data", deleteTeam: true }]),
    step("last", [
      { kind: "push-group", group: "data" },
      { kind: "push-now", group: "data" },
    ]),
  ];

  function stoppingAt(count: number): { server: TinyScim; signal: AbortSignal } {
    const stop = new AbortController();
    let seen = 0;
    const intercept = (_request: WireRequest): undefined => {
      seen += 1;
      if (seen === count) stop.abort();
      return undefined;
    };
    return { server: tinyScim({ intercept }), signal: stop.signal };
  }

  test("names the steps that were not begun, and compares nothing", async () => {
    const { server, signal } = stoppingAt(9);
    const result = await play(server, steps, { signal });
    expect(result).toMatchObject({
      interrupted: true,
      notBegun: ["unlink", "last"],
      memory: { stepsDone: 0 },
    });
    expect(result.steps).toMatchObject([{ name: "joiners", unmet: undefined }]);
  });

  test("stopped anywhere and played on, ends where an unbroken one does, and undoes nothing in between", async () => {
    const whole = tinyScim();
    await play(whole, steps);
    for (let count = 1; count <= whole.lines.length; count += 1) {
      const { server, signal } = stoppingAt(count);
      const stopped = await play(server, steps, { signal });
      const resumed = await play(server, steps, { memory: stopped.memory });
      expect(resumed.interrupted).toBe(false);
      expect(server.members("data")).toEqual(whole.members("data"));
      expect([...server.state().users.keys()]).toEqual([...whole.state().users.keys()]);
      expect(resumed.first.reports.filter(({ what }) => what === "deactivate")).toEqual([]);
    }
  });
});

describe("expectations", () => {
  test.each<[rule: string, name: string, expected: UserExpectation, found: object[]]>([
    ["an account is there", ada, { exists: true }, []],
    ["no account is there", "nobody@example.com", { exists: false }, []],
    [
      "an account should be there",
      "nobody@example.com",
      { exists: true },
      [{ what: "exists", expected: true, got: false }],
    ],
    [
      "an account should not be there",
      ada,
      { exists: false },
      [{ what: "exists", expected: false, got: true }],
    ],
    ["active", ada, { active: true }, []],
    [
      "inactive is an account: absence is `exists: false`",
      "nobody@example.com",
      { active: false },
      [{ what: "active", expected: false, got: null }],
    ],
    [
      "active is nobody who is not there",
      "nobody@example.com",
      { active: true },
      [{ what: "active", expected: true, got: null }],
    ],
    [
      "what an account should say that is not there: its absence, once",
      "nobody@example.com",
      { active: true, attributes: { familyName: "King", displayName: null } },
      [{ what: "active", expected: true, got: null }],
    ],
    [
      "attributes of an account that is not there",
      "nobody@example.com",
      { attributes: { familyName: "King", displayName: null } },
      [{ what: "exists", expected: true, got: false }],
    ],
    [
      "userName and attributes",
      ada,
      { attributes: { userName: ada, givenName: "ada", displayName: null } },
      [],
    ],
    [
      "an attribute that differs",
      ada,
      { attributes: { familyName: "King" } },
      [{ what: "familyName", expected: "King", got: "Example" }],
    ],
    [
      "an attribute that should not be set",
      ada,
      { attributes: { familyName: null } },
      [{ what: "familyName", expected: null, got: "Example" }],
    ],
    [
      "an attribute that the app does not have",
      ada,
      { attributes: { constructor: "x" } },
      [{ what: "constructor", expected: "x", got: null }],
    ],
  ])("users: %s", async (_rule, name, expected, found) => {
    const about = found.map((one) => ({ kind: "user", name, ...one }));
    expect(await unmet({ users: new Map([[name, expected]]) })).toEqual(about);
  });

  test("a user is followed through a new e-mail address, by the key of the fixture", async () => {
    const moves: Action = { kind: "update-user", user: ada, profile: { email: "ada.king@example.com" } };
    const users = new Map([[ada, { active: true, attributes: { userName: "ada.king@example.com" } }]]);
    expect(await unmet({ users, teams: new Map([["data", [ada, grace]]]) }, [moves])).toEqual([]);
  });

  test("an account that only Astro has is named by its userName", async () => {
    const users = new Map([["ADA@example.com", { active: false }]]);
    expect(await unmet({ users }, [{ kind: "delete-user", user: ada }])).toEqual([]);
  });

  const leaves: Action = { kind: "unassign-user", user: ada };
  test.each<[rule: string, members: string[] | null, team: string, actions: Action[], found: object[]]>([
    ["all members, in any order", [grace, ada], "DATA", [], []],
    ["a member missing", [ada], "data", [], [{ what: "members", expected: [ada], got: [ada, grace] }]],
    ["no such Team", null, "none", [], []],
    ["a Team that should not be", null, "data", [], [{ what: "exists", expected: false, got: true }]],
    ["a Team that should be", [], "none", [], [{ what: "exists", expected: true, got: false }]],
    ["an inactive member does not count", [grace], "data", [leaves], []],
    ["an inactive member counts where it is named", [ada, grace], "data", [leaves], []],
  ])("Teams: %s", async (_rule, members, name, actions, found) => {
    const about = found.map((one) => ({ kind: "group", name, ...one }));
    expect(await unmet({ teams: new Map([[name, members]]) }, actions)).toEqual(about);
  });
});
