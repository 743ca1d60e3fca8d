/** What no repair touches: drift that concerns protected accounts and Teams is set apart. */

import type { StateKey } from "../astro/state.ts";
import { subjectOf, type Change, type Member } from "./change.ts";

export interface ProtectedApart {
  readonly changes: readonly Change[];
  /** The same kinds of differences, about what is protected; a Team's are split by member. */
  readonly protectedSkipped: readonly Change[];
}

/** Splits changes by whether they touch what is protected: an account, a Team, an account's membership of a Team. */
export function setProtectedApart(
  changes: readonly Change[],
  protectedKeys: ReadonlySet<StateKey>,
): ProtectedApart {
  if (protectedKeys.size === 0) return { changes, protectedSkipped: [] };
  const open: Change[] = [];
  const skipped: Change[] = [];
  for (const change of changes) {
    if (isProtected(change, protectedKeys)) skipped.push(change);
    else splitMembers(change, protectedKeys, { open, skipped });
  }
  return { changes: open, protectedSkipped: skipped };
}

function isProtected(change: Change, protectedKeys: ReadonlySet<StateKey>): boolean {
  if (protectedKeys.has(subjectOf(change).key)) return true;
  return "held" in change && protectedKeys.has(change.held.key);
}

function splitMembers(
  change: Change,
  protectedKeys: ReadonlySet<StateKey>,
  into: { readonly open: Change[]; readonly skipped: Change[] },
): void {
  const isOpen = (member: Member): boolean => !protectedKeys.has(member.key);
  const isSkipped = (member: Member): boolean => protectedKeys.has(member.key);
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
  };
  if (open.missing.length + open.leftOver.length + open.unknownMembers.length > 0) into.open.push(open);
  if (skipped.missing.length + skipped.leftOver.length > 0) into.skipped.push(skipped);
}
