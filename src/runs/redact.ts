/** A run's file without people: what it did stays, for whom does not. It can neither be resumed nor undone after that. */

import type { Operation, OperationMember, OperationSubject } from "../drift/plan/operations/operation.ts";
import type { Plan } from "../drift/plan/plan.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { RunEvent, RunLine } from "./lines.ts";
import type { RecordedRun } from "./run.ts";

/** The text of the file. Team names stay; attributes, names and addresses of people, and sentences that may quote them, go. */
export function redactedRun({ file: _file, length: _length, events, plan, ...line }: RecordedRun): string {
  const people = new People();
  const operationIds = new Map(plan.operations.map((one, at) => [one.id, `${one.kind} ${at + 1}`]));
  const idOf = (id: string): string => operationIds.get(id) ?? "unknown";
  const first: RunLine = {
    ...line,
    asked: [],
    redacted: true,
    plan: redactedPlan(plan, (one) => redactedOperation(one, { people, idOf })),
  };
  const lines = [first, ...events.map((event) => redactedEvent(event, idOf))];
  return lines.map((one) => `${JSON.stringify(one)}\n`).join("");
}

/** The same number for the same person throughout a run. */
class People {
  readonly #numbers = new Map<string, number>();

  nameOf(name: string): string {
    const key = foldCase(name);
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1;
    this.#numbers.set(key, number);
    return `person-${number}`;
  }
}

function redactedPlan(plan: Plan, redact: (operation: Operation) => Operation): Plan {
  return {
    ...plan,
    operations: plan.operations.map(redact),
    leftOut: [],
    warnings: [],
    protectedKeys: [],
  };
}

interface Redaction {
  readonly people: People;
  readonly idOf: (id: string) => string;
}

function redactedOperation(operation: Operation, { people, idOf }: Redaction): Operation {
  const subject = redactedSubject(operation.subject, people);
  const common = {
    ...operation,
    id: idOf(operation.id),
    dependsOn: operation.dependsOn.map(idOf),
    subject,
    summary: `${operation.kind} ${subject.name}`,
    ...("userName" in operation ? { userName: people.nameOf(operation.userName) } : {}),
    ...("externalId" in operation ? { externalId: null } : {}),
    ...("attributes" in operation ? { attributes: {} } : {}),
    ...("attributesNotKept" in operation ? { attributesNotKept: {} } : {}),
    ...("roles" in operation && operation.roles !== undefined
      ? { roles: { ...operation.roles, users: operation.roles.users.map((name) => people.nameOf(name)) } }
      : {}),
    ...("reason" in operation ? { reason: "" } : {}),
    ...redactedObjectIds(operation, people),
    ...("why" in operation ? { why: "" } : {}),
  };
  const redacted = (members: readonly OperationMember[]): readonly OperationMember[] =>
    members.map(({ userName, after, ...member }) => {
      const name = people.nameOf(userName);
      return { ...member, key: name, userName: name, after: after === null ? null : idOf(after) };
    });
  if ("members" in common) return { ...common, members: redacted(common.members) };
  if (!("stayingIds" in common)) return common;
  return { ...common, added: redacted(common.added), removed: redacted(common.removed) };
}

/** The provider's ids of people. */
function redactedObjectIds(operation: Operation, people: People): object {
  if ("objectId" in operation) return { objectId: people.nameOf(operation.objectId) };
  if (!("memberObjectIds" in operation)) return {};
  return { memberObjectIds: operation.memberObjectIds.map((id) => people.nameOf(id)) };
}

function redactedSubject(subject: OperationSubject, people: People): OperationSubject {
  if (subject.kind === "team") return subject;
  const name = people.nameOf(subject.name);
  return { ...subject, key: name, name };
}

function redactedEvent(event: RunEvent, idOf: (id: string) => string): RunEvent {
  if (event.kind === "intent") {
    const { atProvider: _atProvider, ...intent } = event;
    return { ...intent, operation: idOf(event.operation), resource: null };
  }
  if (event.kind !== "outcome") return event;
  return { ...event, operation: idOf(event.operation), reason: null };
}
