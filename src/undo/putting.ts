/** What an undo collects: operations, and what cannot be put back. */

import type { HeldTeam, HeldUser } from "../astro/held.ts";
import type { HeldRoles } from "../astro/records/held-roles.ts";
import type { LeftOut, LeftOutCode } from "../drift/plan/left-out/left-out.ts";
import {
  isRestoringRoles,
  membersSummary,
  type ChangeMembers,
  type Operation,
  type OperationMember,
  type OperationSubject,
} from "../drift/plan/operations/operation.ts";
import { isProviderTeamOperation } from "../drift/plan/operations/provider-operation.ts";
import type { ResourceJson } from "../runs/resource-json.ts";
import { isUncertain, operationsOf, type RecordedOperation, type RecordedRun } from "../runs/run.ts";

/** What Astro holds now. */
export interface HeldNow {
  /** By SCIM id. */
  readonly users: ReadonlyMap<string, HeldUser>;
  readonly teams: ReadonlyMap<string, HeldTeam>;
  /** By folded name. */
  readonly userNames: ReadonlyMap<string, HeldUser>;
  readonly teamNames: ReadonlyMap<string, HeldTeam>;
  /** The Teams of each user, by the user's SCIM id. */
  readonly teamsOf: ReadonlyMap<string, readonly HeldTeam[]>;
  /** The IAM API was read. */
  readonly canGiveRoles: boolean;
  /** Folded names of those who may be made an Organization Owner again. */
  readonly ownersNamed: ReadonlySet<string>;
}

export type UserBefore = Extract<ResourceJson, { readonly kind: "user" }>;
export type TeamBefore = Extract<ResourceJson, { readonly kind: "team" }>;

/** Members that go into a Team, or out of it. */
interface TeamChange {
  readonly subject: OperationSubject;
  readonly dependsOn: readonly string[];
  readonly members: Map<string, OperationMember>;
}

export class Putting {
  readonly run: RecordedRun;
  readonly now: HeldNow;
  /** SCIM ids of what the run created, by `user KEY` and `team KEY`. */
  readonly #created = new Map<string, string>();
  /** The same ids, as `user ID` and `team ID`. */
  readonly #createdIds = new Set<string>();
  /** By the SCIM id of a Team: keys of the users whom the run added. */
  readonly #addedKeys = new Map<string, ReadonlySet<string>>();
  /** How each resource looked after the last write of the run, by `user ID` and `team ID`. */
  readonly #lastFingerprints = new Map<string, string>();
  /** Accounts that the run deleted, by their old SCIM ids. */
  readonly #deletedUsers = new Map<string, UserBefore>();
  /** SCIM ids of the accounts that the run deactivated. */
  readonly #deactivated = new Set<string>();
  /** Roles that the run gave back, by `user ID` and `team ID`. */
  readonly #givenRoles = new Map<string, HeldRoles>();
  readonly #operations: Operation[] = [];
  readonly #leftOut: LeftOut[] = [];
  readonly #added = new Map<string, TeamChange>();
  readonly #removed = new Map<string, TeamChange>();

  constructor(run: RecordedRun, now: HeldNow) {
    this.run = run;
    this.now = now;
    for (const record of operationsOf(run)) this.#learn(record);
    for (const { operation, outcome } of operationsOf(run)) {
      const added = membersAddedBy(operation);
      if (added.length === 0) continue;
      const teamId = this.idOf(operation.subject) ?? outcome?.scimId ?? "";
      this.#addedKeys.set(teamId, new Set(added.map(({ key }) => key)));
    }
  }

