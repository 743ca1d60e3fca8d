/** Which members of a group Okta pushes, and what of them is new. */

import type { DirectoryUser, UserKey } from "../../../directory/directory.ts";
import { VersionedSet } from "../../../ground/versioned-set.ts";
import { lastAgreement, suspectsSince, type Agreement, type PushMoment } from "./agreement.ts";
import type { MemberDelta } from "./group-members.ts";
import type { OktaId } from "../memory.ts";
import type { GroupMember } from "../requests/requests.ts";

/**
 * The members that may be pushed, by Okta id: in the group, provisioned in the app, and active in Okta; the
 * others are left out without a word (Okta: Group Push prerequisites).
 */
export function eligibleMembers(
  now: Pick<PushMoment, "own" | "users" | "appUsers">,
): ReadonlyMap<OktaId, GroupMember> {
  const members = new Map<OktaId, GroupMember>();
  for (const key of now.own) {
    const user = now.users.get(key);
    const member = user === undefined ? undefined : eligible(now, user);
    if (user !== undefined && member !== undefined) members.set(user.objectId, member);
  }
  return members;
}

function eligible(
  { appUsers }: Pick<PushMoment, "appUsers">,
  { objectId, status }: DirectoryUser,
): GroupMember | undefined {
  // A staged user has an account only where this Okta provisions it before its activation.
  if (status !== "active" && status !== "staged") return undefined;
  const appUser = appUsers.get(objectId);
  if (appUser?.status !== "PROVISIONED" || appUser.externalId === undefined) return undefined;
  return { value: appUser.externalId, display: appUser.profile.userName };
}

/**
 * The members that Okta leaves out of a push because it knows no account of theirs (System Log event
 * `app.user_management.grouppush.mapping.okta.users.ignored`). Who is deactivated has none by design.
 */
export function ignoredMembers(now: PushMoment): readonly UserKey[] {
  const then = lastAgreement(now);
  const suspects = then && suspectsSince(then, now);
  return ignoredOf(suspects, then, now) ?? allIgnored(now);
}

function allIgnored(now: PushMoment): readonly UserKey[] {
  return [...now.own].filter((key) => isIgnored(now, key));
}

function isIgnored({ own, users, appUsers }: PushMoment, key: UserKey): boolean {
  const user = users.get(key);
  if (user === undefined || user.status === "deactivated" || !own.has(key)) return false;
  return appUsers.get(user.objectId)?.externalId === undefined;
}

/** Undefined where all members must be gone through. */
function ignoredOf(
  suspects: ReadonlyMap<OktaId, UserKey> | undefined,
  then: Agreement | undefined,
  now: PushMoment,
): readonly UserKey[] | undefined {
  if (suspects === undefined || then === undefined) return undefined;
  const keys = new Set(suspects.values());
  const kept = then.ignored.filter((key) => !keys.has(key));
  return inOrderOf(now.own, [...kept, ...[...keys].filter((key) => isIgnored(now, key))]);
}

/** A few of many members, in the order of these. */
function inOrderOf<Member>(all: ReadonlySet<Member>, few: readonly Member[]): readonly Member[] {
  if (few.length < 2) return few;
  const wanted = new Set(few);
  return [...all].filter((member) => wanted.has(member));
}

/** A delta, and what Okta remembers once it was pushed. */
export interface PendingDelta extends MemberDelta {
  /** Okta ids: who is added, who is removed, and who is a member or withheld afterwards. */
  readonly addedIds: readonly OktaId[];
  readonly removedIds: readonly OktaId[];
  readonly membersAfter: ReadonlySet<OktaId>;
  readonly withheldAfter: ReadonlySet<OktaId>;
  /** As `ignoredMembers`. */
  readonly ignored: readonly UserKey[];
}

/**
 * What Okta pushes of a change: members who may be pushed and were not, and pushed members who have left the group. A
 * member that is suspended stays as it is (Okta: Understanding SCIM: memberships are kept); one that was
 * deactivated and is back waits until each of its groups is pushed by hand (Okta: App assignments and Group Push).
 */
export function pendingDelta(now: PushMoment): PendingDelta {
  return deltaSince(lastAgreement(now), now) ?? fullDelta(now);
}

/** The delta from all members: what `pendingDelta` finds by looking at fewer. */
export function fullDelta(now: PushMoment): PendingDelta {
  const ownIds = new Set([...now.own].map((key) => now.users.get(key)?.objectId));
  const withheld = [...now.withheld].filter((oktaId) => !ownIds.has(oktaId));
  const withheldAfter = VersionedSet.of(now.withheld).without(...withheld);
  const additions = [...eligibleMembers(now)].filter(
    ([oktaId]) => !now.pushed.has(oktaId) && !withheldAfter.has(oktaId),
  );
  const removedIds = [...now.pushed].filter((oktaId) => !ownIds.has(oktaId));
  return deltaOf(now, { additions, removedIds, withheldAfter, ignored: allIgnored(now) });
}

/** Undefined where all members must be gone through. */
function deltaSince(then: Agreement | undefined, now: PushMoment): PendingDelta | undefined {
  const suspects = then && suspectsSince(then, now);
  const ignored = ignoredOf(suspects, then, now);
  if (suspects === undefined || ignored === undefined) return undefined;
  const own = new Map<UserKey, DirectoryUser>();
  const others: OktaId[] = [];
  for (const [oktaId, key] of suspects) {
    const user = now.own.has(key) ? now.users.get(key) : undefined;
    if (user?.objectId === oktaId) own.set(key, user);
    else others.push(oktaId);
  }
  const withheldAfter = VersionedSet.of(now.withheld).without(...others);
  const additions = new Map<UserKey, Addition>();
  for (const [key, user] of own) {
    const member = eligible(now, user);
    const isNew = !now.pushed.has(user.objectId) && !withheldAfter.has(user.objectId);
    if (member !== undefined && isNew) additions.set(key, [user.objectId, member]);
  }
  const removedIds = others.filter((oktaId) => now.pushed.has(oktaId));
  return deltaOf(now, {
    additions: inOrderOf(now.own, [...additions.keys()]).flatMap((key) => {
      const addition = additions.get(key);
      return addition === undefined ? [] : [addition];
    }),
    removedIds: inOrderOf(now.pushed, removedIds),
    withheldAfter,
    ignored,
  });
}

type Addition = readonly [OktaId, GroupMember];

interface Found extends Pick<PendingDelta, "removedIds" | "withheldAfter" | "ignored"> {
  readonly additions: readonly Addition[];
}

function deltaOf({ pushed, appUsers }: PushMoment, { additions, removedIds, ...after }: Found): PendingDelta {
  const addedIds = additions.map(([oktaId]) => oktaId);
  return {
    added: additions.map(([, member]) => member),
    removed: removedIds.flatMap((oktaId) => appUsers.get(oktaId)?.externalId ?? []),
    addedIds,
    removedIds,
    membersAfter: VersionedSet.of(pushed)
      .with(...addedIds)
      .without(...removedIds),
    ...after,
  };
}
