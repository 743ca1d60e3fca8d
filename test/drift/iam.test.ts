/** What a comparison concludes from Astro's own side: each kind under its own name, and nothing else. */

import { describe, expect, test } from "vitest";
import { joinIam } from "../../src/astro/records/join-iam.ts";
import { subjectOf, type Change } from "../../src/drift/compare/change.ts";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import type { IamRemark } from "../../src/drift/compare/over-iam/iam-remarks.ts";
import { guardPlan } from "../../src/drift/safety/guard.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { diffBoth, diffIam, iamSide, type IamSpec } from "../support/iam-states.ts";
import { everything } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

function inWords(change: Change): string {
  const { name } = subjectOf(change);
  const parts = [
    ...("evidence" in change ? [change.evidence] : []),
    ...("reason" in change && change.reason !== "" ? [change.reason] : []),
    ...("attribute" in change ? [change.attribute] : []),
  ];
  return [`${change.kind} ${name}`, ...parts].join(": ");
}

function remarkInWords(remark: IamRemark): string {
  return remark.kind === "role-held-twice"
    ? `${remark.kind} ${remark.user.userName} ${remark.role.role} ${remark.teams.map(({ displayName }) => displayName).join()}`
    : `${remark.kind} ${remark.team.displayName}`;
}

interface Row {
  readonly rule: string;
  readonly expected: Parameters<typeof expectedState>[0];
  readonly held: Parameters<typeof heldState>[0];
  readonly iam: IamSpec;
  readonly changes?: readonly string[];
  readonly remarks?: readonly string[];
  readonly local?: readonly string[];
}

function found({ changes, iamRemarks, localTeams }: Drift) {
  return {
    changes: changes.map(inWords),
    remarks: iamRemarks.map(remarkInWords),
    local: localTeams.map(({ displayName }) => displayName),
  };
}

const data = { name: "Data", members: ["ada"] };

