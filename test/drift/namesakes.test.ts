import { describe, expect, test } from "vitest";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { expectedState, heldState, type HeldUserSpec } from "../support/states.ts";

const everything = { users: "all", teams: "all" } as const;

/** Two accounts of Ada's, in this order; the directory knows her as `00u1`, or says nothing of ids. */
function twins(
  [first, second]: readonly [HeldUserSpec, HeldUserSpec],
  externalId: string | undefined,
  members: readonly string[] = [],
) {
  return diff(
    expectedState({
      users: [{ name: "ada", externalId }, "bob"],
      teams: [{ name: "Data", members: ["ada"] }],
    }),
    heldState({
      users: ["bob", first],
      namesakeUsers: [second],
      teams: [{ name: "Data", id: "t1", members }],
    }),
  );
}

const hers: HeldUserSpec = { name: "ada", id: "hers", externalId: "00u1" };
const other: HeldUserSpec = { name: "ADA", id: "other" };

describe("of two accounts that differ by case, the one whose externalId the directory knows is kept", () => {
  test.each<{ rule: string; order: readonly [HeldUserSpec, HeldUserSpec] }>([
    { rule: "listed first", order: [hers, other] },
    { rule: "listed last", order: [other, hers] },
    { rule: "inactive, and the other is not", order: [other, { ...hers, active: false }] },
    { rule: "with another externalId on the other one", order: [{ ...other, externalId: "00u9" }, hers] },
  ])("$rule", ({ order }) => {
    const plan = planDelete(twins(order, "00u1"), everything);
    expect(plan.operations.map(({ subject }) => subject.scimId)).toEqual(["other"]);
  });

  test("by the user's own id before any other that the directory knows", () => {
    const drift = diff(
      expectedState({
        users: [
          { name: "ada", externalId: "00u1" },
          { name: "bob", externalId: "00u2" },
        ],
      }),
      heldState({ users: [{ ...other, externalId: "00u2" }], namesakeUsers: [hers] }),
    );
    expect(drift.held.users.get("ada@example.com")?.scimId).toBe("hers");
  });
});

describe("where nothing tells which of them is the user's", () => {
  test("none is deleted unless its id is given; exit is a failure, for the drift stays", () => {
    const drift = twins([{ ...hers, externalId: undefined as never }, other], undefined);
    const plan = planDelete(drift, everything);
    expect(plan.operations).toEqual([]);
    expect(plan.leftOut).toMatchObject([{ code: "ambiguous-name", kind: "user", name: "ADA@example.com" }]);
    const byName = planDelete(drift, { users: ["ada@example.com"], teams: [] });
    expect(byName.operations).toEqual([]);
    const byId = planDelete(drift, { users: ["other"], teams: [] });
    expect(byId.operations.map(({ subject }) => subject.scimId)).toEqual(["other"]);
  });
});

describe("membership goes by the account, and not by its name", () => {
  test("the wrong account in the Team is left over, and the right one is missing", () => {
    const drift = twins([other, hers], "00u1", ["other"]);
    expect(drift.changes.find(({ kind }) => kind === "team-members-differ")).toMatchObject({
      missing: [{ scimId: "hers" }],
      leftOver: [{ scimId: "other" }],
    });
    const [add, remove] = planPushGroups(drift, "all").operations;
    expect(add).toMatchObject({ kind: "add-members", members: [{ scimId: "hers" }] });
    expect(remove).toMatchObject({ kind: "remove-members", members: [{ scimId: "other" }] });
  });

  test("the right one there is no difference", () => {
    const { changes } = twins([other, hers], "00u1", ["hers"]);
    expect(changes.map(({ kind }) => kind)).toEqual(["user-duplicate"]);
  });
});

describe("of two Teams of one name", () => {
  const expected = expectedState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] });
  const first = { name: "Data", id: "stranger" };
  const linked = { name: "DATA", id: "linked" };

  test.each([
    { order: "first", teams: [linked], namesakeTeams: [first] },
    { order: "last", teams: [first], namesakeTeams: [linked] },
  ])("the one that the provider remembers is the group's, listed $order", ({ teams, namesakeTeams }) => {
    const drift = diff(expected, heldState({ users: ["ada"], teams, namesakeTeams }), {
      linkedTeams: new Map([["data", "linked"]]),
    });
    const writes = [planPushGroups(drift, "all"), planDelete(drift, everything)];
    expect(writes.flatMap(({ operations }) => operations.map(({ id }) => id))).toEqual([
      "add-members linked",
    ]);
    expect(drift.unexplainedTeams.map(({ scimId }) => scimId)).toEqual(["stranger"]);
  });

  test("the Team that a pushed group is linked to is never left over, though another has the group's name", () => {
    const held = heldState({
      users: ["ada"],
      teams: [
        { name: "Data", id: "stranger", members: ["ada"] },
        { name: "Data (old)", id: "linked" },
      ],
    });
    const drift = diff(expected, held, { linkedTeams: new Map([["data", "linked"]]) });
    expect(planDelete(drift, everything).operations).toEqual([]);
    expect(drift.unexplainedTeams.map(({ scimId }) => scimId)).toEqual(["linked"]);
  });
});
