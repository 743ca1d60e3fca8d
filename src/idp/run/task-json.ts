/** Failed jobs in a provider's memory as JSON, and back. */

import type { JsonObject, JsonValue } from "../../ground/json.ts";
import type { JobKind, Subject, SubjectKind } from "./events.ts";
import type { MemoryReader } from "../memory-reader.ts";
import type { Task } from "./task.ts";

export function writeTask({ subject, what, code, sentence, reason, explanation, since }: Task): JsonObject {
  const { kind, objectId, key, name } = subject;
  return {
    subject: kind,
    objectId,
    key,
    name,
    what,
    ...(code === undefined ? {} : { code }),
    sentence,
    reason,
    explanation: explanation ?? null,
    since: since.toISOString(),
  };
}

/** @throws AppError invalid-file where it is damaged, naming the place */
export function readTask(reader: MemoryReader, value: JsonValue, place: string): Task {
  const task = reader.object(value, place);
  const subject: Subject = {
    kind: reader.oneOf(subjectKinds, task["subject"], `${place}.subject`),
    objectId: reader.text(task["objectId"], `${place}.objectId`),
    key: reader.text(task["key"], `${place}.key`),
    name: reader.text(task["name"], `${place}.name`),
  };
  const sentence = reader.text(task["sentence"], `${place}.sentence`);
  return {
    subject,
    what: reader.oneOf(jobKinds, task["what"], `${place}.what`),
    ...(task["code"] === undefined ? {} : { code: reader.text(task["code"], `${place}.code`) }),
    sentence,
    // Files that were written before tasks had a short reason.
    reason: task["reason"] === undefined ? sentence : reader.text(task["reason"], `${place}.reason`),
    explanation: reader.optionalText(task["explanation"], `${place}.explanation`),
    since: reader.instant(task["since"], `${place}.since`),
  };
}

const subjectKinds = ["user", "group", "app"] as const satisfies SubjectKind[];

/** A record, so that none is forgotten. */
const everyJobKind: Readonly<Record<JobKind, true>> = {
  assign: true,
  "push-profile": true,
  deactivate: true,
  "push-group": true,
  "update-group": true,
  "push-now": true,
  "deactivate-push": true,
  "unlink-group": true,
  "delete-group": true,
  "import-users": true,
  "import-groups": true,
  "provision-user": true,
  "delete-user": true,
  "provision-group": true,
  "update-members": true,
  "update-manager": true,
};

const jobKinds: readonly JobKind[] = Object.keys(everyJobKind).filter(isJobKind);

function isJobKind(name: string): name is JobKind {
  return Object.hasOwn(everyJobKind, name);
}