describe("IAM beside SCIM", () => {
  test.each<Row>([
    {
      rule: "the same on all sides",
      expected: { users: ["ada"], teams: [data] },
      held: { users: ["ada"], teams: [data] },
      iam: { users: ["ada"], teams: [{ name: "Data" }] },
    },
    {
      rule: "a Team that no group explains and the identity provider manages is left over",
      expected: { users: ["ada"], teams: [data] },
      held: { users: ["ada"], teams: [data, { name: "Old" }] },
      iam: {
        users: ["ada"],
        teams: [{ name: "Data" }, { name: "Old", isIdpManaged: true, workspaceRoles: {} }],
      },
      changes: ["team-left-over Old: idp-managed"],
      remarks: ["team-without-roles Old"],
    },
    {
      rule: "a Team that no group explains and Astro manages is local",
      expected: { users: ["ada"], teams: [data] },
      held: { users: ["ada"], teams: [data, { name: "Friends", members: ["ada"] }] },
      iam: { users: ["ada"], teams: [{ name: "Data" }, { name: "Friends", isIdpManaged: false }] },
      local: ["Friends"],
    },
    {
      rule: "a Team that Astro manages is never taken for a renamed one, though it has the same members",
      expected: { users: ["ada"], teams: [data] },
      held: { users: ["ada"], teams: [{ name: "Friends", members: ["ada"] }] },
      iam: { users: ["ada"], teams: [{ name: "Friends", isIdpManaged: false }] },
      changes: ["team-missing Data"],
      local: ["Friends"],
    },
    {
      rule: "a Team created in Astro that has the name of a pushed group",
      expected: { users: ["ada"], teams: [data] },
      held: { users: ["ada"], teams: [data] },
      iam: { users: ["ada"], teams: [{ name: "Data", isIdpManaged: false }] },
      remarks: ["team-made-in-astro Data"],
    },
    {
      rule: "a pending invitation of a person in the directory",
      expected: { users: ["ada"] },
      held: { users: ["ada"] },
      iam: { users: [{ name: "ada", status: "PENDING" }] },
      changes: ["user-invite-pending ada@example.com"],
    },
    {
      rule: "a pending invitation that SCIM does not show",
      expected: { users: ["ada"] },
      held: {},
      iam: { users: [{ name: "ada", status: "PENDING" }] },
      changes: ["user-invite-pending ada@example.com"],
    },
    {
      rule: "an account that the provider has linked is no pending invitation, whatever its status",
      expected: { users: [{ name: "ada", externalId: "00u1" }] },
      held: { users: [{ name: "ada", externalId: "00u1" }] },
      iam: { users: [{ name: "ada", status: "PENDING" }] },
    },
    {
      rule: "an invitation of somebody who is not in the directory",
      expected: { users: ["ada"] },
      held: { users: ["ada", "eve"] },
      iam: { users: ["ada", { name: "eve", status: "PENDING" }] },
      changes: ["user-left-over eve@example.com: invited, not accepted yet, not in the directory"],
    },
    {
      rule: "the same person twice: a plus address",
      expected: { users: ["ada"] },
      held: { users: ["ada", { name: "ada+astro@example.com" }] },
      iam: { users: ["ada", { name: "ada+astro@example.com" }] },
      changes: [
        "user-duplicate ada+astro@example.com: plus-address: a second account of ada@example.com, under a plus address",
      ],
    },
    {
      rule: "the same person twice: another case",
      expected: { users: ["ada"] },
      held: { users: ["ada"], namesakeUsers: [{ name: "ADA", id: "2" }] },
      iam: { users: ["ada", { name: "ADA", id: "2" }] },
      changes: ["user-duplicate ADA@example.com: case: a second account with that name"],
    },
    {
      rule: "the same person twice: an old userName, with the externalId",
      expected: { users: [{ name: "ada", externalId: "00u1" }] },
      held: {
        users: [
          { name: "ada", externalId: "00u1x" },
          { name: "lovelace", externalId: "00u1" },
        ],
      },
      iam: { users: ["ada", "lovelace"] },
      changes: [
        "user-attribute-differs ada@example.com: externalId",
        "user-duplicate lovelace@example.com: old-user-name: a second account of ada@example.com, under an old userName",
      ],
    },
    {
      rule: "the same person twice: an old userName, with the address of the new one",
      expected: { users: ["ada"] },
      held: { users: ["ada", { name: "lovelace", emails: ["ada@example.com"] }] },
      iam: { users: ["ada", "lovelace"] },
      changes: [
        "user-duplicate lovelace@example.com: old-user-name: a second account of ada@example.com, under an old userName",
      ],
    },
    {
      rule: "of two users with one address but for its tag, neither has a second account",
      expected: { users: ["ada", { name: "ada+ops@example.com" }] },
      held: { users: ["ada", { name: "ada+ops@example.com" }, { name: "ada+old@example.com" }] },
      iam: {
        users: ["ada", { name: "ada+ops@example.com" }, { name: "ada+old@example.com" }],
      },
      changes: ["user-left-over ada+old@example.com: not in the directory"],
    },
    {
      rule: "an account of a user that was never linked: it has no externalId, and others have",
      expected: {
        users: [
          { name: "ada", externalId: "00u1" },
          { name: "bob", externalId: "00u2" },
        ],
      },
      held: { users: ["ada", { name: "bob", externalId: "00u2" }] },
      iam: { users: ["ada", "bob"] },
      changes: ["user-never-linked ada@example.com: no-external-id"],
    },
    {
      rule: "an account of nobody that was never linked",
      expected: { users: [{ name: "bob", externalId: "00u2" }] },
      held: { users: ["eve", { name: "bob", externalId: "00u2" }] },
      iam: { users: ["eve", "bob"] },
      changes: ["user-never-linked eve@example.com: no-external-id: not in the directory"],
    },
    {
      rule: "where the provider sends no externalId, nothing tells who was linked",
      expected: { users: ["ada", "bob"] },
      held: { users: ["ada", "eve", { name: "bob", externalId: "00u2" }] },
      iam: { users: ["ada", "eve", "bob"] },
      changes: ["user-left-over eve@example.com: not in the directory"],
    },
    {
      rule: "where few accounts have an externalId, its absence tells nothing",
      expected: {
        users: ["ada", "bob", "kim"].map((name) => ({ name, externalId: `00u-${name}` })),
      },
      held: { users: ["ada", "eve", "kim", { name: "bob", externalId: "00u-bob" }] },
      iam: { users: ["ada", "eve", "kim", "bob"] },
      changes: [
        "user-attribute-differs ada@example.com: externalId",
        "user-attribute-differs kim@example.com: externalId",
        "user-left-over eve@example.com: not in the directory",
      ],
    },
    {
      rule: "an account that IAM shows and SCIM does not was never linked, and is not missing",
      expected: { users: ["ada"], teams: [data] },
      held: { teams: [{ name: "Data" }] },
      iam: { users: ["ada"], teams: [{ name: "Data" }] },
      changes: ["user-never-linked ada@example.com: hidden-from-scim", "team-members-differ Data"],
      remarks: ["team-roles-without-members Data"],
    },
    {
      rule: "an account of nobody that SCIM does not show is no less there",
      expected: { users: ["ada"] },
      held: { users: ["ada"] },
      iam: { users: ["ada", "eve"] },
      changes: ["user-never-linked eve@example.com: hidden-from-scim: not in the directory"],
    },
    {
      rule: "a Team to which nobody granted a role",
      expected: { users: ["ada"], teams: [data] },
      held: { users: ["ada"], teams: [data] },
      iam: { users: ["ada"], teams: [{ name: "Data", workspaceRoles: {} }] },
      remarks: ["team-without-roles Data"],
    },
    {
      rule: "a Team whose roles reach nobody",
      expected: { users: ["ada"], teams: [{ name: "Data" }] },
      held: { users: ["ada"], teams: [{ name: "Data" }] },
      iam: { users: ["ada"], teams: [{ name: "Data" }] },
      remarks: ["team-roles-without-members Data"],
    },
    {
      rule: "a role held both directly and through a Team is information",
      expected: { users: ["ada"], teams: [data] },
      held: { users: ["ada"], teams: [data] },
      iam: {
        users: [{ name: "ada", workspaceRoles: { space: "WORKSPACE_MEMBER", other: "WORKSPACE_OWNER" } }],
        teams: [{ name: "Data", workspaceRoles: { space: "WORKSPACE_MEMBER", third: "WORKSPACE_OWNER" } }],
      },
      remarks: ["role-held-twice ada@example.com WORKSPACE_MEMBER Data"],
    },
  ])("$rule", ({ expected, held, iam, changes = [], remarks = [], local = [] }) => {
    const drift = diffBoth(expected, held, iam);
    expect(found(drift)).toEqual({ changes, remarks, local });
    expect(drift.unexplainedTeams).toEqual([]);
  });

  test("where both APIs have other ids for the same users, nothing is joined", () => {
    const side = iamSide({ users: [{ name: "ada", id: "other" }] });
    expect(joinIam(heldState({ users: ["ada"] }), side)).toEqual({ kind: "other-ids" });
  });

  test("a Team that SCIM shows and IAM does not: the list of Teams is not complete", () => {
    const held = heldState({ users: ["ada"], teams: [data, { name: "Old" }] });
    const side = iamSide({ users: ["ada"], teams: [{ name: "Data" }] });
    expect(joinIam(held, side)).toEqual({ kind: "team-not-shown", team: "Old" });
  });

  test("IAM that should be there and cannot be read leaves it unknown whether both sides are the same", () => {
    const drift = diff(expectedState({ users: ["ada"] }), heldState({ users: ["ada"] }), {
      iam: { kind: "unreadable", reason: "it is down" },
    });
    expect(drift).toMatchObject({ status: "unknown", changes: [] });
  });
});

