/** Users who were assigned before Provisioning was switched on: listed separately, no drift, and nothing that a repair touches. */

import { describe, expect, test } from "vitest";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { expectedState, heldState } from "../support/states.ts";

/** Grace is provisioned. Ada has no account, Alan was invited by hand, Eve's account is inactive: all three wait. */
const users = [
  "grace",
  { name: "ada", ssoOnly: true },
  { name: "alan", ssoOnly: true, externalId: "00u-alan", attributes: { displayName: "Alan Turing" } },
  { name: "eve", ssoOnly: true },
] as const;
const accounts = [
  "grace",
  { name: "alan", attributes: { displayName: "Al" } },
  { name: "eve", active: false },
] as const;

function drifted(team: readonly string[], ssoOnlyMembers: readonly string[]) {
  return diff(
    expectedState({ users, teams: [{ name: "data", members: ["grace"], ssoOnlyMembers }] }),
    heldState({ users: accounts, teams: [{ name: "data", members: team }] }),
  );
}

describe("diff", () => {
  test("they are listed with whether an account exists, and are no drift", () => {
    const { changes, ssoOnly, compared } = drifted(["grace"], ["ada", "alan"]);
    expect(changes).toEqual([]);
    expect(ssoOnly).toEqual([
      { user: "ada@example.com", userName: "ada@example.com", account: "missing", scimId: undefined },
      { user: "alan@example.com", userName: "alan@example.com", account: "active", scimId: "id-alan" },
      { user: "eve@example.com", userName: "eve@example.com", account: "inactive", scimId: "id-eve" },
    ]);
    expect(compared).toMatchObject({ expectedUsers: 1, tolerated: 3, expectedMemberships: 1 });
  });

  test.each([
    ["nobody is provisioned, so it is unknown whether anything matches", accounts.slice(1), "unknown"],
    ["an account that belongs to nobody is a difference all the same", ["paul"], "different"],
  ] as const)("where all users wait, %s", (_, held, status) => {
    const drift = diff(expectedState({ users: users.slice(1) }), heldState({ users: held }));
    expect(drift.status).toBe(status);
  });

  test("a member of the group may be in the Team or not", () => {
    expect(drifted(["grace", "alan"], ["alan"]).changes).toEqual([]);
  });

  test("an active account in a Team of whose group the user is no member is left over there", () => {
    const { changes } = drifted(["grace", "alan", "eve"], ["ada"]);
    expect(changes).toMatchObject([
      { kind: "team-members-differ", missing: [], leftOver: [{ userName: "alan@example.com" }] },
    ]);
    expect(changes).toHaveLength(1);
  });

  test("the account of one who has left is left over, for nobody deactivates it", () => {
    const { changes, ssoOnly } = diff(expectedState({ users: ["grace"] }), heldState({ users: accounts }));
    expect(changes).toMatchObject([{ kind: "user-left-over", held: { userName: "alan@example.com" } }]);
    expect(ssoOnly).toEqual([]);
  });

  test("an account with the user's externalId is the user's, whatever it is called", () => {
    const { changes, ssoOnly } = diff(
      expectedState({ users: [{ name: "alan", ssoOnly: true, externalId: "00u-alan" }] }),
      heldState({ users: [{ name: "turing", externalId: "00u-alan" }] }),
    );
    expect(changes).toEqual([]);
    expect(ssoOnly).toMatchObject([{ user: "alan@example.com", userName: "turing@example.com" }]);
  });

  test("a user whom the mappings give no account of its own is listed as well", () => {
    const expected = { ...expectedState({ users: ["grace"] }), ssoOnly: [{ user: "zoe", key: undefined }] };
    expect(diff(expected, heldState({ users: ["grace"] })).ssoOnly).toEqual([
      { user: "zoe", userName: undefined, account: "missing", scimId: undefined },
    ]);
  });
});

describe("repairs", () => {
  const said = ({ leftOut }: Plan) => leftOut.map(({ code, kind, name }) => `${code} ${kind} ${name}`);

  test.each(["ada@example.com", "ALAN@example.com", "id-alan", "eve@example.com"])(
    "resync %s writes nothing, and says what to do in the console",
    (name) => {
      const plan = planResync(drifted(["grace"], []), { users: [name], teams: [] });
      expect(plan.operations).toEqual([]);
      expect(said(plan)).toEqual([`sso-only user ${name}`]);
      expect(plan.leftOut[0]?.reason).toContain('use "Provision User" on the app\'s Assignments tab');
    },
  );

  test("resync of one whom a Team has that should not writes nothing either: push-group is for the Team", () => {
    const drift = drifted(["grace", "alan"], []);
    const plan = planResync(drift, { users: ["alan@example.com"], teams: [] });
    expect(plan.operations).toEqual([]);
    expect(said(plan)).toEqual(["sso-only user alan@example.com"]);
    expect(planPushGroups(drift, ["data"]).operations.map(({ summary }) => summary)).toEqual([
      "remove 1 member from the Team data: alan@example.com",
    ]);
  });

  test("resync of all touches none of them", () => {
    expect(planResync(drifted(["grace"], []), { users: "all", teams: "all" }).operations).toEqual([]);
  });

  test("push-group leaves them out as members, and says so", () => {
    const plan = planPushGroups(drifted([], ["ada", "alan"]), ["data"]);
    expect(plan.operations.map(({ summary }) => summary)).toEqual([
      "add 1 member to the Team data: grace@example.com",
    ]);
    expect(said(plan)).toEqual(["sso-only-members team data"]);
    expect(plan.leftOut[0]?.reason).toMatch(/: ada@example\.com and alan@example\.com$/);
  });

  test("push-group says nothing of them where other Teams were asked for", () => {
    expect(said(planPushGroups(drifted(["grace"], ["ada"]), ["other"]))).toEqual(["unknown-name team other"]);
  });

  test("delete refuses the account, which is not left over", () => {
    const plan = planDelete(drifted(["grace"], []), { users: ["alan@example.com"], teams: [] });
    expect(plan.operations).toEqual([]);
    expect(said(plan)).toEqual(["not-left-over user alan@example.com"]);
    expect(planDelete(drifted(["grace"], []), { users: "all", teams: "all" }).operations).toEqual([]);
  });
});
