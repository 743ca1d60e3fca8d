/** The moments at which what was pushed of a group was what its members said: since then only what differs must be looked at. */

import type { Directory, DirectoryGroup, UserKey } from "../../../directory/directory.ts";
import { VersionedMap } from "../../../ground/versioned-map.ts";
import { VersionedSet } from "../../../ground/versioned-set.ts";
import type { AppUser, OktaId, PushMapping } from "../memory.ts";

/** All that decides which members of a group are to be pushed. */
export interface PushMoment {
  readonly own: ReadonlySet<UserKey>;
  readonly users: Directory["users"];
  readonly appUsers: ReadonlyMap<OktaId, AppUser>;
  readonly pushed: ReadonlySet<OktaId>;
  readonly withheld: ReadonlySet<OktaId>;
}

/** There was no member to add or remove then. */
export interface Agreement extends PushMoment {
  readonly ignored: readonly UserKey[];
}

export function momentOf(
  { members: pushed, withheld }: Pick<PushMapping, "members" | "withheld">,
  { members: own }: DirectoryGroup,
  { users }: Directory,
  { appUsers }: Pick<PushMoment, "appUsers">,
): PushMoment {
  return { own, users, appUsers, pushed, withheld };
}

const agreements = new WeakMap<ReadonlySet<OktaId>, Agreement>();

export function rememberAgreement(agreement: Agreement): void {
  agreements.set(agreement.pushed, agreement);
}

/** The last agreement about what was pushed is that of what is pushed now, too. */
export function carryAgreement(before: ReadonlySet<OktaId>, now: ReadonlySet<OktaId>): void {
  const agreement = agreements.get(before);
  if (agreement !== undefined) agreements.set(now, agreement);
}

export function lastAgreement({ pushed }: PushMoment): Agreement | undefined {
  return agreements.get(pushed);
}

/** So many members are gone through sooner than what differs is found. */
const fewMembers = 32;

/** Who may have to be added or removed since then, by Okta id; undefined where that would be no less than to look at all. */
export function suspectsSince(then: Agreement, now: PushMoment): ReadonlyMap<OktaId, UserKey> | undefined {
  if (now.own.size <= fewMembers) return undefined;
  const keys = union([members(then.own, now.own), VersionedMap.of(now.users).keysThatDiffer(then.users)]);
  const ids = union([
    VersionedMap.of(now.appUsers).keysThatDiffer(then.appUsers),
    members(then.pushed, now.pushed),
    members(then.withheld, now.withheld),
  ]);
  if (keys === undefined || ids === undefined || keys.length + ids.length > now.own.size) return undefined;
  const named = keys.flatMap((key) =>
    [then, now].flatMap(({ users }) => users.get(key) ?? []).map(({ objectId }) => [objectId, key] as const),
  );
  const suspects = new Map<OktaId, UserKey>();
  for (const [id, key] of [...named, ...ids.map((one) => [one, keyOf(one, [now, then])] as const)]) {
    if (key === undefined || (suspects.get(id) ?? key) !== key) return undefined;
    suspects.set(id, key);
  }
  return suspects;
}

/** By what name the directory knows the id; undefined where it knows it by another than Okta remembers. */
function keyOf(id: OktaId, moments: readonly PushMoment[]): UserKey | undefined {
  const [key] = moments.flatMap(({ appUsers }) => appUsers.get(id)?.key ?? []);
  const [user] = moments.flatMap(({ users }) => users.get(key ?? "") ?? []);
  return user?.objectId === id ? key : undefined;
}

function members(then: ReadonlySet<string>, now: ReadonlySet<string>): ReadonlySet<string> | undefined {
  if (then === now) return new Set();
  return now instanceof VersionedSet ? now.membersThatDiffer(then) : undefined;
}

function union(sets: readonly (ReadonlySet<string> | undefined)[]): readonly string[] | undefined {
  return sets.includes(undefined) ? undefined : sets.flatMap((set) => [...(set ?? [])]);
}
