import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deletionLimit, parseLimit } from "../../src/drift/safety/budget.ts";
import { emptiedTeams } from "../../src/drift/plan/left-out/emptied-teams.ts";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import { guardPlan, type GuardOptions } from "../../src/drift/safety/guard.ts";
import type { Operation } from "../../src/drift/plan/operations/operation.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { refusalText } from "../../src/report/repair/refusal-text.ts";
import { expectedState, heldState } from "../support/states.ts";

const inProcess: GuardOptions = {
  target: { host: undefined, readOnly: false },
  budget: { allowEmpty: [] },
  rolesUnknown: false,
};
const onAstro: GuardOptions = { ...inProcess, target: { host: "api.astronomer.io", readOnly: false } };

/** With limits as they are typed. */
function allowing(
  limits: Partial<Record<"maxDeletions" | "maxRemovals" | "maxRenames", string>>,
): GuardOptions {
  const parsed = Object.entries(limits).map(([name, text]) => [name, parseLimit(text)]);
  return { ...inProcess, budget: { allowEmpty: [], ...Object.fromEntries(parsed) } };
}

const everything = { users: "all", teams: "all" } as const;

/** A plan that deletes so many of so many accounts. */
function deleting(number: number, of: number): Plan {
  const names = Array.from({ length: of }, (_, at) => `user${at}`);
  const drift = diff(expectedState({ users: names.slice(number) }), heldState({ users: names }));
  return planDelete(drift, { users: "all", teams: "all" });
}

function resyncing(): Plan {
  const drift = diff(expectedState({ users: ["ada"] }), heldState({}));
  return planResync(drift, { users: "all", teams: "all" });
}

/** Each refusal as the report words it. */
function refusalsOf(plan: Plan, options: GuardOptions) {
  return guardPlan(plan, options).map((refusal) => ({ rule: refusal.rule, ...refusalText(refusal) }));
}

function rules(plan: Plan, options: GuardOptions): readonly string[] {
  return guardPlan(plan, options).map((refusal) => refusal.rule);
}

const leavers = ["ada", "bob", "eve", "gus"];

describe("the deletion limit: a tenth of what Astro holds, at least 3, at most 25", () => {
  test.each([
    { held: 0, limit: 3 },
    { held: 39, limit: 3 },
    { held: 40, limit: 4 },
    { held: 249, limit: 24 },
    { held: 250, limit: 25 },
    { held: 100_000, limit: 25 },
  ])("$held accounts and Teams: $limit", ({ held, limit }) => {
    expect(deletionLimit(held)).toBe(limit);
  });

  test.each([
    { planned: 3, of: 10, maxDeletions: undefined, refused: false },
    { planned: 4, of: 10, maxDeletions: undefined, refused: true },
    { planned: 4, of: 40, maxDeletions: undefined, refused: false },
    { planned: 26, of: 1000, maxDeletions: undefined, refused: true },
    { planned: 26, of: 1000, maxDeletions: "26", refused: false },
    { planned: 2, of: 1000, maxDeletions: "1", refused: true },
    { planned: 1, of: 1000, maxDeletions: "0", refused: true },
    { planned: 100, of: 1000, maxDeletions: "10%", refused: false },
    { planned: 101, of: 1000, maxDeletions: "10%", refused: true },
    { planned: 1, of: 1000, maxDeletions: "0%", refused: true },
  ])("$planned of $of with --max-deletions $maxDeletions: refused $refused", (row) => {
    const options = row.maxDeletions === undefined ? inProcess : allowing({ maxDeletions: row.maxDeletions });
    expect(rules(deleting(row.planned, row.of), options)).toEqual(row.refused ? ["deletion-limit"] : []);
  });

  test("accounts and Teams that are named are not counted; with 0 nothing may go", () => {
    const drift = diff(expectedState({ users: ["fine"] }), heldState({ users: ["fine", ...leavers] }));
    const users = leavers.map((name) => `${name}@example.com`);
    const named = planDelete(drift, { users, teams: [] });
    expect(named.operations).toHaveLength(4);
    expect(rules(named, inProcess)).toEqual([]);
    expect(rules(named, allowing({ maxDeletions: "0" }))).toEqual(["deletion-limit"]);
  });

  test("what the run itself made is not counted, and needs no --roles-unknown", () => {
    const plan = deleting(12, 80);
    const operations = plan.operations.map((one) => ({ ...one, createdByRun: true }) as Operation);
    expect(rules({ ...plan, operations }, onAstro)).toEqual([]);
  });

  test("a refusal gives count, total, share and limit, and the option that would allow it", () => {
    expect(refusalsOf(deleting(12, 80), inProcess)).toEqual([
      {
        rule: "deletion-limit",
        reason: "12 of 80 accounts and Teams would be deleted (15 %); the limit is 8",
        allowedBy: "--max-deletions 12",
      },
    ]);
  });

  test("the limit never lets more through than it says (for all sizes)", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (planned, others) => {
        const plan = deleting(planned, planned + others + 1);
        const refused = rules(plan, inProcess).includes("deletion-limit");
        expect(refused).toBe(planned > deletionLimit(planned + others + 1));
      }),
      { numRuns: 50 },
    );
  });
});

