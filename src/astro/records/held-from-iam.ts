/** Users and Teams of the IAM API in the form in which both sides are compared. */

import { foldCase } from "../../ground/text/fold-case.ts";
import type { HeldTeam, HeldUser } from "../held.ts";
import type { StateKey } from "../state.ts";
import type { TeamRecord, UserRecord } from "./record.ts";

/**
 * IAM has no given or family name, no externalId and no SCIM attributes; `fullName` is the displayName (Inferred: since August
 * 2023 the documented Entra mapping has no other name). A pending or banned user has an account, which can be used again without
 * anything from the identity provider: it counts as active.
 */
export function heldUserFromIam(record: UserRecord, key: StateKey = foldCase(record.email)): HeldUser {
  const { id, email, fullName, status } = record;
  return {
    key,
    userName: email,
    scimId: id,
    externalId: undefined,
    active: status !== "INACTIVE",
    emails: [foldCase(email)],
    primaryEmail: foldCase(email),
    roles: organizationRoles(record),
    attributes: fullName === "" ? {} : { displayName: fullName },
    version: undefined,
    fingerprint: "",
    iam: record,
  };
}

export function heldTeamFromIam(
  record: TeamRecord,
  {
    memberIds,
    keyOf,
  }: { readonly memberIds: readonly string[]; readonly keyOf: ReadonlyMap<string, StateKey> },
): HeldTeam {
  return {
    key: foldCase(record.name),
    displayName: record.name,
    scimId: record.id,
    memberIds: new Set(memberIds),
    members: new Set(memberIds.flatMap((id) => keyOf.get(id) ?? [])),
    unknownMembers: [],
    unseenMembers: memberIds
      .filter((id) => !keyOf.has(id))
      .map((scimId) => ({ scimId, is: "unreadable" }) as const),
    version: undefined,
    fingerprint: "",
    iam: record,
  };
}

/** For the rule about owners, which asks for the role in the organization alone. */
export function organizationRoles({ roles }: UserRecord): readonly string[] {
  return roles?.organizationRole === undefined ? [] : [roles.organizationRole];
}
