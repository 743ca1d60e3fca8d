/** A saved plan made again from another state than the one that it was made from. */

import { expect, test } from "vitest";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planEverything } from "../../src/drift/plan/plan-everything.ts";
import { isRestoringRoles } from "../../src/drift/plan/operations/operation.ts";
import { namesGiven } from "../../src/drift/saved/names-given.ts";
import { planAgain } from "../../src/drift/saved/plan-again.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import type { Selection } from "../../src/drift/plan/selection.ts";
import { everyOperation } from "../support/every-operation.ts";
import { userRecord } from "../support/iam-states.ts";
import { everything } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

const nothing: Selection = { users: [], teams: [] };

function again(plan: Plan, held: Parameters<typeof heldState>[0], selection = nothing): Plan {
  return planAgain(plan, diff(namesGiven(plan), heldState(held)), selection);
}

function words({ operations, leftOut }: Plan): readonly string[] {
  return [
    ...operations.map(({ summary }) => summary),
    ...leftOut.map(({ code, name }) => `${code}: ${name}`),
  ];
}

test("of several accounts with the name, one is deleted only by its id", () => {
  const before = { users: ["old"] };
  const plan = planDelete(diff(expectedState({ users: ["ada"] }), heldState(before)), everything);
  const now = { ...before, namesakeUsers: [{ name: "old", id: "id-other" }] };
  expect(words(again(plan, now))).toEqual(["ambiguous-name: old@example.com"]);
  expect(words(again(plan, now, { users: ["id-old"], teams: [] }))).toEqual([
    "delete the account old@example.com (not in the directory)",
  ]);
});

test("a Team that others have made meanwhile is not created, and gets no members from the plan", () => {
  const expected = expectedState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] });
  const plan = planEverything(diff(expected, heldState({ users: ["ada"] })));
  expect(words(plan)).toEqual(["create the Team Data", "add 1 member to the Team Data: ada@example.com"]);
  expect(words(again(plan, { users: ["ada"], teams: [{ name: "data", members: [] }] }))).toEqual([
    "changed-since: Data",
    "changed-since: Data",
  ]);
});

test("a member under a name that the plan gives is the same account", () => {
  const expected = expectedState({
    users: [{ name: "eve", externalId: "00u" }],
    teams: [{ name: "Data", members: ["eve"] }],
  });
  const held = { users: [{ name: "eve.old", externalId: "00u" }], teams: [{ name: "Data", members: [] }] };
  const plan = planEverything(diff(expected, heldState(held)));
  expect(again(plan, held).operations).toEqual(plan.operations);
});

test("an id that belongs to somebody else by now is no member", () => {
  const expected = expectedState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] });
  const held = { users: ["ada"], teams: [{ name: "Data", members: [] }] };
  const plan = planEverything(diff(expected, heldState(held)));
  const now = { users: [{ name: "bob", id: "id-ada" }], teams: held.teams };
  expect(words(again(plan, now))).toEqual(["changed-since: ada@example.com"]);
});

test("members are not removed from a Team that is deleted, where no limit would count them", () => {
  const held = { users: ["ada", "bob"], teams: [{ name: "Data", members: ["ada", "bob"] }] };
  const expected = expectedState({ users: ["ada", "bob"], teams: [{ name: "Data", members: ["ada"] }] });
  const plan = planEverything(diff(expected, heldState(held)));
  const [removal] = plan.operations;
  const { subject } = removal!;
  const deletion = {
    id: "d",
    kind: "delete-team",
    subject,
    dependsOn: [],
    summary: "",
    management: "managed",
    memberIds: [],
  } as const;
  expect(again({ ...plan, operations: [...plan.operations, deletion] }, held).operations).toMatchObject([
    { kind: "delete-team", management: "unknown", memberIds: ["id-ada", "id-bob"] },
  ]);
});

test("a file gives nobody roles, whatever it says", () => {
  const { held, plan } = everyOperation();
  const saved = { ...plan, operations: plan.operations.filter(isRestoringRoles) };
  expect(saved.operations).toHaveLength(2);
  const made = planAgain(saved, diff(namesGiven(saved), held), nothing);
  expect(made.operations).toEqual([]);
  expect(made.leftOut.map(({ code, name }) => `${code}: ${name}`)).toEqual([
    "changed-since: ada@example.com",
    "changed-since: Data",
  ]);
});

test("a deactivation is made again from the account as it is now, with the roles that it takes", () => {
  const { held, plan } = everyOperation();
  const saved = { ...plan, operations: plan.operations.filter(({ kind }) => kind === "deactivate-user") };
  const now = diff(namesGiven(saved), held);
  expect(planAgain(saved, now, nothing).operations).toEqual(saved.operations);
  const dee = held.users.get("dee@example.com")!;
  const users = (account: typeof dee) => new Map([...held.users, ["dee@example.com", account]]);
  const inactive = { ...held, users: users({ ...dee, active: false }) };
  expect(planAgain(saved, diff(namesGiven(saved), inactive), nothing).leftOut).toMatchObject([
    { code: "nothing-to-do", reason: "is already inactive" },
  ]);
  const otherRoles = { ...held, users: users({ ...dee, iam: userRecord("dee") }) };
  expect(planAgain(saved, diff(namesGiven(saved), otherRoles), nothing).leftOut).toMatchObject([
    { code: "changed-since", reason: "has other roles than when the plan was saved" },
  ]);
});