describe("an empty directory is never 'everybody left'", () => {
  const held = heldState({ users: ["ada", "bob"], teams: [{ name: "Data", members: ["ada", "bob"] }] });

  test("deleting is refused, and no option allows it", () => {
    const plan = planDelete(diff(expectedState({}), held), { users: ["ada@example.com"], teams: [] });
    expect(refusalsOf(plan, { ...allowing({ maxDeletions: "100" }), rolesUnknown: true })).toMatchObject([
      { rule: "empty-directory", allowedBy: undefined },
    ]);
  });

  test("emptying a Team is refused, too", () => {
    const expected = expectedState({
      users: [{ name: "ada", presence: "not-active" }],
      teams: [{ name: "Data" }],
    });
    expect(rules(planPushGroups(diff(expected, held), "all"), inProcess)).toContain("empty-directory");
  });

  test.each(["active", "either"] as const)("one assigned user (%s) is somebody", (presence) => {
    const expected = expectedState({ users: [{ name: "eve", presence }] });
    const plan = planDelete(diff(expected, held), { users: ["ada@example.com"], teams: [] });
    expect(rules(plan, inProcess)).toEqual([]);
  });
});

describe("a directory whose groups are all empty or absent takes nothing from Teams", () => {
  const held = heldState({
    users: ["ada", "bob", "eve"],
    teams: [
      { name: "Data", members: ["ada", "bob"] },
      { name: "Ops", members: ["ada"] },
    ],
  });
  const generous = { ...allowing({ maxDeletions: "100", maxRemovals: "100" }), rolesUnknown: true };
  const free = { ...generous, budget: { ...generous.budget, allowEmpty: ["Data", "Ops"] } };
  const linkedTeams = new Map([["LINK data", "team-Data"]]);

  test("emptying them is refused, and no option allows it", () => {
    const expected = expectedState({ users: ["ada", "bob"], teams: [{ name: "Data" }] });
    const plan = planPushGroups(diff(expected, held), ["Data"]);
    expect(refusalsOf(plan, free)).toMatchObject([{ rule: "empty-groups", allowedBy: undefined }]);
  });

  test("deleting them is refused, by name as well", () => {
    const drift = diff(expectedState({ users: ["ada", "bob", "eve"] }), held, { linkedTeams });
    expect(rules(planDelete(drift, { users: "all", teams: "all" }), free)).toEqual(["empty-groups"]);
    expect(rules(planDelete(drift, { users: [], teams: ["Ops"] }), free)).toEqual(["empty-groups"]);
  });

  test("accounts are judged by the users alone: a set-up without groups may delete them", () => {
    const plan = planDelete(diff(expectedState({ users: ["ada", "bob"] }), held), everything);
    expect(rules(plan, inProcess)).toEqual([]);
  });

  test("one group with one member is a group like any other", () => {
    const expected = expectedState({
      users: ["ada", "bob", "eve"],
      teams: [{ name: "Data" }, { name: "Ops", members: ["ada"] }],
    });
    expect(rules(planPushGroups(diff(expected, held), ["Data"]), free)).toEqual([]);
  });
});

