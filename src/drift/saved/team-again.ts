/** An operation of a saved plan on a Team itself, made again from the Team as it is now. */

import { allUsers, type HeldTeam } from "../../astro/held.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { CreateTeam, DeleteTeam, RenameTeam, RestoreTeamRoles } from "../plan/operations/operation.ts";
import { mayLoseMembersUnseen } from "../plan/plan-delete.ts";
import { deleteTeam, subjectOfTeam } from "../plan/operations/team-operations.ts";
import { changed, hasChanged, isGone, kept, settled, type Again, type Now } from "./now.ts";
import { hasSameRoles, rolesChanged, rolesNotGiven } from "./user-again.ts";

/** Without what the file says of anything but the change itself. */
export function teamAgain(
  operation: CreateTeam | RenameTeam | RestoreTeamRoles | DeleteTeam,
  now: Now,
): Again {
  if (operation.kind === "create-team") return createAgain(operation.displayName, now);
  const { subject } = operation;
  if (operation.kind === "restore-team-roles") return rolesNotGiven(subject);
  const held = now.teams.get(subject.scimId ?? "");
  if (held === undefined) {
    return operation.kind === "delete-team"
      ? settled(subject, "is already deleted")
      : changed(subject, isGone);
  }
  const asNow = subjectOfTeam(held);
  if (held.fingerprint !== subject.fingerprint) return changed(asNow, hasChanged);
  if (operation.kind === "delete-team") return deleteAgain(operation, held, now);
  const { displayName } = operation;
  return kept({
    id: `rename-team ${held.scimId}`,
    kind: "rename-team",
    subject: asNow,
    dependsOn: [],
    summary: `rename the Team ${held.displayName} to ${displayName}`,
    displayName,
  });
}

function createAgain(displayName: string, { teamsNamed }: Now): Again {
  const key = foldCase(displayName);
  const subject = { kind: "team", key, name: displayName, scimId: null, fingerprint: null } as const;
  if (teamsNamed.has(key)) return changed(subject, "has been created since the plan was saved");
  return kept({
    id: `create-team ${key}`,
    kind: "create-team",
    subject,
    dependsOn: [],
    summary: `create the Team ${displayName}`,
    displayName,
  });
}

/** Only Astro says who manages a Team: what the file says of it counts for nothing. */
function deleteAgain({ roles }: DeleteTeam, held: HeldTeam, { drift }: Now): Again {
  const accounts = new Map(allUsers(drift.held).map((account) => [account.scimId, account]));
  const again = deleteTeam(held, held.iam?.isIdpManaged === true ? "managed" : "unknown", accounts);
  if (!hasSameRoles(roles, again.roles)) return changed(again.subject, rolesChanged);
  const unseen = mayLoseMembersUnseen(drift, held);
  return unseen === undefined ? kept(again) : { operations: [], leftOut: [unseen] };
}
