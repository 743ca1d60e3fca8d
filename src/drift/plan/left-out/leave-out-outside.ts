/** What a plan leaves alone because it is outside what the directory is responsible for, and lists; the rest goes on. */

import type { Exclusion } from "../../../astro/responsibility.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { plural } from "../../../ground/text/plural.ts";
import type { Boundary } from "../../compare/outside/boundary.ts";
import type { Drift } from "../../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";
import {
  membersRemoved,
  membersSummary,
  nameGiven,
  type ChangeMembers,
  type Operation,
  type OperationMember,
} from "../operations/operation.ts";
import { isProviderOperation } from "../operations/provider-operation.ts";
import { outsideReason } from "./why-outside.ts";

export interface WithoutOutside {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
}

/** Every operation is checked by the ids that it would write to and by the names that it would give, members included. */
export function leaveOutOutside(operations: readonly Operation[], drift: Drift): WithoutOutside {
  if (drift.responsibility.statements.length === 0) return { operations, leftOut: [] };
  const kept: Operation[] = [];
  const leftOut = new Map<string, LeftOut>();
  const leave = (one: LeftOut): void => void leftOut.set(JSON.stringify(one), one);
  for (const operation of operations) {
    const why = whyLeftOut(operation, drift);
    if (why !== undefined) {
      leave(why);
    } else if ("members" in operation) {
      const { open, skipped } = splitMembers(operation, drift);
      if (open !== undefined) kept.push(open);
      skipped.forEach(leave);
    } else {
      kept.push(operation);
    }
  }
  return { operations: kept, leftOut: [...leftOut.values()] };
}

function whyLeftOut(operation: Operation, drift: Drift): LeftOut | undefined {
  const { subject, named } = operation;
  const { boundary } = drift;
  const about = (reason: string): LeftOut => {
    return {
      code: named === true ? "outside" : "outside-apart",
      kind: subject.kind,
      name: subject.name,
      reason,
    };
  };
  const exclusion = exclusionOf(operation, boundary);
  if (exclusion !== undefined) return about(outsideReason(exclusion));
  const falling = membersRemoved(operation).filter(
    ({ key, scimId }) => boundary.userIds.has(scimId ?? "") || boundary.userKeys.has(key),
  );
  if (isProviderOperation(operation) && falling.length > 0) {
    return about(
      `has ${plural(falling.length, "member")} outside responsibleFor, who would fall out: it is not pushed`,
    );
  }
  if (operation.kind !== "delete-team") return undefined;
  const members = operation.memberIds.filter((id) => boundary.userIds.has(id)).length;
  if (members === 0) return undefined;
  const who = plural(members, "member");
  return about(`has ${who} outside responsibleFor, who would lose its roles: it is not deleted`);
}

/** Why the subject is outside: by its id, by its name, or by the name that it would be given. */
function exclusionOf(operation: Operation, boundary: Boundary): Exclusion | undefined {
  const { subject } = operation;
  const { userIds, userKeys, teamIds, teamKeys } = boundary;
  const [ids, keys] = subject.kind === "user" ? [userIds, userKeys] : [teamIds, teamKeys];
  const given = nameGiven(operation);
  return (
    ids.get(subject.scimId ?? "") ??
    keys.get(subject.key) ??
    (given === undefined ? undefined : keys.get(foldCase(given)))
  );
}

function splitMembers(
  operation: ChangeMembers,
  drift: Drift,
): { readonly open: ChangeMembers | undefined; readonly skipped: readonly LeftOut[] } {
  const { userIds, userKeys } = drift.boundary;
  const exclusionOfMember = ({ key, scimId }: OperationMember): Exclusion | undefined =>
    userIds.get(scimId ?? "") ?? userKeys.get(key);
  const members = operation.members.filter((member) => exclusionOfMember(member) === undefined);
  const unknownMembers = operation.unknownMembers.filter((id) => !userIds.has(id));
  const isWhole =
    members.length === operation.members.length && unknownMembers.length === operation.unknownMembers.length;
  if (isWhole) return { open: operation, skipped: [] };
  const verb = operation.kind === "add-members" ? "added to" : "removed from";
  const skipped = operation.members.flatMap((member): readonly LeftOut[] => {
    const exclusion = exclusionOfMember(member);
    if (exclusion === undefined) return [];
    const reason = `${outsideReason(exclusion)} (it is not ${verb} the Team ${operation.subject.name})`;
    const code = member.named === true ? "outside" : "outside-apart";
    return [{ code, kind: "user", name: member.userName, reason }];
  });
  if (members.length + unknownMembers.length === 0) return { open: undefined, skipped };
  const open = { ...operation, members, unknownMembers };
  return { open: { ...open, summary: membersSummary(open) }, skipped };
}