describe("the limit of removals: a tenth of the memberships, at least 10", () => {
  /** A Team of so many, of whom so many are to go. */
  function removing(planned: number, members: number): Drift {
    const names = Array.from({ length: members }, (_, at) => `user${at}`);
    const keep = names.slice(planned);
    return diff(
      expectedState({ users: names, teams: [{ name: "Data", members: keep }] }),
      heldState({ users: names, teams: [{ name: "Data", members: names }] }),
    );
  }

  test.each([
    { planned: 10, members: 20, maxRemovals: undefined, refused: false },
    { planned: 11, members: 20, maxRemovals: undefined, refused: true },
    { planned: 20, members: 200, maxRemovals: undefined, refused: false },
    { planned: 21, members: 200, maxRemovals: undefined, refused: true },
    { planned: 21, members: 200, maxRemovals: "21", refused: false },
    { planned: 21, members: 200, maxRemovals: "11%", refused: false },
    { planned: 1, members: 200, maxRemovals: "0", refused: true },
  ])("$planned of $members with --max-removals $maxRemovals: refused $refused", (row) => {
    const options = row.maxRemovals === undefined ? inProcess : allowing({ maxRemovals: row.maxRemovals });
    const drift = removing(row.planned, row.members);
    const expected = row.refused ? ["removal-limit"] : [];
    expect(rules(planPushGroups(drift, "all"), options)).toEqual(expected);
    expect(rules(planResync(drift, everything), options)).toEqual(expected);
  });

  test("a refusal gives count, total, share and limit, and the option that would allow it", () => {
    expect(refusalsOf(planPushGroups(removing(11, 20), "all"), inProcess)).toEqual([
      {
        rule: "removal-limit",
        reason: "11 of 20 memberships would be removed (55 %); the limit is 10",
        allowedBy: "--max-removals 11",
      },
    ]);
  });

  test("a Team that is named is not counted, nor are the memberships of a user who is", () => {
    expect(rules(planPushGroups(removing(11, 20), ["data"]), inProcess)).toEqual([]);
    const users = Array.from({ length: 11 }, (_, at) => `user${at}@example.com`);
    expect(rules(planResync(removing(11, 20), { users, teams: [] }), inProcess)).toEqual([]);
    expect(rules(planResync(removing(11, 20), { users: "all", teams: [] }), inProcess)).toEqual([
      "removal-limit",
    ]);
  });

  test("memberships that end with a deleted account are counted there, and not again", () => {
    const names = Array.from({ length: 14 }, (_, at) => `user${at}`);
    const drift = diff(
      expectedState({ users: names.slice(3), teams: [{ name: "Data", members: [names[13]!] }] }),
      heldState({ users: names, teams: [{ name: "Data", members: names }] }),
    );
    const both = {
      ...planDelete(drift, everything),
      operations: [...planPushGroups(drift, "all").operations, ...planDelete(drift, everything).operations],
    };
    expect(rules(planPushGroups(drift, "all"), inProcess)).toEqual(["removal-limit"]);
    expect(rules(both, inProcess)).toEqual([]);
  });

  test("memberships that point nowhere count like others", () => {
    const unknownMembers = Array.from({ length: 11 }, (_, at) => `ghost${at}`);
    const drift = diff(
      expectedState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] }),
      heldState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"], unknownMembers }] }),
    );
    expect(rules(planPushGroups(drift, "all"), inProcess)).toEqual(["removal-limit"]);
  });
});

