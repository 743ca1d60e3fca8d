/** Roles that a run took away are given back over IAM; those that cannot be are listed. */

import {
  areAmong,
  arePlainRoles,
  heldRoles,
  ownerRole,
  withoutOwnerRole,
  type HeldRoles,
} from "../astro/records/held-roles.ts";
import type { TeamRecord, UserRecord } from "../astro/records/record.ts";
import type { OperationSubject } from "../drift/plan/operations/operation.ts";
import { rolesInPlan, type RolesLost } from "../drift/plan/operations/roles-lost.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { nameList } from "../ground/text/name-list.ts";
import { shellWord } from "../ground/text/shell-word.ts";
import type { Putting } from "./putting.ts";

/**
 * @param lost what the run noted right before it took them away
 * @param subject the account or Team that gets them; `after` are the operations that make or activate it
 */
export function giveRolesBack(
  lost: RolesLost | undefined,
  { subject, after }: { readonly subject: OperationSubject; readonly after: readonly string[] },
  put: Putting,
): void {
  if (lost === undefined || lost.roles.length === 0) return;
  const { roles, held } = lost;
  if (held === undefined || !put.now.canGiveRoles) {
    const why = held === undefined ? "" : " (the IAM API cannot be used)";
    put.leave("undo-lost", subject, `does not get its roles back${why}: ${nameList(roles)}`);
    return;
  }
  const granted = allowed(held, subject, put);
  if (arePlainRoles(granted)) return;
  const of = subject.kind === "user" ? subject.name : `the Team ${subject.name}`;
  const operation = {
    id: `restore-${subject.kind}-roles ${subject.scimId ?? subject.key}`,
    subject,
    dependsOn: after,
    summary: `give ${of} ${rolesInWords(granted)} back`,
    granted,
  };
  if (subject.kind === "user") put.add({ ...operation, kind: "restore-user-roles" });
  else put.add({ ...operation, kind: "restore-team-roles" });
}

/** Nobody becomes an owner of the organization whom the command does not name. */
function allowed(roles: HeldRoles, { kind, key, name }: OperationSubject, put: Putting): HeldRoles {
  if (roles.organizationRole !== ownerRole || put.now.ownersNamed.has(key)) return roles;
  const option = `--restore-owner ${shellWord(name)}`;
  put.leave("undo-lost", { kind, name }, `does not get ${ownerRole} back: add ${option} to give it`);
  return withoutOwnerRole(roles);
}

function rolesInWords(roles: HeldRoles): string {
  const { organizationRole, ...others } = roles;
  return nameList(rolesInPlan({ roles: { ...others, organizationRole: organizationRole ?? undefined } }));
}

/** The roles that an account or a Team has now and that the run did not give, in words. */
export function rolesSince(
  record: UserRecord | TeamRecord | undefined,
  given: HeldRoles | undefined,
): readonly string[] {
  if (record?.roles === undefined) return [];
  return given !== undefined && areAmong(heldRoles(record.roles), given) ? [] : rolesInPlan(record);
}

/** For the names that `--restore-owner` gives. */
export function namesGiven(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map(foldCase));
}
