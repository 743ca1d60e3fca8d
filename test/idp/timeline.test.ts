import { describe, expect, test } from "vitest";

import type { Action } from "../../src/directory/action.ts";
import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { AppError } from "../../src/ground/errors.ts";
import type {
  ErrorExpectation,
  Expectation,
  RequestExpectation,
  UserExpectation,
} from "../../src/directory/expectation.ts";
import type { TimelineStep } from "../../src/directory/timeline.ts";
import { simulatedClock } from "../../src/idp/run/clock.ts";
import type { RunEvent } from "../../src/idp/run/events.ts";
import { emptyOktaMemory, type OktaMemory } from "../../src/idp/okta/memory.ts";
import { oktaService } from "../../src/idp/okta/service.ts";
import { watchRequests } from "../../src/idp/timeline/request-tally.ts";
import { notBegun, type TimelineProgress } from "../../src/idp/timeline/timeline-progress.ts";
import { playTimeline, type TimelineResult } from "../../src/idp/timeline/timeline.ts";
import type { WireRequest } from "../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../support/builders.ts";
import { json, scimError } from "../support/conversation.ts";
import { tinyScim, type TinyScim } from "../support/tiny-scim.ts";
import { plain } from "../support/plain.ts";

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

interface Played extends TimelineResult {
  readonly memory: OktaMemory;
  /** What a file would have had, each time. */
  readonly kept: readonly { readonly progress: TimelineProgress; readonly memory: OktaMemory }[];
  readonly events: readonly RunEvent[];
}

async function play(
  server: TinyScim,
  steps: readonly TimelineStep[],
  { memory = emptyOktaMemory(), progress = notBegun, signal = new AbortController().signal } = {},
): Promise<Played> {
  const events: RunEvent[] = [];
  const kept: Played["kept"][number][] = [];
  const report = (event: RunEvent) => events.push(event);
  const clock = simulatedClock(new Date("2026-09-01T08:00:00Z"));
  const settings = documentedOktaSettings;
  const requests = watchRequests(server.send);
  const world = { send: requests.send, clock, signal, report, randomText: () => "xxxxxxxx" };
  const service = oktaService({ settings, memory, retryTasks: false, world });
  const result = await playTimeline({
    settings,
    start: company(),
    steps,
    progress,
    service,
    readState: async () => server.state(),
    changeAstro: async () => {},
    differences: async () => [],
    requests,
    clock,
    report,
    keep: async (played) => {
      kept.push({ progress: played, memory: service.memory() });
    },
  });
  return { ...result, memory: service.memory(), kept, events };
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
      progress: { stepsDone: 2, actionsDone: 0 },
    });
    expect(plain(result.directory)).toEqual(company());
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
      harmful: [],
    });
  });

  test("a step that expects nothing is not compared", async () => {
    expect((await play(tinyScim(), [step("quiet", [])])).steps[0]?.unmet).toBeUndefined();
  });

  test("with memory goes on behind the steps that were played", async () => {
    const server = tinyScim();
    const first = await play(server, [leaves]);
    server.forget();
    const second = await play(server, [leaves, returns], { memory: first.memory, progress: first.progress });
    expect(second.first.requests).toBe(0);
    expect(second.steps.map(({ number }) => number)).toEqual([2]);
    server.forget();
    const third = await play(server, [leaves, returns], { memory: second.memory, progress: second.progress });
    expect(third.steps).toEqual([]);
    expect(server.lines).toEqual([]);
  });

  test("a memory of more steps than there are is at the end", async () => {
    const server = tinyScim();
    const { memory, progress } = await play(server, [leaves, returns]);
    server.forget();
    expect(await play(server, [leaves], { memory, progress })).toMatchObject({ steps: [], notBegun: [] });
  });
});