describe("IAM alone", () => {
  test.each([
    { status: "ACTIVE", changes: [] },
    { status: "PENDING", changes: ["user-invite-pending ada@example.com"] },
    { status: "INACTIVE", changes: ["user-inactive ada@example.com"] },
    { status: "BANNED", changes: ["user-banned ada@example.com"] },
  ])("a user who is $status", ({ status, changes }) => {
    const drift = diffIam({ users: ["ada"] }, { users: [{ name: "ada", status }] });
    expect(drift.changes.map(inWords)).toEqual(changes);
  });

  test("the displayName is compared with the fullName; what IAM does not show is named", () => {
    const attributes = { displayName: "Ada", "name.givenName": "Ada" };
    const users = [{ name: "ada", attributes, externalId: "00u1" }];
    const drift = diffIam({ users }, { users: [{ name: "ada", fullName: "A. Lovelace" }] });
    expect(drift.changes.map(inWords)).toEqual(["user-attribute-differs ada@example.com: displayName"]);
    expect(drift.notCompared).toEqual([
      { attribute: "externalId", why: "not-in-iam", users: 1 },
      { attribute: "name.givenName", why: "not-in-iam", users: 1 },
    ]);
  });

  test("a user who seems to be missing may be inactive, unless IAM lists who is", () => {
    const expected = { users: ["ada", "bob"] };
    const hidden = diffIam(expected, { users: ["bob"] });
    expect(hidden.changes.map(inWords)).toEqual(["user-missing ada@example.com"]);
    expect(hidden.notCompared).toEqual([{ attribute: "active", why: "inactive-may-be-hidden", users: 1 }]);
    const listed = diffIam(expected, { users: ["bob", { name: "eve", status: "INACTIVE" }] });
    expect(listed.notCompared).toEqual([]);
  });

  test("before SCIM is enabled, whoever should not be there was never linked, and whoever should will be", () => {
    const iam = { users: ["ada", "eve"], isScimEnabled: false };
    expect(diffIam({ users: ["ada"] }, iam).changes.map(inWords)).toEqual([
      "user-never-linked eve@example.com: scim-disabled: not in the directory",
    ]);
  });

  test("a user whose userName is no address is found by it", () => {
    const users = [{ name: "=ada", attributes: { 'emails[type eq "work"].value': "ada@example.com" } }];
    expect(diffIam({ users }, { users: ["ada"] }).changes).toEqual([]);
  });

  test("members of Teams are compared", () => {
    const teams = [{ name: "Data", isIdpManaged: false, members: ["bob"] }];
    const drift = diffIam({ users: ["ada", "bob"], teams: [data] }, { users: ["ada", "bob"], teams });
    expect(drift.changes.map(inWords)).toEqual(["team-members-differ Data"]);
    expect(drift.iamRemarks.map(remarkInWords)).toEqual(["team-made-in-astro Data"]);
  });
});

