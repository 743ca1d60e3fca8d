import { describe, expect, test } from "vitest";
import { diff, type DiffOptions, type Drift } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import type { Names } from "../../src/drift/plan/selection.ts";
import { expectedState, heldState } from "../support/states.ts";

/** Everything that can be wrong at once. */
function messy(options: DiffOptions = {}): Drift {
  return diff(
    expectedState({
      users: [
        { name: "new", externalId: "00u1", attributes: { displayName: "New" } },
        "asleep",
        { name: "ada.king", externalId: "00u2" },
        { name: "typo", attributes: { displayName: "Right", profileUrl: "https://x.example" } },
        "fine",
        "calm",
        { name: "gone", presence: "not-active", reason: "not assigned to the app" },
        { name: "paused", presence: "either", reason: "suspended in Okta" },
      ],
      teams: [
        { name: "Fresh", members: ["new", "fine"] },
        { name: "Renamed", members: ["fine", "typo"] },
        { name: "Data", members: ["fine", "new", "asleep", "typo"] },
        { name: "Same", members: ["fine"] },
      ],
      unmappable: [{ user: "nobody@example.com", reason: "no e-mail address" }],
    }),
    heldState({
      users: [
        { name: "asleep", active: false },
        { name: "ada", externalId: "00u2" },
        { name: "typo", attributes: { displayName: "Wrong", "name.givenName": "T" } },
        "fine",
        "calm",
        "gone",
        "stranger",
        { name: "old", active: false },
        "root",
      ],
      teams: [
        { name: "Old name", members: ["fine", "typo"] },
        { name: "Data", members: ["fine", "gone"], unknownMembers: ["ghost"] },
        { name: "Same", members: ["fine"] },
        { name: "Local", members: ["stranger"] },
        { name: "Ex", id: "t-ex" },
      ],
    }),
    { linkedTeams: new Map([["ex", "t-ex"]]), protect: ["root@example.com"], ...options },
  );
}

function summaries(plan: Plan): readonly string[] {
  return plan.operations.map((operation) => operation.summary);
}

function leftOut(plan: Plan): readonly string[] {
  return plan.leftOut.map(({ code, kind, name }) => `${code} ${kind} ${name}`);
}

describe("push-group", () => {
  test("all: Teams are made, renamed and corrected; members without an active account are told, not made", () => {
    const plan = planPushGroups(messy(), "all");
    expect(summaries(plan)).toEqual([
      "create the Team Fresh",
      "rename the Team Old name to Renamed (inferred: it has the same members)",
      "add 1 member to the Team Data: typo@example.com",
      "add 1 member to the Team Fresh: fine@example.com",
      "remove 2 members from the Team Data: gone@example.com and ghost",
    ]);
    expect(plan.leftOut).toEqual([
      {
        code: "member-without-account",
        kind: "user",
        name: "new@example.com",
        reason: "has no account, so cannot be added to the Team Fresh",
      },
      {
        code: "member-without-account",
        kind: "user",
        name: "asleep@example.com",
        reason: "has an account that is not active, so cannot be added to the Team Data",
      },
      {
        code: "member-without-account",
        kind: "user",
        name: "new@example.com",
        reason: "has no account, so cannot be added to the Team Data",
      },
    ]);
  });

  test.each<{ name: string; does: readonly string[]; tells: readonly string[] }>([
    {
      name: "FRESH",
      does: ["create the Team Fresh", "add 1 member to the Team Fresh: fine@example.com"],
      tells: ["member-without-account user new@example.com"],
    },
    {
      name: "Old name",
      does: ["rename the Team Old name to Renamed (inferred: it has the same members)"],
      tells: [],
    },
    { name: "Same", does: [], tells: ["nothing-to-do team Same"] },
    { name: "team-Same", does: [], tells: ["nothing-to-do team team-Same"] },
    { name: "Local", does: [], tells: ["not-pushed team Local"] },
    { name: "Ex", does: [], tells: ["left-over team Ex"] },
    { name: "Nonsense", does: [], tells: ["unknown-name team Nonsense"] },
  ])("$name", ({ name, does, tells }) => {
    const plan = planPushGroups(messy(), [name]);
    expect(summaries(plan)).toEqual(does);
    expect(leftOut(plan)).toEqual(tells);
  });

  test("a protected Team is told and not touched", () => {
    const plan = planPushGroups(messy({ protect: ["data"] }), ["Data"]);
    expect(plan.operations).toEqual([]);
    expect(leftOut(plan)).toEqual(["protected team Data"]);
  });
});

