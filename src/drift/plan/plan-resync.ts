/** The plan of `resync`: what is missing or differs is repaired, accounts of leavers are deactivated; nothing is deleted. */

import { isTeamChange, isUserChange, type TeamChange, type TeamMembersDiffer } from "../compare/change.ts";
import { resolveNames } from "./left-out/ambiguous-names.ts";
import type { Drift } from "../compare/diff.ts";
import { disagreements } from "./left-out/disagreements.ts";
import { explainTeam, explainUser } from "./explain.ts";
import type { LeftOut } from "./left-out/left-out.ts";
import { linksLeft } from "./left-out/links-left.ts";
import { partition } from "../../ground/partition.ts";
import { buildPlan, type Plan } from "./plan.ts";
import { planLeavers } from "./plan-leavers.ts";
import { heldUsersNamed, isSelected, namesOf, selects, type Selection } from "./selection.ts";
import { withoutSsoOnlyMembers, withoutSsoOnlyUsers } from "./left-out/sso-only.ts";
import { repairTeams, unseenTeams } from "./operations/team-operations.ts";
import { repairUsers } from "./operations/user-operations.ts";

/**
 * Selected users get their accounts made, activated, renamed and corrected, and are put into and out of the Teams
 * where they are missing or left over. Selected Teams become what the directory says. Accounts of people who left are
 * deactivated where the provider is linked to them.
 */
export function planResync(drift: Drift, wanted: Selection): Plan {
  const { selection: resolved, leftOut } = resolveNames(drift, wanted);
  const selection = withoutSsoOnlyUsers(drift, resolved);
  const accounts = repairUsers(
    drift.changes.filter(isUserChange).filter((change) => selects(selection, change)),
  );
  const leavers = planLeavers(drift, selection);
  const leaverIds = new Set(leavers.map(({ subject }) => subject.scimId));
  const accountIds = new Set(accounts.operations.map((operation) => operation.id));
  const [asked, others] = partition(drift.changes.filter(isTeamChange), (change) =>
    selects(selection, change),
  );
  const teams = repairTeams(
    [...asked, ...others.flatMap((change) => membershipsOnly(change, selection))],
    accountIds,
  );
  const unseen = unseenTeams(drift, selection.teams, accountIds);
  return buildPlan("resync", drift, {
    operations: [...accounts.operations, ...teams.operations, ...unseen.operations, ...leavers],
    leftOut: [
      ...leftOut,
      ...linksLeft(drift, selection, [...accounts.operations, ...teams.operations]),
      ...accounts.leftOut,
      ...disagreements(drift, "resync", selection.users),
      ...teams.leftOut,
      ...unseen.leftOut,
      ...withoutSsoOnlyMembers(drift, selection.teams),
      ...others.flatMap((change) => withoutTeam(change, selection)),
      ...namesOf(resolved.users)
        .filter((name) => disagreements(drift, "resync", [name]).length === 0)
        .filter((name) => !heldUsersNamed(drift, name).some(({ scimId }) => leaverIds.has(scimId)))
        .flatMap((name) => explainUser(drift, name) ?? []),
      ...namesOf(selection.teams).flatMap((name) => explainTeam(drift, name, "resync") ?? []),
    ],
    selection,
  });
}

/** Of a Team that was not asked for, the memberships of the users who were. */
function membershipsOnly(change: TeamChange, { users }: Selection): readonly TeamMembersDiffer[] {
  if (change.kind !== "team-members-differ") return [];
  const missing = change.missing.filter((member) => isSelected(users, member));
  const leftOver = change.leftOver.filter((member) => isSelected(users, member));
  return missing.length + leftOver.length === 0
    ? []
    : [{ ...change, missing, leftOver, unknownMembers: [], unseenMembers: [] }];
}

function withoutTeam(change: TeamChange, { users }: Selection): readonly LeftOut[] {
  if (change.kind !== "team-missing") return [];
  const reason = `belongs in the Team ${change.team.displayName}, which does not exist: push-group creates it`;
  return change.members
    .filter((member) => isSelected(users, member))
    .map(({ userName }) => ({ code: "team-missing", kind: "user", name: userName, reason }));
}
