/** Words of the command line that mean more than one account or Team. */

import { describe, expect, test } from "vitest";
import { parseLimit } from "../../src/drift/safety/budget.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { guardPlan, type GuardOptions } from "../../src/drift/safety/guard.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { expectedState, heldState } from "../support/states.ts";

const allowing = (allowEmpty: readonly string[] = []): GuardOptions => ({
  target: { host: undefined, readOnly: false },
  budget: { allowEmpty, maxDeletions: parseLimit("1"), maxRemovals: parseLimit("0") },
  rolesUnknown: false,
});

function idsIn({ operations }: Plan): readonly string[] {
  return operations.map(({ id }) => id);
}

function codesIn({ leftOut }: Plan): readonly string[] {
  return leftOut.map(({ code, name }) => `${code} ${name}`);
}

describe("a word that is the id of one and the name of another means neither", () => {
  const held = heldState({
    users: ["ada", { name: "left", id: "bob@example.com" }, { name: "bob", id: "8" }],
    teams: [
      { name: "Data", id: "Ops", members: ["ada", "bob"] },
      { name: "Ops", id: "o", members: ["ada", "bob"] },
    ],
  });
  const expected = expectedState({
    users: ["ada"],
    teams: [
      { name: "Data", members: ["ada"] },
      { name: "Ops", members: ["ada"] },
    ],
  });

  test("accounts: nothing is deleted, and the reason says how to name each", () => {
    const plan = planDelete(diff(expected, held), { users: ["bob@example.com"], teams: [] });
    expect(idsIn(plan)).toEqual([]);
    expect(plan.leftOut).toEqual([
      {
        code: "ambiguous-name",
        kind: "user",
        name: "bob@example.com",
        reason:
          "is the SCIM id of left@example.com and the name of another (SCIM id 8): give the first one by its name, the other by its id",
      },
    ]);
  });

  test.each(["left@example.com", "8"])("%s means one of them", (name) => {
    const plan = planDelete(diff(expected, held), { users: [name], teams: [] });
    expect(idsIn(plan)).toHaveLength(1);
  });

  test("Teams: no member is removed, and nothing is deleted", () => {
    const drift = diff(expected, held);
    expect(idsIn(planPushGroups(drift, ["Ops"]))).toEqual([]);
    expect(codesIn(planPushGroups(drift, ["Ops"]))).toEqual(["ambiguous-name Ops"]);
    expect(idsIn(planResync(drift, { users: [], teams: ["Ops"] }))).toEqual([]);
    const noGroups = diff(expectedState({ users: ["ada"] }), held, {
      linkedTeams: new Map([
        ["LINK 1", "Ops"],
        ["LINK 2", "o"],
      ]),
    });
    expect(idsIn(planDelete(noGroups, { users: [], teams: ["Ops"] }))).toEqual([]);
    expect(codesIn(planDelete(noGroups, { users: [], teams: ["Ops"] }))).toEqual(["ambiguous-name Ops"]);
  });

  test("a user of the directory who has no account counts", () => {
    const drift = diff(
      expectedState({ users: ["ada", { name: "eve", attributes: {} }] }),
      heldState({ users: ["ada", { name: "gus", id: "eve@example.com", active: false }] }),
    );
    const plan = planResync(drift, { users: ["eve@example.com"], teams: [] });
    expect(idsIn(plan)).toEqual([]);
    expect(codesIn(plan)).toEqual(["ambiguous-name eve@example.com"]);
  });

  test("an account whose id is its own name is itself", () => {
    const own = heldState({ users: ["ada", { name: "left", id: "left@example.com" }] });
    const plan = planDelete(diff(expected, own), { users: ["left@example.com"], teams: [] });
    expect(idsIn(plan)).toEqual(["delete-user left@example.com"]);
  });
});

test("a name that several accounts have takes none of them out of the count", () => {
  const held = heldState({
    users: ["ada", "left"],
    namesakeUsers: ["LEFT", "Left", "lEft"].map((name) => ({ name })),
  });
  const plan = planDelete(diff(expectedState({ users: ["ada"] }), held), {
    users: ["left@example.com"],
    teams: [],
  });
  expect(plan.operations).toHaveLength(4);
  expect(guardPlan(plan, allowing())).toMatchObject([{ rule: "deletion-limit" }]);
});

describe("--allow-empty with a name that two of the Teams have", () => {
  const held = heldState({
    users: ["ada", "left"],
    teams: [
      { name: "Data", id: "t1", members: ["left"] },
      { name: "Ops", id: "o", members: ["ada"] },
    ],
    namesakeTeams: [{ name: "DATA", id: "t2", members: ["id-left"] }],
  });
  const expected = expectedState({ users: ["ada"], teams: [{ name: "Ops", members: ["ada"] }] });
  const plan = planDelete(diff(expected, held), { users: ["left@example.com"], teams: [] });

  test("allows neither; the refusal gives their ids", () => {
    expect(guardPlan(plan, allowing(["Data"]))).toMatchObject([
      {
        rule: "emptied-team",
        teams: [
          { name: "Data", allowEmpty: "t1" },
          { name: "DATA", allowEmpty: "t2" },
        ],
      },
    ]);
  });

  test("each by its id", () => {
    expect(guardPlan(plan, allowing(["t1", "t2"]))).toEqual([]);
  });
});