describe("resync", () => {
  test("all: accounts first, then Teams with the accounts just made; nothing is deleted", () => {
    const plan = planResync(messy(), { users: "all", teams: "all" });
    expect(summaries(plan)).toEqual([
      "create the account new@example.com",
      "activate the account asleep@example.com",
      'set displayName of typo@example.com from "Wrong" to "Right", name.givenName from "T" to nothing and profileUrl to "https://x.example"',
      "rename the account ada@example.com to ada.king@example.com",
      "create the Team Fresh",
      "rename the Team Old name to Renamed (inferred: it has the same members)",
      "add 3 members to the Team Data: asleep@example.com, new@example.com and typo@example.com",
      "add 2 members to the Team Fresh: fine@example.com and new@example.com",
      "remove 2 members from the Team Data: gone@example.com and ghost",
    ]);
    expect(plan.leftOut).toEqual([]);
  });

  test("of a long value the summary shows the beginning", () => {
    const drift = diff(
      expectedState({ users: [{ name: "ada", attributes: { displayName: "é".repeat(61) } }] }),
      heldState({ users: [{ name: "ada", attributes: { displayName: "é".repeat(60) } }] }),
    );
    expect(summaries(planResync(drift, { users: "all", teams: "all" }))).toEqual([
      `set displayName of ada@example.com from "${"é".repeat(60)}" to "${"é".repeat(60)}…"`,
    ]);
  });

  test("an operation says what it needs, what was seen, and what it writes", () => {
    const plan = planResync(messy(), { users: "all", teams: "all" });
    const operation = (id: string) => plan.operations.find((one) => one.id === id);
    expect(operation("create-user new@example.com")).toMatchObject({
      subject: { kind: "user", name: "new@example.com", scimId: null, fingerprint: null },
      userName: "new@example.com",
      externalId: "00u1",
      attributes: { displayName: "New" },
    });
    expect(operation("update-user id-typo")).toMatchObject({
      subject: { scimId: "id-typo", fingerprint: expect.stringMatching(/^[\da-f]{16}$/) as string },
      attributes: { displayName: "Right", "name.givenName": null, profileUrl: "https://x.example" },
    });
    expect(operation("add-members fresh")).toMatchObject({
      dependsOn: ["create-team fresh"],
      members: [
        { scimId: "id-fine", after: null },
        { scimId: null, after: "create-user new@example.com" },
      ],
    });
    expect(operation("add-members team-Data")).toMatchObject({
      members: [
        { scimId: "id-asleep", after: "activate-user id-asleep" },
        { scimId: null, after: "create-user new@example.com" },
        { scimId: "id-typo", after: null },
      ],
    });
  });

  test.each<{ rule: string; users: Names; teams?: Names; does: readonly string[]; tells: readonly string[] }>(
    [
      {
        rule: "a user gets the account and the memberships of Teams that exist",
        users: ["NEW@example.com"],
        does: ["create the account new@example.com", "add 1 member to the Team Data: new@example.com"],
        tells: ["team-missing user new@example.com"],
      },
      {
        rule: "a user who is somewhere too many is taken out, and the account is left to delete",
        users: ["gone@example.com"],
        does: ["remove 1 member from the Team Data: gone@example.com"],
        tells: [],
      },
      {
        rule: "a Team alone does not make its members' accounts",
        users: [],
        teams: ["Fresh"],
        does: ["create the Team Fresh", "add 1 member to the Team Fresh: fine@example.com"],
        tells: ["member-without-account user new@example.com"],
      },
      {
        rule: "a Team and its missing member",
        users: ["new@example.com"],
        teams: ["Fresh"],
        does: [
          "create the account new@example.com",
          "create the Team Fresh",
          "add 1 member to the Team Data: new@example.com",
          "add 2 members to the Team Fresh: fine@example.com and new@example.com",
        ],
        tells: [],
      },
      {
        rule: "who is renamed goes by either name",
        users: ["ada@example.com"],
        does: ["rename the account ada@example.com to ada.king@example.com"],
        tells: [],
      },
      {
        rule: "as the directory says",
        users: ["calm@example.com"],
        does: [],
        tells: ["nothing-to-do user calm@example.com"],
      },
      {
        rule: "an SCIM id is a name, too",
        users: ["id-calm"],
        does: [],
        tells: ["nothing-to-do user id-calm"],
      },
      {
        rule: "left over",
        users: ["stranger@example.com"],
        does: [],
        tells: ["left-over user stranger@example.com"],
      },
      {
        rule: "suspended",
        users: ["paused@example.com"],
        does: [],
        tells: ["nothing-to-do user paused@example.com"],
      },
      {
        rule: "protected",
        users: ["root@example.com"],
        does: [],
        tells: ["protected user root@example.com"],
      },
      {
        rule: "unmappable",
        users: ["nobody@example.com"],
        does: [],
        tells: ["unmappable user nobody@example.com"],
      },
      { rule: "unknown", users: ["x@example.com"], does: [], tells: ["unknown-name user x@example.com"] },
    ],
  )("$rule", ({ users, teams, does, tells }) => {
    const plan = planResync(messy(), { users, teams: teams ?? [] });
    expect(summaries(plan)).toEqual(does);
    expect(leftOut(plan)).toEqual(tells);
  });
});

