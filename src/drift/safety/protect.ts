/** Drift that concerns protected accounts and Teams is set apart: it is seen, and no repair touches it. */

import { resourceOf, subjectOf, type Change, type Member } from "../compare/change.ts";
import type { Protection } from "./protection.ts";

export interface ProtectedApart {
  readonly changes: readonly Change[];
  /** The same kinds of differences, about what is protected; a Team's are split by member. */
  readonly protectedSkipped: readonly Change[];
}

/** Splits changes by whether they touch what is protected: an account, a Team, an account's membership of a Team. */
export function setProtectedApart(changes: readonly Change[], protection: Protection): ProtectedApart {
  if (protection.keys.size === 0) return { changes, protectedSkipped: [] };
  const open: Change[] = [];
  const skipped: Change[] = [];
  for (const change of changes) {
    if (isProtectedChange(change, protection)) skipped.push(change);
    else splitMembers(change, protection, { open, skipped });
  }
  return { changes: open, protectedSkipped: skipped };
}

/** Whether a user is protected, by the account's id or by the directory's name. */
export function isProtectedUser(
  { key, scimId }: { readonly key: string; readonly scimId: string | null | undefined },
  { userIds, keys }: Protection,
): boolean {
  return keys.has(key) || (scimId !== null && scimId !== undefined && userIds.has(scimId));
}

function isProtectedChange(change: Change, protection: Protection): boolean {
  const { kind, key } = subjectOf(change);
  const held = resourceOf(change);
  if (protection.keys.has(key) || (held !== undefined && protection.keys.has(held.key))) return true;
  const ids = kind === "user" ? protection.userIds : protection.teamIds;
  return held !== undefined && ids.has(held.scimId);
}

function splitMembers(
  change: Change,
  protection: Protection,
  into: { readonly open: Change[]; readonly skipped: Change[] },
): void {
  const isSkipped = (member: Member): boolean => isProtectedUser(member, protection);
  const isOpen = (member: Member): boolean => !isSkipped(member);
  if (change.kind === "team-missing") {
    into.open.push({ ...change, members: change.members.filter(isOpen) });
    return;
  }
  if (change.kind !== "team-members-differ") {
    into.open.push(change);
    return;
  }
  const { missing, leftOver } = change;
  const open = { ...change, missing: missing.filter(isOpen), leftOver: leftOver.filter(isOpen) };
  const skipped = {
    ...change,
    missing: missing.filter(isSkipped),
    leftOver: leftOver.filter(isSkipped),
    unknownMembers: [],
    unseenMembers: [],
  };
  const { unknownMembers, unseenMembers } = open;
  if (open.missing.length + open.leftOver.length + unknownMembers.length + unseenMembers.length > 0) {
    into.open.push(open);
  }
  if (skipped.missing.length + skipped.leftOver.length > 0) into.skipped.push(skipped);
}