describe("the limit of renames: a tenth of the accounts and Teams, at least 3", () => {
  /** So many of so many accounts have another name in the directory. */
  function renaming(planned: number, of: number): Drift {
    const numbers = Array.from({ length: of }, (_, at) => at);
    const nameIn = (at: number) => (at < planned ? `new${at}` : `user${at}`);
    return diff(
      expectedState({ users: numbers.map((at) => ({ name: nameIn(at), externalId: `${at}` })) }),
      heldState({ users: numbers.map((at) => ({ name: `user${at}`, externalId: `${at}` })) }),
    );
  }

  test.each([
    { planned: 3, of: 20, maxRenames: undefined, refused: false },
    { planned: 4, of: 20, maxRenames: undefined, refused: true },
    { planned: 40, of: 40, maxRenames: undefined, refused: true },
    { planned: 5, of: 50, maxRenames: undefined, refused: false },
    { planned: 4, of: 20, maxRenames: "4", refused: false },
    { planned: 40, of: 40, maxRenames: "100%", refused: false },
    { planned: 1, of: 40, maxRenames: "0", refused: true },
  ])("$planned of $of with --max-renames $maxRenames: refused $refused", (row) => {
    const options = row.maxRenames === undefined ? inProcess : allowing({ maxRenames: row.maxRenames });
    const plan = planResync(renaming(row.planned, row.of), everything);
    expect(rules(plan, options)).toEqual(row.refused ? ["rename-limit"] : []);
  });

  test.each(["user0@example.com", "new0@example.com"])("a user who is named (%s) is not counted", (name) => {
    const others = ["new1@example.com", "new2@example.com", "new3@example.com"];
    const plan = planResync(renaming(4, 20), { users: [name, ...others], teams: [] });
    expect(plan.operations).toHaveLength(4);
    expect(rules(plan, inProcess)).toEqual([]);
  });

  test("Teams count, too", () => {
    const names = ["a", "b", "c", "d"];
    const drift = diff(
      expectedState({ users: names, teams: names.map((name) => ({ name: `new ${name}`, members: [name] })) }),
      heldState({ users: names, teams: names.map((name) => ({ name: `old ${name}`, members: [name] })) }),
    );
    expect(rules(planPushGroups(drift, "all"), inProcess)).toEqual(["rename-limit"]);
  });
});

