/** Which members of a group Okta pushes, and what of them is new. */

import type { Directory, DirectoryGroup, UserKey } from "../../directory/directory.ts";
import type { MemberDelta } from "./group-members.ts";
import type { Ledger } from "./ledger.ts";
import type { OktaId, PushMapping } from "./memory.ts";
import type { GroupMember } from "./requests.ts";

/**
 * The members that may be pushed, by Okta id: in the group, provisioned in the app, and active in Okta; the
 * others are left out without a word (Okta: Group Push prerequisites).
 */
export function eligibleMembers(
  group: DirectoryGroup,
  directory: Directory,
  ledger: Ledger,
): ReadonlyMap<OktaId, GroupMember> {
  const members = new Map<OktaId, GroupMember>();
  for (const key of group.members) {
    const user = directory.users.get(key);
    if (user?.status !== "active") continue;
    const appUser = ledger.appUsers.get(user.objectId);
    if (appUser?.status !== "PROVISIONED" || appUser.externalId === undefined) continue;
    members.set(user.objectId, { value: appUser.externalId, display: appUser.profile.userName });
  }
  return members;
}

/**
 * The members that Okta leaves out of a push because it knows no account of theirs (System Log event
 * `app.user_management.grouppush.mapping.okta.users.ignored`). Who is deactivated has none by design.
 */
export function ignoredMembers(
  group: DirectoryGroup,
  { users }: Directory,
  ledger: Ledger,
): readonly UserKey[] {
  return [...group.members].filter((key) => {
    const user = users.get(key);
    return user !== undefined && user.status !== "deactivated" && ledger.linkOf(user.objectId) === undefined;
  });
}

/** A delta, and the Okta ids that are members once it was pushed. */
export interface PendingDelta extends MemberDelta {
  readonly membersAfter: ReadonlySet<OktaId>;
  readonly withheldAfter: ReadonlySet<OktaId>;
}

/**
 * What Okta pushes of a change: whoever may be pushed and was not, whoever was pushed and has left the group. A
 * member that is suspended stays as it is (Okta: Understanding SCIM: memberships are kept); one that was
 * deactivated and is back waits until each of its groups is pushed by hand (Okta: App assignments and Group Push).
 */
export function pendingDelta(
  mapping: PushMapping,
  group: DirectoryGroup,
  directory: Directory,
  ledger: Ledger,
): PendingDelta {
  const eligible = eligibleMembers(group, directory, ledger);
  const ownIds = new Set([...group.members].map((key) => directory.users.get(key)?.objectId));
  const leaving = [...mapping.members].filter((oktaId) => !ownIds.has(oktaId));
  const withheldAfter = new Set([...mapping.withheld].filter((oktaId) => ownIds.has(oktaId)));
  const coming = [...eligible].filter(
    ([oktaId]) => !mapping.members.has(oktaId) && !withheldAfter.has(oktaId),
  );
  const membersAfter = new Set([...mapping.members, ...coming.map(([oktaId]) => oktaId)]);
  for (const oktaId of leaving) membersAfter.delete(oktaId);
  return {
    added: coming.map(([, member]) => member),
    removed: leaving.flatMap((oktaId) => ledger.linkOf(oktaId) ?? []),
    membersAfter,
    withheldAfter,
  };
}
