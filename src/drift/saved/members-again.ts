/** A change of a Team's members in a saved plan, made again: each member is looked up as it is now. */

import type { HeldUser } from "../../astro/held.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { LeftOut } from "../plan/left-out/left-out.ts";
import {
  membersSummary,
  type ChangeMembers,
  type OperationMember,
  type OperationSubject,
} from "../plan/operations/operation.ts";
import { subjectOfTeam } from "../plan/operations/team-operations.ts";
import { accountOperationId } from "../plan/operations/user-operations.ts";
import { changed, hasChanged, isGone, kept, type Again, type NowWithCreated } from "./now.ts";

/** Somebody without an account is named by the address: an account that somebody else has made meanwhile is the user's. */
export function membersAgain(operation: ChangeMembers, now: NowWithCreated): Again {
  const team = teamOf(operation, now);
  if ("leftOut" in team) return team;
  const { subject, dependsOn } = team;
  const found = operation.members.map((member) => memberAgain(operation.kind, member, now));
  const members = found.flatMap(({ member }) => member ?? []);
  const unknown = unknownAgain(operation, now);
  const leftOut = [
    ...found
      .flatMap((one) => one.problem ?? [])
      .map(({ name, reason }) => ({
        code: "changed-since" as const,
        kind: "user" as const,
        name,
        reason: `${reason}, so is not ${operation.kind === "add-members" ? "added to" : "removed from"} the Team ${subject.name}`,
      })),
    ...unknown.leftOut,
  ];
  if (members.length + unknown.ids.length === 0) return { operations: [], leftOut };
  const { kind } = operation;
  const change = { kind, subject, dependsOn, members, unknownMembers: unknown.ids };
  const id = `${kind} ${subject.scimId ?? subject.key}`;
  return { ...kept({ ...change, id, summary: membersSummary(change) }), leftOut };
}

type TeamFound = { readonly subject: OperationSubject; readonly dependsOn: readonly string[] };

function teamOf({ kind, subject }: ChangeMembers, { teams, made }: NowWithCreated): TeamFound | Again {
  if (subject.scimId === null) {
    const key = foldCase(subject.name);
    const creation = `create-team ${key}`;
    if (kind === "remove-members" || !made.has(creation)) {
      return changed(subject, "gets no members: the plan does not create it any more");
    }
    return {
      subject: { kind: "team", key, name: subject.name, scimId: null, fingerprint: null },
      dependsOn: [creation],
    };
  }
  const held = teams.get(subject.scimId);
  if (held === undefined) return changed(subject, isGone);
  const asNow = subjectOfTeam(held);
  return held.fingerprint === subject.fingerprint
    ? { subject: asNow, dependsOn: [] }
    : changed(asNow, hasChanged);
}

interface MemberFound {
  readonly member?: OperationMember;
  readonly problem?: { readonly name: string; readonly reason: string };
}

function memberAgain(kind: ChangeMembers["kind"], saved: OperationMember, now: NowWithCreated): MemberFound {
  const found =
    saved.scimId === null ? now.usersNamed.get(foldCase(saved.userName)) : byId(saved.scimId, now);
  const [account, ...others] = found ?? [];
  if (others.length > 0) return problem(saved, "is the userName of several accounts");
  return account === undefined
    ? withoutAccount(kind, saved, now)
    : withAccount(kind, { saved, account }, now);
}

function byId(scimId: string, { users }: NowWithCreated): readonly HeldUser[] {
  const account = users.get(scimId);
  return account === undefined ? [] : [account];
}

function problem({ userName }: OperationMember, reason: string): MemberFound {
  return { problem: { name: userName, reason } };
}

/** Only who is given one by the plan can become a member. */
function withoutAccount(
  kind: ChangeMembers["kind"],
  saved: OperationMember,
  { made }: NowWithCreated,
): MemberFound {
  if (saved.scimId !== null) return problem(saved, isGone);
  const { userName } = saved;
  const key = foldCase(userName);
  const after = accountOperationId({ key, scimId: undefined });
  if (kind === "remove-members" || !made.has(after)) return problem(saved, "has no account");
  return { member: { key, userName, scimId: null, after } };
}

function withAccount(
  kind: ChangeMembers["kind"],
  { saved, account }: { readonly saved: OperationMember; readonly account: HeldUser },
  { made, newNames }: NowWithCreated,
): MemberFound {
  const { scimId, userName } = account;
  if (account.isHiddenFromScim === true) return problem(saved, "is not shown over SCIM");
  if (saved.scimId !== null && !isCalled(account, saved)) {
    return problem(saved, `has an id that belongs to ${userName}`);
  }
  const waits = kind === "add-members" && !account.active;
  const after = waits ? accountOperationId(account) : null;
  if (after !== null && !made.has(after)) return problem(saved, "has an account that is not active");
  return { member: { key: newNames.get(scimId) ?? account.key, userName, scimId, after } };
}

/** Under the name of the account or, where the plan renames it, that of the directory. */
function isCalled({ key }: HeldUser, saved: OperationMember): boolean {
  return key === foldCase(saved.userName) || key === foldCase(saved.key);
}

/** Ids that are no user's, as far as Astro shows now: whatever is somebody's stays. */
function unknownAgain(
  { kind, subject, unknownMembers }: ChangeMembers,
  { teams }: NowWithCreated,
): { readonly ids: readonly string[]; readonly leftOut: readonly LeftOut[] } {
  const team = teams.get(subject.scimId ?? "");
  const unknown = new Set(kind === "remove-members" ? team?.unknownMembers : []);
  const reason = `stays in the Team ${subject.name}: it may belong to a user`;
  return {
    ids: unknownMembers.filter((id) => unknown.has(id)),
    leftOut: unknownMembers
      .filter((id) => !unknown.has(id))
      .map((name) => ({ code: "changed-since", kind: "user", name, reason }) as const),
  };
}
