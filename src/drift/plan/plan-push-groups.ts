/** The plan of `push-group`: Teams and their members become what the directory says; no account is touched. */

import { isTeamChange } from "../compare/change.ts";
import { resolveNames } from "./left-out/ambiguous-names.ts";
import type { Drift } from "../compare/diff.ts";
import { explainTeam } from "./explain.ts";
import { linksLeft } from "./left-out/links-left.ts";
import { buildPlan, type Plan } from "./plan.ts";
import { namesOf, selects, type Names } from "./selection.ts";
import { withoutSsoOnlyMembers } from "./left-out/sso-only.ts";
import { repairTeams, unseenTeams } from "./operations/team-operations.ts";

/** As the provider's console does on "Push now": makes missing Teams, renames them, adds and removes members. */
export function planPushGroups(drift: Drift, teams: Names): Plan {
  const { selection, leftOut: unclear } = resolveNames(drift, { users: [], teams });
  const selected = drift.changes.filter(isTeamChange).filter((change) => selects(selection, change));
  const { operations, leftOut } = repairTeams(selected, new Set());
  const unseen = unseenTeams(drift, selection.teams, new Set());
  return buildPlan("push-group", drift, {
    operations: [...operations, ...unseen.operations],
    leftOut: [
      ...unclear,
      ...linksLeft(drift, selection, operations),
      ...leftOut,
      ...unseen.leftOut,
      ...withoutSsoOnlyMembers(drift, selection.teams),
      ...namesOf(selection.teams).flatMap((name) => explainTeam(drift, name, "push-group") ?? []),
    ],
    selection,
  });
}
