/** What a run has learned beyond its plan: ids of what it made, how its resources look, the outcome of each operation. */

import type { Operation, OperationMember, OperationSubject } from "../drift/plan/operations/operation.ts";
import type { Plan } from "../drift/plan/plan.ts";
import { isConfirmed, type Outcome } from "./outcome.ts";
import type { Resource } from "./resource.ts";

/** Members that can be written, and those who have no account because making it failed. */
export interface ResolvedMembers {
  readonly scimIds: readonly string[];
  readonly without: readonly OperationMember[];
}

/** The memory of one run. */
export class Ledger {
  /** `user 7f3a`: all that was there before, and what this run has made. */
  readonly #takenIds: Set<string>;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #madeIds = new Map<string, string>();
  readonly #fingerprints = new Map<string, string>();
  readonly #confirmedMembers = new Set<string>();
  readonly #writtenMembers = new Map<string, ReadonlySet<string>>();

  constructor({ users, teams }: Plan["heldIds"]) {
    this.#takenIds = new Set([...users.map((id) => `user ${id}`), ...teams.map((id) => `team ${id}`)]);
  }

  /** Takes note of the id of something new; false where it is the id of something else. */
  claim({ kind }: OperationSubject, scimId: string): boolean {
    const name = `${kind} ${scimId}`;
    if (this.#takenIds.has(name)) return false;
    this.#takenIds.add(name);
    return true;
  }

  /** Keeps the outcome of an operation, and the id of what it made, once that is confirmed. */
  record(outcome: Outcome): void {
    this.#outcomes.set(outcome.operation.id, outcome);
    const { subject } = outcome.operation;
    if (subject.scimId === null && outcome.scimId !== undefined && isConfirmed(outcome)) {
      this.#madeIds.set(subjectName(subject), outcome.scimId);
    }
  }

  /** Keeps the outcome of an earlier process. */
  recall(outcome: Outcome): void {
    const { operation, scimId, fingerprint } = outcome;
    if (operation.subject.scimId === null && scimId !== undefined) this.claim(operation.subject, scimId);
    this.record(outcome);
    if (scimId !== undefined && fingerprint !== undefined) {
      this.noteFingerprint(operation.subject, scimId, fingerprint);
    }
  }

  /** Keeps how a resource looked after a write of this run, so that its own writes do not make it stale. */
  note({ kind, seen }: Resource): void {
    this.#fingerprints.set(`${kind} ${seen.scimId}`, seen.fingerprint);
  }

  /** The same, of a write before this process. */
  noteFingerprint({ kind }: OperationSubject, scimId: string, fingerprint: string): void {
    this.#fingerprints.set(`${kind} ${scimId}`, fingerprint);
  }

  /** These members of an operation are written already. */
  noteWritten(operationId: string, memberIds: readonly string[]): void {
    this.#writtenMembers.set(operationId, new Set(memberIds));
  }

  isWritten(operationId: string, memberId: string): boolean {
    return this.#writtenMembers.get(operationId)?.has(memberId) === true;
  }

  /** The account with this id is the one that the plan names. */
  confirmMember(scimId: string): void {
    this.#confirmedMembers.add(scimId);
  }

  isConfirmedMember(scimId: string): boolean {
    return this.#confirmedMembers.has(scimId);
  }

  outcomeOf(operationId: string): Outcome | undefined {
    return this.#outcomes.get(operationId);
  }

  /** Id of an operation's resource; undefined where nothing has made it. */
  scimIdOf(subject: OperationSubject): string | undefined {
    return subject.scimId ?? this.#madeIds.get(subjectName(subject));
  }

  /** The fingerprint that the resource must still have; undefined where there is none to compare with. */
  fingerprintOf(subject: OperationSubject): string | undefined {
    const scimId = this.scimIdOf(subject);
    const noted = scimId === undefined ? undefined : this.#fingerprints.get(`${subject.kind} ${scimId}`);
    return noted ?? subject.fingerprint ?? undefined;
  }

  /** The operations that this one needs and that are not confirmed. */
  unmetDependencies(operation: Operation): readonly string[] {
    return operation.dependsOn.filter((id) => !isConfirmed(this.#outcomes.get(id)));
  }

  /** Ids of members, made ones included. */
  resolve(members: readonly OperationMember[]): ResolvedMembers {
    const scimIds: string[] = [];
    const without: OperationMember[] = [];
    for (const member of members) {
      const scimId = member.scimId ?? this.#madeIds.get(`user ${member.key}`);
      const isReady = member.after === null || isConfirmed(this.#outcomes.get(member.after));
      if (scimId !== undefined && isReady) scimIds.push(scimId);
      else without.push(member);
    }
    return { scimIds, without };
  }
}

function subjectName({ kind, key }: OperationSubject): string {
  return `${kind} ${key}`;
}