describe("what is kept of a timeline", () => {
  test("after each part of the service's work what it then remembers, with the progress before that part", async () => {
    const joins: Action = { kind: "create-user", user: aUser("x@example.com"), assigned: true, groups: [] };
    const { kept, progress } = await play(tinyScim(), [
      step("joiner", [joins, { kind: "unassign-user", user: ada }]),
      step("quiet", []),
    ]);
    const done = (stepsDone: number, actionsDone: number) => ({ stepsDone, actionsDone });
    expect(kept.map((one) => one.progress)).toEqual([
      done(0, 0), // the first look at everything
      done(0, 0), // the time before the step
      done(0, 0), // the first action
      done(0, 1), // the second
      done(0, 2), // the end of the step
      done(1, 0), // the time before the next
      done(1, 0), // and its end
    ]);
    expect(kept.map(({ memory }) => memory.appUsers.size)).toEqual([2, 2, 3, 3, 3, 3, 3]);
    expect(progress).toEqual(done(2, 0));
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
      progress: { stepsDone: 0 },
    });
    expect(result.steps).toMatchObject([{ name: "joiners", unmet: undefined }]);
  });

  test("stopped anywhere and played on, ends where an unbroken one does, and undoes nothing in between", async () => {
    const whole = tinyScim();
    await play(whole, steps);
    for (let count = 1; count <= whole.lines.length; count += 1) {
      const { server, signal } = stoppingAt(count);
      const stopped = await play(server, steps, { signal });
      const resumed = await play(server, steps, {
        memory: stopped.memory,
        progress: stopped.progress,
      });
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
    [
      "an inactive member who is expected is a mistake, with what to do",
      [ada, grace],
      "data",
      [leaves],
      [
        {
          what: "members",
          expected: [ada, grace],
          got: [grace],
          hint: "ada@example.com has an inactive account, and memberships of inactive accounts do not count: remove it from the list, or add countInactive: true to expect if the server keeps them.",
        },
      ],
    ],
  ])("Teams: %s", async (_rule, members, name, actions, found) => {
    const about = found.map((one) => ({ kind: "group", name, ...one }));
    expect(await unmet({ teams: new Map([[name, members]]) }, actions)).toEqual(about);
  });
});

describe("expected requests", () => {
  const gone: Action = { kind: "unassign-user", user: ada };
  const adas = { kind: "user", name: ada } as const;
  const toAda = { text: `/Users/${ada}`, endpoint: "/Users", resource: adas } as const;
  const toGrace = { ...toAda, resource: { kind: "user", name: grace } } as const;
  const toUsers = { text: "/Users/*", endpoint: "/Users", resource: "any" } as const;
  const toData = {
    text: "/Groups/data",
    endpoint: "/Groups",
    resource: { kind: "team", name: "data" },
  } as const;

  test.each<[rule: string, actions: Action[], expected: RequestExpectation, count: number | undefined]>([
    ["at least one was sent", [gone], { method: "PUT", path: toAda, min: 1 }, undefined],
    ["one was sent, and none should be", [gone], { method: "PUT", path: toAda, min: 0, max: 0 }, 1],
    ["none of that kind was sent", [gone], { method: "DELETE", min: 0, max: 0 }, undefined],
    ["none was sent, and one should be", [gone], { method: "DELETE", min: 1 }, 0],
    ["another person's do not count", [gone], { method: "write", path: toGrace, min: 1 }, 0],
    ["anybody's count", [gone], { method: "write", path: toUsers, min: 1, max: 1 }, undefined],
    ["reads are no writes", [gone], { method: "write", min: 0, max: 0 }, 1],
    ["a body that is held", [gone], { path: toAda, body: { active: false }, min: 1 }, undefined],
    ["a body that is not held", [gone], { path: toAda, body: { active: true }, min: 1 }, 0],
    ["a name within a name", [gone], { path: toAda, body: { "name.givenName": "ada" }, min: 1 }, undefined],
    ["a step in which nothing is done sends nothing", [], { min: 0, max: 0 }, undefined],
    [
      "a Team that is deleted in the step had its id before it",
      [{ kind: "unpush-group", group: "data", deleteTeam: true }],
      { method: "DELETE", path: toData, min: 1, max: 1 },
      undefined,
    ],
    [
      "an account that is made in the step has its id after it",
      [
        { kind: "create-user", user: aUser("x@example.com"), assigned: true, groups: [] },
        { kind: "update-user", user: "x@example.com", profile: { lastName: "New" } },
      ],
      { method: "PUT", path: { ...toAda, resource: { kind: "user", name: "x@example.com" } }, min: 1 },
      undefined,
    ],
    [
      "the endpoint itself is not what is below it",
      [gone],
      { method: "PUT", path: { text: "/Users", endpoint: "/Users" }, min: 1 },
      0,
    ],
    [
      "a query is looked at, decoded, where one is given",
      [{ kind: "create-user", user: aUser("x@example.com"), assigned: true, groups: [] }],
      {
        method: "GET",
        path: { text: "/Users?…", endpoint: "/Users", query: 'filter=userName eq "x@example.com"*' },
        min: 1,
      },
      undefined,
    ],
    [
      "another query is another request",
      [{ kind: "create-user", user: aUser("x@example.com"), assigned: true, groups: [] }],
      { method: "GET", path: { text: "/Users?…", endpoint: "/Users", query: "startIndex=2*" }, min: 1 },
      0,
    ],
  ])("%s", async (_rule, actions, expected, count) => {
    const found = await unmet({ requests: [expected] }, actions);
    expect(found?.map((one) => one.kind === "request" && one.got.count)).toEqual(
      count === undefined ? [] : [count],
    );
  });

  test("only those of the step itself count, repetitions included", async () => {
    const fresh: Action = { kind: "create-user", user: aUser("x@example.com"), assigned: true, groups: [] };
    const posts = [{ method: "POST", path: { text: "/Users", endpoint: "/Users" }, min: 1, max: 1 }] as const;
    const once = await play(tinyScim(), [step("one", [fresh], { requests: posts })]);
    expect(once.steps[0]?.unmet).toEqual([]);
    let seen = 0;
    const intercept = ({ body }: WireRequest) => {
      if (body?.["userName"] === "x@example.com") seen += 1;
      return seen === 1 ? json(429, {}) : undefined;
    };
    const twice = await play(tinyScim({ intercept }), [step("one", [fresh], { requests: posts })]);
    expect(twice.steps[0]?.unmet).toMatchObject([{ expected: { min: 1, max: 1 }, got: { count: 2 } }]);
  });

  test("what was sent instead is told, with names in the place of ids and without passwords", async () => {
    const wanted: RequestExpectation = { method: "PUT", path: toAda, body: { active: true }, min: 1 };
    const [one] = (await unmet({ requests: [wanted] }, [gone])) ?? [];
    expect(one).toMatchObject({
      kind: "request",
      name: `PUT /Users/${ada} {"active":true}`,
      expected: { min: 1, max: null },
      got: { count: 0, sent: [`PUT /Users/${ada} {"active":false}`] },
    });
    const posted: RequestExpectation = { method: "POST", body: { active: false, password: "x" }, min: 1 };
    const joins: Action = { kind: "create-user", user: aUser("x@example.com"), assigned: true, groups: [] };
    const [post] = (await unmet({ requests: [posted] }, [joins])) ?? [];
    expect(post).toMatchObject({ got: { sent: ['POST /Users {"active":true,"password":"[redacted]"}'] } });
  });

  test("without their ids, because Astro cannot be read, they are not checked", async () => {
    const server = tinyScim();
    const state = () => {
      throw new AppError("unreachable", "Nobody answers.");
    };
    const named = step("only", [], { requests: [{ path: toAda, min: 0, max: 0 }] });
    const { steps } = await play({ ...server, state }, [named]);
    expect(steps).toMatchObject([{ unmet: undefined, notChecked: "Nobody answers." }]);
    const unnamed = step("only", [], { requests: [{ min: 0, max: 0 }] });
    expect((await play({ ...server, state }, [unnamed])).steps).toMatchObject([{ unmet: [] }]);
  });
});

