/** The plan that puts back what a run changed, where nobody has changed it since. */

import { allTeams, allUsers, teamsByMember } from "../astro/held.ts";
import type { Drift } from "../drift/compare/diff.ts";
import { buildPlan, type Plan } from "../drift/plan/plan.ts";
import type { Operation } from "../drift/plan/operations/operation.ts";
import { isProviderOperation } from "../drift/plan/operations/provider-operation.ts";
import { operationsOf, type RecordedRun } from "../runs/run.ts";
import { Putting } from "./putting.ts";
import { undoThroughProvider } from "./undo-provider.ts";
import { namesGiven } from "./undo-roles.ts";
import { undoTeam } from "./undo-team.ts";
import { undoUser } from "./undo-user.ts";

/**
 * `drift` is measured against nobody: only what Astro holds counts. The rules by which a directory counts go by what the run's
 * own plan was compared with. Roles are given back where IAM was read.
 * @param owners names of those who may get the role of an Organization Owner back
 */
export function planUndo(run: RecordedRun, drift: Drift, owners: readonly string[] = []): Plan {
  const put = new Putting(run, {
    users: new Map(allUsers(drift.held).map((user) => [user.scimId, user])),
    teams: new Map(allTeams(drift.held).map((team) => [team.scimId, team])),
    userNames: drift.held.users,
    teamNames: drift.held.teams,
    teamsOf: teamsByMember(drift.held),
    canGiveRoles: drift.iam.kind === "read",
    ownersNamed: namesGiven(owners),
  });
  for (const record of operationsOf(run)) {
    if (!put.isCertain(record) || isPutBack(record.operation)) continue;
    if (isProviderOperation(record.operation)) undoThroughProvider(record.operation, put);
    else if (record.operation.subject.kind === "user") undoUser(record, put);
    else undoTeam(record, put);
  }
  const { operations, leftOut } = put.content();
  const plan = buildPlan("undo", drift, { operations, leftOut, selection: { users: [], teams: [] } });
  const { expectedUsers, tolerated, expectedTeams, expectedMemberships } = run.plan.basis;
  return {
    ...plan,
    basis: { ...plan.basis, expectedUsers, tolerated, expectedTeams, expectedMemberships },
    attributePaths: run.plan.attributePaths,
    warnings: [],
  };
}

/** A member whom the run itself had taken out, with the assignment: there before the run, and to stay. */
function isPutBack(operation: Operation): boolean {
  return (
    operation.kind === "add-members" &&
    operation.members.length > 0 &&
    operation.members.every(({ after }) => after?.startsWith("renew-assignment ") === true)
  );
}