  #learn({ operation, outcome, before }: RecordedOperation): void {
    const { subject, kind } = operation;
    if (outcome?.status !== "done") return;
    const { scimId, fingerprint } = outcome;
    if (subject.scimId === null && scimId !== null && kind.startsWith("create-")) {
      this.#created.set(`${subject.kind} ${subject.key}`, scimId);
      this.#createdIds.add(`${subject.kind} ${scimId}`);
    }
    if (scimId !== null && fingerprint !== null) {
      this.#lastFingerprints.set(`${subject.kind} ${scimId}`, fingerprint);
    }
    if (scimId !== null) this.#learnAccess(operation, scimId);
    if (kind === "delete-user" && before?.kind === "user") this.#deletedUsers.set(before.scimId, before);
  }

  #learnAccess(operation: Operation, scimId: string): void {
    if (operation.kind === "deactivate-user") this.#deactivated.add(scimId);
    if (isRestoringRoles(operation)) {
      this.#givenRoles.set(`${operation.subject.kind} ${scimId}`, operation.granted);
    }
  }

  /** Whether the operation is known to be done; lists it where that is unknown. */
  isCertain(record: RecordedOperation): boolean {
    const { operation, outcome } = record;
    if (isUncertain(record)) {
      this.leave(
        "undo-unknown",
        operation.subject,
        `it is not known whether the run did it: ${operation.summary}`,
      );
    }
    return outcome?.status === "done";
  }

  add(operation: Operation): void {
    this.#operations.push(operation);
  }

  leave(code: LeftOutCode, { kind, name }: Pick<OperationSubject, "kind" | "name">, reason: string): void {
    this.#leftOut.push({ code, kind, name, reason });
  }

  /** SCIM id of the subject, also of what the run created. */
  idOf({ kind, key, scimId }: OperationSubject): string | undefined {
    return scimId ?? this.#created.get(`${kind} ${key}`);
  }

  isCreated(kind: OperationSubject["kind"], scimId: string): boolean {
    return this.#createdIds.has(`${kind} ${scimId}`);
  }

  /** Whether it looks as the run left it. */
  isUnchanged(kind: OperationSubject["kind"], { scimId, fingerprint }: HeldUser | HeldTeam): boolean {
    return this.#lastFingerprints.get(`${kind} ${scimId}`) === fingerprint;
  }

  /** Whether the run added the user with that key to the Team with that id. */
  wasAdded(userKey: string, teamId: string): boolean {
    return this.#addedKeys.get(teamId)?.has(userKey) === true;
  }

  /** The roles that the run gave back. */
  givenRoles(kind: OperationSubject["kind"], scimId: string): HeldRoles | undefined {
    return this.#givenRoles.get(`${kind} ${scimId}`);
  }

  /** Whether the run deactivated the account, and it is as the run left it. */
  isToActivate(held: HeldUser): boolean {
    return this.#deactivated.has(held.scimId) && !held.active && this.isUnchanged("user", held);
  }

  /** An account that the run deleted, by its old id. */
  deletedUser(scimId: string): UserBefore | undefined {
    return this.#deletedUsers.get(scimId);
  }

  /** A member that had this id before the run: the account itself, or the one that is made in its place. */
  memberOf(scimId: string): OperationMember | undefined {
    const held = this.now.users.get(scimId);
    if (held !== undefined) {
      const { key, userName } = held;
      if (held.active) return { key, userName, scimId, after: null };
      return this.isToActivate(held)
        ? { key, userName, scimId, after: `activate-user ${scimId}` }
        : undefined;
    }
    const deleted = this.deletedUser(scimId);
    if (deleted === undefined || !isMadeAgain(deleted, this.now)) return undefined;
    const { key, userName } = deleted;
    return { key, userName, scimId: null, after: `create-user ${key}` };
  }

  addMember(subject: OperationSubject, member: OperationMember, dependsOn: readonly string[] = []): void {
    changeOf(this.#added, subject, dependsOn).members.set(member.key, member);
  }

  removeMember(subject: OperationSubject, member: OperationMember): void {
    changeOf(this.#removed, subject, []).members.set(member.key, member);
  }

  content(): { readonly operations: readonly Operation[]; readonly leftOut: readonly LeftOut[] } {
    return {
      operations: [
        ...this.#operations,
        ...[...this.#added.values()].map((change) => changeMembers("add-members", change)),
        ...[...this.#removed.values()].map((change) => changeMembers("remove-members", change)),
      ],
      leftOut: this.#leftOut,
    };
  }
}

/** Only accounts that were active are made again: a new account is active. */
export function isMadeAgain({ active, key }: UserBefore, { userNames }: HeldNow): boolean {
  return active && !userNames.has(key);
}

export function subjectOfUser({ key, userName, scimId, fingerprint }: HeldUser): OperationSubject {
  return { kind: "user", key, name: userName, scimId, fingerprint };
}

export function subjectOfTeam({ key, displayName, scimId, fingerprint }: HeldTeam): OperationSubject {
  return { kind: "team", key, name: displayName, scimId, fingerprint };
}

function changeOf(
  changes: Map<string, TeamChange>,
  subject: OperationSubject,
  dependsOn: readonly string[],
): TeamChange {
  const name = subject.scimId ?? subject.key;
  const change = changes.get(name) ?? { subject, dependsOn, members: new Map<string, OperationMember>() };
  changes.set(name, change);
  return change;
}

function changeMembers(
  kind: ChangeMembers["kind"],
  { subject, dependsOn, members }: TeamChange,
): ChangeMembers {
  const change = { kind, subject, dependsOn, members: [...members.values()], unknownMembers: [] };
  return { ...change, id: `${kind} ${subject.scimId ?? subject.key}`, summary: membersSummary(change) };
}

/** Over SCIM, or by a push of the provider. */
function membersAddedBy(operation: Operation): readonly OperationMember[] {
  if (operation.kind === "add-members") return operation.members;
  return isProviderTeamOperation(operation) ? operation.added : [];
}