describe("delete", () => {
  test("all: left-over accounts and the provider's own left-over Teams, Teams first", () => {
    const plan = planDelete(messy(), { users: "all", teams: "all" });
    expect(summaries(plan)).toEqual([
      "delete the Team Ex with its roles (0 members)",
      "delete the account gone@example.com (not assigned to the app)",
      "delete the account stranger@example.com (not in the directory)",
    ]);
    expect(leftOut(plan)).toEqual(["unknown-management team Local", "protected-apart user root@example.com"]);
  });

  test.each<{
    rule: string;
    users?: Names;
    teams?: Names;
    does: readonly string[];
    tells: readonly string[];
  }>([
    {
      rule: "one account",
      users: ["Stranger@example.com"],
      does: ["delete the account stranger@example.com (not in the directory)"],
      tells: [],
    },
    {
      rule: "a Team of unknown management goes by its name",
      teams: ["local"],
      does: ["delete the Team Local with its roles (1 member)"],
      tells: [],
    },
    {
      rule: "by its name and its id it goes once",
      teams: ["local", "team-Local", "Ex", "t-ex"],
      does: [
        "delete the Team Ex with its roles (0 members)",
        "delete the Team Local with its roles (1 member)",
      ],
      tells: [],
    },
    { rule: "wanted", users: ["fine@example.com"], does: [], tells: ["not-left-over user fine@example.com"] },
    { rule: "inactive", users: ["old@example.com"], does: [], tells: ["not-left-over user old@example.com"] },
    { rule: "protected", users: ["root@example.com"], does: [], tells: ["protected user root@example.com"] },
    {
      rule: "without account",
      users: ["new@example.com"],
      does: [],
      tells: ["nothing-to-do user new@example.com"],
    },
    { rule: "unknown", users: ["x@example.com"], does: [], tells: ["unknown-name user x@example.com"] },
    { rule: "a pushed group's Team", teams: ["Data"], does: [], tells: ["not-left-over team Data"] },
    {
      rule: "a pushed group's Team under its old name",
      teams: ["Old name"],
      does: [],
      tells: ["not-left-over team Old name"],
    },
    {
      rule: "a Team that is yet to be made",
      teams: ["Fresh"],
      does: [],
      tells: ["nothing-to-do team Fresh"],
    },
    { rule: "an unknown Team", teams: ["x"], does: [], tells: ["unknown-name team x"] },
  ])("$rule", ({ users, teams, does, tells }) => {
    const plan = planDelete(messy(), { users: users ?? [], teams: teams ?? [] });
    expect(summaries(plan)).toEqual(does);
    expect(leftOut(plan)).toEqual(tells);
  });

  test("a protected Team is not deleted by its name, nor listed", () => {
    const drift = messy({ protect: ["local"] });
    const named = planDelete(drift, { users: [], teams: ["Local"] });
    expect(named.operations).toEqual([]);
    expect(leftOut(named)).toEqual(["protected team Local"]);
    expect(leftOut(planDelete(drift, { users: [], teams: "all" }))).toEqual([]);
  });

  test("a name that several Teams have is not enough", () => {
    const drift = diff(
      expectedState({ teams: [{ name: "Data" }] }),
      heldState({ teams: [{ name: "Data" }], namesakeTeams: [{ name: "DATA", id: "t2" }] }),
    );
    const byName = planDelete(drift, { users: [], teams: ["data"] });
    expect(byName.operations).toEqual([]);
    expect(byName.leftOut).toMatchObject([
      {
        code: "ambiguous-name",
        reason: "is the name of several Teams: give one of their SCIM ids, team-Data, t2",
      },
    ]);
    expect(summaries(planDelete(drift, { users: [], teams: ["t2"] }))).toEqual([
      "delete the Team DATA with its roles (0 members)",
    ]);
  });

  test("of many names the summary gives the first five", () => {
    const names = Array.from({ length: 12 }, (_, at) => `user${String.fromCharCode(97 + at)}`);
    const drift = diff(
      expectedState({ users: names, teams: [{ name: "Data", members: names }] }),
      heldState({ users: names, teams: [{ name: "Data" }] }),
    );
    expect(summaries(planPushGroups(drift, "all"))).toEqual([
      "add 12 members to the Team Data: usera@example.com, userb@example.com, userc@example.com, userd@example.com, usere@example.com and 7 more",
    ]);
  });
});

