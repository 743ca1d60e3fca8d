import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff } from "../../src/drift/diff.ts";
import { deletionLimit, guardPlan, type GuardOptions } from "../../src/drift/guard.ts";
import { planDelete } from "../../src/drift/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan-resync.ts";
import type { Plan } from "../../src/drift/plan.ts";
import { expectedState, heldState } from "../support/states.ts";

const inProcess: GuardOptions = {
  target: { host: undefined, readOnly: false },
  protect: [],
  maxDeletions: undefined,
  rolesUnknown: false,
};
const onAstro: GuardOptions = { ...inProcess, target: { host: "api.astronomer.io", readOnly: false } };

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

function rules(plan: Plan, options: GuardOptions): readonly string[] {
  return guardPlan(plan, options).map((refusal) => refusal.rule);
}

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
    { planned: 26, of: 1000, maxDeletions: 26, refused: false },
    { planned: 2, of: 1000, maxDeletions: 1, refused: true },
    { planned: 1, of: 1000, maxDeletions: 0, refused: true },
  ])("$planned of $of with --max-deletions $maxDeletions: refused $refused", (row) => {
    const options = { ...inProcess, maxDeletions: row.maxDeletions };
    expect(rules(deleting(row.planned, row.of), options)).toEqual(row.refused ? ["deletion-limit"] : []);
  });

  test("a refusal gives count, total, share and limit, and the option that would allow it", () => {
    expect(guardPlan(deleting(12, 80), inProcess)).toEqual([
      {
        rule: "deletion-limit",
        reason: "12 of 80 accounts and Teams would be deleted (15.0 %); the limit is 8",
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
  const held = heldState({ users: ["ada", "bob"], teams: [{ name: "Data", members: ["ada"] }] });

  test("deleting is refused, and no option allows it", () => {
    const plan = planDelete(diff(expectedState({}), held), { users: ["ada@example.com"], teams: [] });
    expect(guardPlan(plan, { ...inProcess, maxDeletions: 100, rolesUnknown: true })).toMatchObject([
      { rule: "empty-directory", allowedBy: undefined },
    ]);
  });

  test("emptying a Team is refused, too", () => {
    const expected = expectedState({
      users: [{ name: "ada", presence: "not-active" }],
      teams: [{ name: "Data" }],
    });
    expect(rules(planPushGroups(diff(expected, held), "all"), inProcess)).toEqual(["empty-directory"]);
  });

  test.each(["active", "either"] as const)("one assigned user (%s) is somebody", (presence) => {
    const expected = expectedState({ users: [{ name: "eve", presence }] });
    const plan = planDelete(diff(expected, held), { users: ["ada@example.com"], teams: [] });
    expect(rules(plan, inProcess)).toEqual([]);
  });

  test("an emptied group of a directory that has users is a group like any other", () => {
    const expected = expectedState({ users: ["ada", "bob"], teams: [{ name: "Data" }] });
    expect(rules(planPushGroups(diff(expected, held), "all"), inProcess)).toEqual([]);
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
    expect(guardPlan(deleting(1, 100), onAstro)).toMatchObject([{ allowedBy: "--roles-unknown" }]);
    expect(guardPlan(deleting(1, 100), { ...onAstro, rolesUnknown: true })).toEqual([]);
  });

  test("what deletes nothing needs no roles", () => {
    expect(guardPlan(resyncing(), onAstro)).toEqual([]);
  });
});

describe("a read-only target", () => {
  const readOnly = { ...inProcess, target: { host: "h", readOnly: true } };

  test("refuses every write, and no option allows it", () => {
    expect(guardPlan(resyncing(), readOnly)).toMatchObject([
      { rule: "read-only-target", allowedBy: undefined },
    ]);
  });

  test("has nothing to refuse in an empty plan", () => {
    expect(guardPlan({ ...resyncing(), operations: [] }, readOnly)).toEqual([]);
  });
});

describe("a plan that was saved is checked again", () => {
  const expected = expectedState({
    users: ["new", { name: "ada.king", externalId: "1" }, "fine"],
    teams: [
      { name: "Data", members: ["fine"] },
      { name: "Fresh", members: ["fine", "new"] },
    ],
  });
  const held = heldState({
    users: [{ name: "ada", externalId: "1" }, "fine", "stranger"],
    teams: [{ name: "Data", members: ["stranger"] }, { name: "Local" }],
  });
  const drift = diff(expected, held);
  const resync = planResync(drift, { users: "all", teams: "all" });

  test.each([
    "new@example.com",
    "ADA@example.com",
    "ada.king@example.com",
    "stranger@example.com",
    "Data",
    "fresh",
  ])("what the list protects by now is not touched: %s", (name) => {
    expect(guardPlan(resync, { ...inProcess, protect: [name] })).toMatchObject([
      { rule: "protected", allowedBy: undefined },
    ]);
  });

  test("what the plan does not touch may be protected", () => {
    expect(guardPlan(resync, { ...inProcess, protect: ["root@example.com", "Local"] })).toEqual([]);
  });

  test("a Team of unknown management goes only by its name", () => {
    const named = planDelete(drift, { users: [], teams: ["Local"] });
    expect(guardPlan(named, inProcess)).toEqual([]);
    const operations = named.operations.map(
      (operation) => ({ ...operation, named: false }) as typeof operation,
    );
    expect(guardPlan({ ...named, operations }, inProcess)).toMatchObject([
      { rule: "unmanaged-teams", allowedBy: "--team NAME, for each of them" },
    ]);
  });
});

test("all refusals are given, in a fixed order", () => {
  const everything: GuardOptions = {
    target: { host: "api.astronomer.io", readOnly: true },
    protect: ["user0@example.com"],
    maxDeletions: 1,
    rolesUnknown: false,
  };
  expect(rules(deleting(4, 4), everything)).toEqual([
    "read-only-target",
    "empty-directory",
    "deletion-limit",
    "protected",
    "unknown-roles",
  ]);
});