describe("expected errors", () => {
  const joins: Action = { kind: "create-user", user: aUser("x@example.com"), assigned: true, groups: [] };
  const isNewcomer = ({ method, body }: WireRequest): boolean =>
    method === "POST" && body?.["userName"] === "x@example.com";

  async function unmetErrors(errors: "none" | readonly ErrorExpectation[], actions: readonly Action[]) {
    const intercept = (request: WireRequest) =>
      isNewcomer(request) ? scimError(400, "No room for x.") : undefined;
    const { steps } = await play(tinyScim({ intercept }), [step("only", actions, { errors })]);
    return steps[0]?.unmet;
  }

  const newcomer = { kind: "user", name: "x@example.com" } as const;
  test.each<[rule: string, actions: Action[], errors: "none" | ErrorExpectation[], unmet: string[]]>([
    ["none, and nothing fails", [], "none", []],
    ["none, and something fails", [joins], "none", ["any"]],
    ["any, and something fails", [joins], [{}], []],
    ["any, and nothing fails", [], [{}], ["any"]],
    ["of that user", [joins], [{ subject: newcomer }], []],
    ["of another user", [joins], [{ subject: { kind: "user", name: ada } }], [`of user ${ada}`]],
    [
      "of a group of that name",
      [joins],
      [{ subject: { ...newcomer, kind: "group" } }],
      ["of group x@example.com"],
    ],
    ["that says so", [joins], [{ subject: newcomer, says: "No room" }], []],
    ["that says otherwise", [joins], [{ says: "conflict" }], ['says "conflict"']],
    ["of a code that Okta does not have", [joins], [{ code: "Duplicate" }], ["code Duplicate"]],
    ["each of them", [joins], [{ says: "room" }, { says: "conflict" }], ['says "conflict"']],
  ])("%s", async (_rule, actions, errors, unmetNames) => {
    expect((await unmetErrors(errors, actions))?.map(({ name }) => name)).toEqual(unmetNames);
  });

  test("what failed instead is told", async () => {
    expect(await unmetErrors([{ says: "conflict" }], [joins])).toMatchObject([
      {
        kind: "error",
        expected: true,
        got: { count: 1, failures: [expect.stringContaining("user x@example.com: 400 Bad Request")] },
      },
    ]);
  });
});
