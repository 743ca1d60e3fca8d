/** What is true of effective roles, whatever is held directly and through Teams. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  effectiveRoles,
  type EffectiveRoles,
  type GivingTeam,
  type RankedRoles,
} from "../../../src/astro/records/effective-roles.ts";
import { outranks } from "../../../src/astro/records/role-rank.ts";
import type { ShownRoles } from "../../../src/astro/records/shown-roles.ts";
import { dagRoles, deploymentRoles, organizationRoles, workspaceRoles } from "../../../src/astro/roles.ts";

const workspaceId = fc.constantFrom("w1", "w2", "w3");
const deploymentId = fc.constantFrom("d1", "d2");

/** At most one role a Workspace, as Astro has it. */
const shownRoles: fc.Arbitrary<ShownRoles> = fc.record({
  organizationRole: fc.option(fc.constantFrom(...organizationRoles, "ORGANIZATION_NEW"), { nil: undefined }),
  workspaceRoles: fc.uniqueArray(
    fc.record({ workspaceId, role: fc.constantFrom(...workspaceRoles, "WORKSPACE_NEW") }),
    { selector: (role) => role.workspaceId },
  ),
  deploymentRoles: fc.uniqueArray(
    fc.record({ deploymentId, role: fc.constantFrom(...deploymentRoles, "custom") }),
    { selector: (role) => role.deploymentId },
  ),
  dagRoles: fc.array(
    fc.record({
      deploymentId,
      dagId: fc.constantFrom("dag", undefined),
      dagTag: fc.constantFrom("tag", undefined),
      role: fc.constantFrom(...dagRoles),
    }),
    { maxLength: 3 },
  ),
});

const givingTeams: fc.Arbitrary<readonly GivingTeam[]> = fc
  .array(shownRoles, { maxLength: 4 })
  .map((all) => all.map((roles, index) => ({ id: `t${index}`, name: `Team ${index}`, roles })));

function scopesOf(roles: EffectiveRoles): readonly RankedRoles[] {
  return [roles.organization, ...roles.workspaces, ...roles.deployments, ...roles.dags];
}

const holds = (law: (direct: ShownRoles, teams: readonly GivingTeam[]) => void): void => {
  fc.assert(fc.property(shownRoles, givingTeams, law));
};

describe("effective roles", () => {
  test("nothing that is held outranks an effective role of its scope", () => {
    holds((direct, teams) => {
      for (const { effective, alsoHeld } of scopesOf(effectiveRoles(direct, teams))) {
        for (const { role } of effective) {
          expect([...effective, ...alsoHeld].filter((other) => outranks(other.role, role))).toEqual([]);
        }
      }
    });
  });

  test("each role without effect is outranked by an effective one", () => {
    holds((direct, teams) => {
      for (const { effective, alsoHeld } of scopesOf(effectiveRoles(direct, teams))) {
        for (const { role } of alsoHeld) expect(effective.some((one) => outranks(one.role, role))).toBe(true);
      }
    });
  });

  test("every Workspace role that anything gives is there, with what gives it, and no other", () => {
    holds((direct, teams) => {
      const listed = effectiveRoles(direct, teams).workspaces.flatMap(
        ({ workspaceId: id, effective, alsoHeld }) =>
          [...effective, ...alsoHeld].flatMap(({ role, from }) =>
            from.flatMap((source) =>
              source.kind === "organization-owner"
                ? []
                : [`${id} ${role} ${source.kind === "team" ? source.id : "direct"}`],
            ),
          ),
      );
      const given = [{ id: "direct", roles: direct }, ...teams].flatMap(({ id, roles }) =>
        roles.workspaceRoles.map(({ workspaceId: workspace, role }) => `${workspace} ${role} ${id}`),
      );
      expect(listed.toSorted()).toEqual(given.toSorted());
    });
  });

  test("an Organization Owner, directly or through a Team, is Owner of every Workspace", () => {
    holds((direct, teams) => {
      const isOwner = [direct, ...teams.map(({ roles }) => roles)].some(
        ({ organizationRole }) => organizationRole === "ORGANIZATION_OWNER",
      );
      const roles = effectiveRoles(direct, teams);
      expect(roles.isOwnerOfAllWorkspaces).toBe(isOwner);
      for (const { effective } of roles.workspaces) {
        const asOwner = effective.filter(({ from }) =>
          from.some(({ kind }) => kind === "organization-owner"),
        );
        expect(asOwner.map(({ role }) => role)).toEqual(isOwner ? ["WORKSPACE_OWNER"] : []);
      }
    });
  });

  test("one more Team never takes a role away", () => {
    fc.assert(
      fc.property(shownRoles, givingTeams, shownRoles, (direct, teams, more) => {
        const before = effectiveRoles(direct, teams);
        const after = effectiveRoles(direct, [...teams, { id: "more", name: "More", roles: more }]);
        for (const { workspaceId: id, effective } of before.workspaces) {
          const now = after.workspaces.find((one) => one.workspaceId === id)?.effective ?? [];
          for (const { role } of effective) {
            expect(now.some((one) => one.role === role || outranks(one.role, role))).toBe(true);
          }
        }
      }),
    );
  });

  test("the order of Teams does not change which role is effective", () => {
    holds((direct, teams) => {
      const roleNames = (given: readonly GivingTeam[]) =>
        scopesOf(effectiveRoles(direct, given)).map(({ effective }) =>
          effective.map(({ role }) => role).toSorted(),
        );
      expect(roleNames(teams.toReversed())).toEqual(roleNames(teams));
    });
  });
});

test("the more privileged of the direct role and a Team's counts, with where it comes from", () => {
  const none = { deploymentRoles: [], dagRoles: [] };
  const member = "ORGANIZATION_MEMBER";
  const direct = {
    ...none,
    organizationRole: member,
    workspaceRoles: [{ workspaceId: "w", role: "WORKSPACE_MEMBER" }],
  };
  const team = {
    ...none,
    organizationRole: member,
    workspaceRoles: [{ workspaceId: "w", role: "WORKSPACE_AUTHOR" }],
  };
  const from = { kind: "team", id: "t", name: "data" } as const;
  expect(effectiveRoles(direct, [{ id: "t", name: "data", roles: team }])).toEqual({
    organization: { effective: [{ role: member, from: [{ kind: "direct" }, from] }], alsoHeld: [] },
    isOwnerOfAllWorkspaces: false,
    workspaces: [
      {
        workspaceId: "w",
        effective: [{ role: "WORKSPACE_AUTHOR", from: [from] }],
        alsoHeld: [{ role: "WORKSPACE_MEMBER", from: [{ kind: "direct" }] }],
      },
    ],
    deployments: [],
    dags: [],
  });
});