describe("a Team that would lose its last member needs --allow-empty", () => {
  const held = heldState({
    users: ["ada", "bob", { name: "off", active: false }],
    teams: [
      { name: "Data", members: ["bob", "off"] },
      { name: "It's", members: ["bob"] },
      { name: "Ops", members: ["ada"] },
    ],
  });
  const emptied = diff(
    expectedState({
      users: ["ada", "bob", { name: "off", presence: "not-active" }],
      teams: [{ name: "Data" }, { name: "It's" }, { name: "Ops", members: ["ada"] }],
    }),
    held,
  );
  const allow = (...allowEmpty: string[]): GuardOptions => ({ ...inProcess, budget: { allowEmpty } });

  test("even where it was named; the refusal prints the options that allow it, for a shell", () => {
    const plan = planPushGroups(emptied, ["Data", "It's"]);
    expect(refusalsOf(plan, inProcess)).toEqual([
      {
        rule: "emptied-team",
        reason: "the 2 Teams Data and It's would have no member left",
        allowedBy: "--allow-empty Data --allow-empty 'It'\\''s'",
      },
    ]);
    expect(rules(plan, allow("data", "it's"))).toEqual([]);
    expect(rules(plan, allow("team-Data", "team-It's"))).toEqual([]);
    expect(rules(plan, allow("Data"))).toEqual(["emptied-team"]);
  });

  test("an account whose deletion takes the last member along", () => {
    const expected = expectedState({ users: ["ada"], teams: [{ name: "Ops", members: ["ada"] }] });
    const plan = planDelete(diff(expected, held), { users: ["bob@example.com"], teams: [] });
    expect(plan.emptied.map(({ name }) => name)).toEqual(["Data", "It's"]);
    expect(rules(plan, inProcess)).toEqual(["emptied-team"]);
  });

  test("a Team that is deleted with it is not emptied", () => {
    const expected = expectedState({ users: ["ada"], teams: [{ name: "Ops", members: ["ada"] }] });
    const plan = planDelete(diff(expected, held), { users: ["bob@example.com"], teams: ["Data", "It's"] });
    expect(rules(plan, inProcess)).toEqual([]);
  });

  test("a member that the server calls a group, and that has the id of an account that goes, does not fill it", () => {
    const state = heldState({
      users: ["ada", "bob"],
      teams: [
        { name: "Data", unseenMembers: [{ scimId: "id-bob", is: "group" }] },
        { name: "Ops", members: ["ada"] },
      ],
    });
    const drift = diff(expectedState({ users: ["ada"], teams: [{ name: "Ops", members: ["ada"] }] }), state);
    expect(planDelete(drift, everything).emptied.map(({ name }) => name)).toEqual(["Data"]);
  });

  test("a member who is added in the same plan fills it", () => {
    const expected = expectedState({
      users: ["ada", "bob"],
      teams: [
        { name: "Data", members: ["ada"] },
        { name: "It's", members: ["ada"] },
        { name: "Ops", members: ["ada"] },
      ],
    });
    expect(planPushGroups(diff(expected, held), "all").emptied).toEqual([]);
  });

  test("members are taken out of it only once those who fill it are in", () => {
    const expected = expectedState({
      users: ["ada", "bob", "eve"],
      teams: [
        { name: "Data", members: ["ada", "eve"] },
        { name: "Ops", members: ["eve"] },
      ],
    });
    const state = heldState({
      users: ["ada", "bob"],
      teams: [
        { name: "Data", members: ["ada", "bob"] },
        { name: "Ops", members: ["ada", "bob"] },
      ],
    });
    const plan = planResync(diff(expected, state), everything);
    const removals = plan.operations.filter(({ kind }) => kind === "remove-members");
    expect(removals.map(({ id, dependsOn }) => ({ id, dependsOn }))).toEqual([
      { id: "remove-members team-Data", dependsOn: [] },
      { id: "remove-members team-Ops", dependsOn: ["add-members team-Ops"] },
    ]);
  });

  test.each([
    { unseen: { is: "hidden", active: false }, emptied: ["Data"] },
    { unseen: { is: "hidden", active: true }, emptied: [] },
    { unseen: { is: "unreadable" }, emptied: ["Data"] },
  ] as const)("what the list of users leaves out fills it where it is known to: $unseen", (row) => {
    const { active = true, is } = { active: undefined, ...row.unseen };
    const account = is === "hidden" ? { account: { key: "x@example.com", emails: [], active } } : {};
    const state = heldState({
      users: ["ada", "bob"],
      teams: [
        { name: "Data", members: ["bob"], unseenMembers: [{ scimId: "x", is, ...account }] },
        { name: "Ops", members: ["ada"] },
      ],
    });
    const expected = expectedState({
      users: ["ada", "bob"],
      teams: [{ name: "Data" }, { name: "Ops", members: ["ada"] }],
    });
    const names = planPushGroups(diff(expected, state), "all").emptied.map(({ name }) => name);
    expect(names).toEqual(row.emptied);
  });

  test("an account that the run itself made empties no Team: it was as empty before", () => {
    const plan = planDelete(diff(expectedState({ users: ["ada"] }), held), {
      users: ["bob@example.com"],
      teams: [],
    });
    const own = plan.operations.map((operation) => ({ ...operation, createdByRun: true }) as Operation);
    expect(emptiedTeams(plan.operations, held)).toHaveLength(2);
    expect(emptiedTeams(own, held)).toEqual([]);
  });

  test.each(["hidden", "group"] as const)("a %s member stays, so the Team is not emptied", (is) => {
    const state = heldState({
      users: ["ada", "bob"],
      teams: [
        { name: "Data", members: ["bob"], unseenMembers: [{ scimId: "x", is }] },
        { name: "Ops", members: ["ada"] },
      ],
    });
    const expected = expectedState({
      users: ["ada", "bob"],
      teams: [{ name: "Data" }, { name: "Ops", members: ["ada"] }],
    });
    expect(planPushGroups(diff(expected, state), "all").emptied).toEqual([]);
  });
});

describe("owners cannot be told from members over SCIM", () => {
  test.each([
    { host: "api.astronomer.io", refused: true },
    { host: "API.Astronomer.IO.:443", refused: true },
    { host: "astronomer.io", refused: true },
    { host: "127.0.0.1:8888", refused: false },
    { host: "notastronomer.io", refused: false },
    { host: "astronomer.io.example.com", refused: false },
    { host: undefined, refused: false },
  ])("deleting on $host: refused $refused", ({ host, refused }) => {
    const options = { ...inProcess, target: { host, readOnly: false } };
    expect(rules(deleting(1, 100), options)).toEqual(refused ? ["unknown-roles"] : []);
  });

  test("--roles-unknown allows it", () => {
    expect(refusalsOf(deleting(1, 100), onAstro)).toMatchObject([{ allowedBy: "--roles-unknown" }]);
    expect(refusalsOf(deleting(1, 100), { ...onAstro, rolesUnknown: true })).toEqual([]);
  });

  test("what deletes nothing needs no roles", () => {
    expect(refusalsOf(resyncing(), onAstro)).toEqual([]);
  });
});