describe("a name for which nothing can be done is answered with what may have been meant", () => {
  const drift = (): Drift => messy({ groupsNotPushed: ["Book club", "Local"] });
  const all = { users: "all", teams: "all" } as const;
  const push = (name: string): Plan => planPushGroups(drift(), [name]);
  const resync = (name: string): Plan => planResync(drift(), { users: [name], teams: [] });
  const resyncTeam = (name: string): Plan => planResync(drift(), { users: [], teams: [name] });
  const remove = (name: string): Plan => planDelete(drift(), { users: [name], teams: [] });
  const removeTeam = (name: string): Plan => planDelete(drift(), { users: [], teams: [name] });

  test.each<readonly [rule: string, plan: Plan, code: string, reason: string]>([
    [
      "a group that is not pushed",
      push("book club"),
      "not-pushed",
      "is a group of the directory, but not pushed (push: true is missing)",
    ],
    [
      "a Team whose group is not pushed",
      push("Local"),
      "not-pushed",
      "is a Team, and its group in the directory is not pushed (push: true is missing)",
    ],
    [
      "a Team without any group",
      planPushGroups(messy(), ["Local"]),
      "not-pushed",
      "is a Team, but no pushed group of the directory",
    ],
    [
      "a typing error",
      push("Frehs"),
      "unknown-name",
      "is neither a pushed group nor a Team; did you mean Fresh?",
    ],
    ["nothing near it", push("zzzzzzzz"), "unknown-name", "is neither a pushed group nor a Team"],
    [
      "a user in the place of a group",
      push("fine@example.com"),
      "unknown-name",
      "is neither a pushed group nor a Team; there is a user with that name: astro-scim resync fine@example.com",
    ],
    [
      "a Team in the place of a user",
      resync("data"),
      "unknown-name",
      "is neither in the directory nor in Astro; there is a Team with that name: --team data",
    ],
    [
      "a user in the place of a Team",
      resyncTeam("new@example.com"),
      "unknown-name",
      "is neither a pushed group nor a Team; there is a user with that name: give it without --team",
    ],
    [
      "a user's name with a typing error",
      resync("clam@example.com"),
      "unknown-name",
      "is neither in the directory nor in Astro; did you mean calm@example.com?",
    ],
    [
      "delete: only what is left over is meant",
      remove("strangr@example.com"),
      "unknown-name",
      "is neither in the directory nor in Astro; did you mean stranger@example.com?",
    ],
    [
      "delete: a Team in the place of a user",
      remove("Local"),
      "unknown-name",
      "is neither in the directory nor in Astro; there is a Team with that name: --team Local",
    ],
    [
      "delete: a Team's name with a typing error",
      removeTeam("locl"),
      "unknown-name",
      "is neither a pushed group nor a Team; did you mean Local?",
    ],
    [
      "delete: a group that is not pushed and has no Team",
      removeTeam("Book club"),
      "unknown-name",
      "is a group of the directory that is not pushed, and not a Team",
    ],
  ])("%s", (_rule, plan, code, reason) => {
    expect(plan.operations).toEqual([]);
    expect(plan.leftOut.map((one) => ({ code: one.code, reason: one.reason }))).toEqual([{ code, reason }]);
  });

  test("the typing error of a wanted account's name is not answered with that account, for delete", () => {
    expect(remove("calmm@example.com").leftOut[0]?.reason).toBe("is neither in the directory nor in Astro");
  });

  test("delete takes all accounts and a Team by its name together, and the provider's own Teams", () => {
    const plan = planDelete(drift(), { users: "all", teams: ["Local"] });
    expect(summaries(plan)).toEqual([
      "delete the Team Ex with its roles (0 members)",
      "delete the Team Local with its roles (1 member)",
      ...summaries(planDelete(drift(), all)).slice(1),
    ]);
    expect(leftOut(plan)).toEqual(["protected-apart user root@example.com"]);
  });
});

test.each([
  ["push-group", planPushGroups(messy(), "all")],
  ["resync", planResync(messy(), { users: "all", teams: "all" })],
  ["delete", planDelete(messy(), { users: "all", teams: ["Local"] })],
] as const)("the plan of %s is plain JSON", (command, plan) => {
  expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
  expect(plan).toMatchObject({
    schemaVersion: 1,
    command,
    basis: { expectedUsers: 6, heldUsers: 9, heldTeams: 5 },
  });
});