describe("plans", () => {
  const operations = ({ operations: all }: Plan): readonly string[] => all.map(({ id }) => id);
  const codes = ({ leftOut }: Plan): readonly string[] => leftOut.map(({ code, name }) => `${code} ${name}`);
  const onAstro = {
    target: { host: "api.astronomer.io", readOnly: false },
    budget: { allowEmpty: [] },
    rolesUnknown: false,
  };
  const rules = (plan: Plan): readonly string[] => guardPlan(plan, onAstro).map(({ rule }) => rule);

  test("where IAM was read, nothing has to be allowed: the deletions say whose roles they take", () => {
    const drift = diffBoth(
      { users: ["ada"], teams: [data] },
      { users: ["ada", "eve"], teams: [data, { name: "Old", members: ["eve"] }] },
      {
        users: ["ada", { name: "eve", workspaceRoles: { space: "WORKSPACE_OWNER" } }],
        teams: [{ name: "Data" }, { name: "Old" }],
      },
    );
    const plan = planDelete(drift, everything);
    expect(plan.operations.map(({ summary }) => summary)).toEqual([
      "delete the Team Old with its roles (1 member); takes WORKSPACE_MEMBER of Workspace space from eve@example.com",
      "delete the account eve@example.com (not in the directory); its user loses WORKSPACE_OWNER of Workspace space and WORKSPACE_MEMBER of Workspace space through the Team Old",
    ]);
    expect(rules(plan)).toEqual([]);
  });

  test("where IAM was not read, Astro's own host needs --roles-unknown", () => {
    const drift = diff(expectedState({ users: ["ada"] }), heldState({ users: ["ada", "eve"] }));
    expect(rules(planDelete(drift, everything))).toEqual(["unknown-roles"]);
  });

  test("where IAM should be there and could not be read, any server needs it", () => {
    const drift = diff(expectedState({ users: ["ada"] }), heldState({ users: ["ada", "eve"] }), {
      iam: { kind: "unreadable", reason: "it is down" },
    });
    const local = { ...onAstro, target: { host: "127.0.0.1:8888", readOnly: false } };
    const plan = planDelete(drift, everything);
    expect(guardPlan(plan, local)).toEqual([{ rule: "unknown-roles" }]);
    expect(guardPlan(plan, { ...local, rolesUnknown: true })).toEqual([]);
  });

  test("an account whose roles IAM does not show still needs it", () => {
    const drift = diffBoth({ users: ["ada"] }, { users: ["ada", "eve"] }, { users: ["ada"] });
    const plan = planDelete(drift, everything);
    expect(rules(plan)).toEqual(["unknown-roles"]);
    const local = { ...onAstro, target: { host: "127.0.0.1:8888", readOnly: false } };
    expect(guardPlan(plan, local)).toEqual([{ rule: "unknown-roles" }]);
    expect(guardPlan(plan, { ...local, rolesUnknown: true })).toEqual([]);
  });

  test.each([
    ["by its id", { name: "eve", organizationRole: "ORGANIZATION_OWNER" }],
    ["by its name alone", { name: "eve", id: "other", organizationRole: "ORGANIZATION_OWNER" }],
  ])("an owner that IAM shows %s is never deleted, not even if named", (_, eve) => {
    const drift = diffBoth({ users: ["ada"] }, { users: ["ada", "eve"] }, { users: ["ada", eve] });
    for (const users of ["all", ["eve@example.com"], ["id-eve"]] as const) {
      expect(operations(planDelete(drift, { users, teams: [] }))).not.toContain("delete-user id-eve");
    }
  });

  test("an owner through a Team is one, and is never deleted", () => {
    const owners = { name: "Owners", members: ["eve"] };
    const drift = diffBoth(
      { users: ["ada"] },
      { users: ["ada", "eve"], teams: [owners] },
      { users: ["ada", "eve"], teams: [{ name: "Owners", organizationRole: "ORGANIZATION_OWNER" }] },
    );
    for (const users of ["all", ["eve@example.com"]] as const) {
      expect(operations(planDelete(drift, { users, teams: [] }))).not.toContain("delete-user id-eve");
    }
  });

  test("a Team that Astro manages is not deleted, not even if named, and is changed only if named", () => {
    const drift = diffBoth(
      { users: ["ada", "bob"], teams: [data] },
      { users: ["ada", "bob"], teams: [{ name: "Data", members: ["bob"] }, { name: "Friends" }] },
      {
        users: ["ada", "bob"],
        teams: [
          { name: "Data", isIdpManaged: false },
          { name: "Friends", isIdpManaged: false },
        ],
      },
    );
    const named = planDelete(drift, { users: [], teams: ["Friends"] });
    expect(operations(named)).toEqual([]);
    expect(codes(named)).toEqual(["local-team Friends"]);
    expect(operations(planDelete(drift, everything))).toEqual([]);
    const all = planPushGroups(drift, "all");
    expect(operations(all)).toEqual([]);
    expect(codes(all)).toEqual(["local-team-apart Data"]);
    expect(operations(planPushGroups(drift, ["Data"]))).toEqual([
      "add-members team-Data",
      "remove-members team-Data",
    ]);
  });

  test("a Team that the provider is linked to is its own, whatever IAM says of who manages it", () => {
    const drift = diffBoth(
      { users: ["ada"], teams: [data] },
      { users: ["ada"], teams: [{ name: "Data" }] },
      { users: ["ada"], teams: [{ name: "Data", isIdpManaged: false }] },
      { linkedTeams: new Map([["data", "team-Data"]]) },
    );
    expect(operations(planPushGroups(drift, "all"))).toEqual(["add-members team-Data"]);
  });

  test("what SCIM does not show is written by no plan", () => {
    const drift = diffBoth(
      { users: ["ada"], teams: [data] },
      { users: [], teams: [] },
      { users: ["ada", "eve"], teams: [{ name: "Data" }, { name: "Old" }] },
    );
    for (const plan of [
      planResync(drift, everything),
      planPushGroups(drift, ["Data"]),
      planDelete(drift, everything),
      planDelete(drift, { users: ["eve@example.com"], teams: ["Old"] }),
    ]) {
      expect(operations(plan)).toEqual([]);
    }
    expect(codes(planDelete(drift, everything))).toContain("hidden-from-scim eve@example.com");
  });

  test("a member that only IAM shows stays in its Team", () => {
    const teams = [{ name: "Data", members: ["ada"], unknownMembers: ["id-eve"] }];
    const drift = diffBoth(
      { users: ["ada"], teams: [data] },
      { users: ["ada"], teams },
      { users: ["ada", "eve"], teams: [{ name: "Data" }] },
    );
    expect(operations(planResync(drift, everything))).toEqual([]);
  });

  test("nothing is created beside a pending invitation, and no link is mended", () => {
    const drift = diffBoth(
      { users: ["ada", "bob"] },
      {},
      { users: [{ name: "ada", status: "PENDING" }, "bob"] },
    );
    const plan = planResync(drift, everything);
    expect(operations(plan)).toEqual([]);
    expect(codes(plan)).toEqual(["invite-pending ada@example.com", "never-linked bob@example.com"]);
  });

  test("a second account of a person goes only by its name", () => {
    const held = { users: ["ada", { name: "ada+astro@example.com", id: "2" }] };
    const iam = { users: ["ada", { name: "ada+astro@example.com", id: "2" }] };
    const drift = diffBoth({ users: ["ada"] }, held, iam);
    const all = planDelete(drift, everything);
    expect(operations(all)).toEqual([]);
    expect(codes(all)).toEqual(["same-person ada+astro@example.com"]);
    const named = planDelete(drift, { users: ["ada+astro@example.com"], teams: [] });
    expect(operations(named)).toEqual(["delete-user 2"]);
  });
});