describe("a read-only target", () => {
  const readOnly = { ...inProcess, target: { host: "h", readOnly: true } };

  test("refuses every write, and no option allows it", () => {
    expect(refusalsOf(resyncing(), readOnly)).toMatchObject([
      { rule: "read-only-target", allowedBy: undefined },
    ]);
  });

  test("has nothing to refuse in an empty plan", () => {
    expect(refusalsOf({ ...resyncing(), operations: [] }, readOnly)).toEqual([]);
  });
});

test("a Team of unknown management goes only by its name", () => {
  const expected = expectedState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] });
  const held = heldState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }, { name: "Local" }] });
  const byName = planDelete(diff(expected, held), { users: [], teams: ["Local"] });
  expect(refusalsOf(byName, inProcess)).toEqual([]);
  const operations = byName.operations.map((operation) => {
    const { named, ...unnamed } = operation;
    expect(named).toBe(true);
    return unnamed as Operation;
  });
  expect(refusalsOf({ ...byName, operations }, inProcess)).toMatchObject([
    { rule: "unmanaged-teams", allowedBy: "--team NAME, for each of them" },
  ]);
});

describe("owners, where the server says who they are", () => {
  const expected = expectedState({ users: ["fine"] });
  const held = (roles: readonly string[]) => heldState({ users: ["fine", { name: "root", roles }] });

  test.each([
    "ORGANIZATION_OWNER",
    "Organization Owner",
    "owner",
    "org-owner",
    "OrganizationOwner",
    "organizationOwner",
    "organizationowner",
    "organisation owner",
    "urn:astro:role:organization_owner",
    "WORKSPACE_MEMBER,ORGANIZATION_OWNER",
    "Organization Owner (inherited)",
    "ＯＷＮＥＲ",
  ])("%s is never deleted, wherever the target is", (role) => {
    const plan = planDelete(diff(expected, held([role])), everything);
    expect(plan.operations).toEqual([]);
    expect(plan.leftOut).toMatchObject([{ code: "owner", name: "root@example.com" }]);
  });

  test("one who is named is refused", () => {
    const drift = diff(expected, held(["ORGANIZATION_OWNER"]));
    const plan = planDelete(drift, { users: ["root@example.com"], teams: [] });
    expect(plan.leftOut).toMatchObject([{ code: "protected", name: "root@example.com" }]);
  });

  test.each([
    "ORGANIZATION_MEMBER",
    "WORKSPACE_OWNER",
    "Deployment owner",
    "ownership",
    "workspaceOwner",
    "co-workspace_owner",
  ])("%s is none", (role) => {
    expect(planDelete(diff(expected, held([role])), everything).operations).toHaveLength(1);
  });

  test("an owner is not renamed", () => {
    const drift = diff(
      expectedState({ users: [{ name: "new", externalId: "1" }] }),
      heldState({ users: [{ name: "root", externalId: "1", roles: ["owner"] }] }),
    );
    expect(planResync(drift, everything).operations).toEqual([]);
  });

  test("on Astro no --roles-unknown is needed where every account's roles are known", () => {
    const known = planDelete(diff(expected, held(["ORGANIZATION_MEMBER"])), everything);
    expect(rules(known, onAstro)).toEqual([]);
    const unknown = planDelete(diff(expected, heldState({ users: ["fine", "bob"] })), everything);
    expect(rules(unknown, onAstro)).toEqual(["unknown-roles"]);
  });
});

test("all refusals are given, in a fixed order", () => {
  const everythingWrong: GuardOptions = {
    ...allowing({ maxDeletions: "1" }),
    target: { host: "api.astronomer.io", readOnly: true },
  };
  expect(rules(deleting(4, 4), everythingWrong)).toEqual([
    "read-only-target",
    "empty-directory",
    "deletion-limit",
    "unknown-roles",
  ]);
});
