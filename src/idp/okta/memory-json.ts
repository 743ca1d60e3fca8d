/** Okta's memory as JSON, and back. */

import { AppError } from "../../errors.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import type { JobKind, Subject, SubjectKind } from "../events.ts";
import { isAppAttribute, type AppAttribute, type AppProfile } from "./mapping.ts";
import type { Task } from "../task.ts";
import type { AppUser, AppUserStatus, OktaMemory, PushMapping, PushMappingStatus } from "./memory.ts";

/** The version of the form below; a memory of another version is refused. */
export const oktaMemoryVersion = 1;

/** The memory as a JSON value; it holds names and ids, and no secret. */
export function writeOktaMemory(memory: OktaMemory): JsonObject {
  return {
    provider: "okta",
    version: oktaMemoryVersion,
    target: memory.target,
    stepsDone: memory.stepsDone,
    actionsDone: memory.actionsDone,
    appUsers: Object.fromEntries([...memory.appUsers].map(([id, appUser]) => [id, writeAppUser(appUser)])),
    pushMappings: Object.fromEntries(
      [...memory.pushMappings].map(([id, mapping]) => [id, writeMapping(mapping)]),
    ),
    appGroups: Object.fromEntries(memory.appGroups),
    tasks: [...memory.tasks.values()].map(writeTask),
  };
}

/**
 * The memory that was written as that value.
 * @throws AppError invalid-file where it is no memory of Okta, of another version, or damaged: names the place
 */
export function readOktaMemory(value: JsonValue): OktaMemory {
  const root = objectAt(value, "the memory");
  if (root["provider"] !== "okta") throw damaged("the memory", `must be Okta's ("provider": "okta")`);
  if (root["version"] !== oktaMemoryVersion) throw damaged("version", `must be ${oktaMemoryVersion}`);
  const tasks = arrayAt(root["tasks"], "tasks").map((task, index) => readTask(task, `tasks[${index}]`));
  return {
    target: textAt(root["target"], "target"),
    stepsDone: countAt(root["stepsDone"], "stepsDone"),
    actionsDone: countAt(root["actionsDone"], "actionsDone"),
    appUsers: mapAt(root["appUsers"], "appUsers", readAppUser),
    pushMappings: mapAt(root["pushMappings"], "pushMappings", readMapping),
    // Files of the same version that were written before there were imports.
    appGroups: root["appGroups"] === undefined ? new Map() : mapAt(root["appGroups"], "appGroups", textAt),
    tasks: new Map(tasks.map((task) => [task.subject.objectId, task])),
  };
}

function writeAppUser({ key, status, externalId, profile, syncState }: AppUser): JsonObject {
  const { userName, attributes } = profile;
  return { key, status, externalId: externalId ?? null, syncState, userName, attributes };
}

function readAppUser(value: JsonValue, place: string): AppUser {
  const appUser = objectAt(value, place);
  return {
    key: textAt(appUser["key"], `${place}.key`),
    status: oneOf(appUserStatuses, appUser["status"], `${place}.status`),
    externalId: optionalTextAt(appUser["externalId"], `${place}.externalId`),
    syncState: oneOf(["SYNCHRONIZED", "ERROR"] as const, appUser["syncState"], `${place}.syncState`),
    profile: readProfile(appUser, place),
  };
}

function readProfile(appUser: JsonObject, place: string): AppProfile {
  const attributes: Partial<Record<AppAttribute, string>> = {};
  for (const [name, value] of Object.entries(objectAt(appUser["attributes"], `${place}.attributes`))) {
    if (!isAppAttribute(name)) throw damaged(`${place}.attributes`, `knows no "${name}"`);
    attributes[name] = textAt(value, `${place}.attributes.${name}`);
  }
  return { userName: textAt(appUser["userName"], `${place}.userName`), attributes };
}

function writeMapping({ scimId, members, withheld, ...names }: PushMapping): JsonObject {
  return { ...names, scimId: scimId ?? null, members: [...members], withheld: [...withheld] };
}

function readMapping(value: JsonValue, place: string): PushMapping {
  const mapping = objectAt(value, place);
  return {
    key: textAt(mapping["key"], `${place}.key`),
    status: oneOf(mappingStatuses, mapping["status"], `${place}.status`),
    scimId: optionalTextAt(mapping["scimId"], `${place}.scimId`),
    sourceName: textAt(mapping["sourceName"], `${place}.sourceName`),
    targetName: textAt(mapping["targetName"], `${place}.targetName`),
    members: setAt(mapping["members"], `${place}.members`),
    withheld: setAt(mapping["withheld"], `${place}.withheld`),
  };
}

function writeTask({ subject, what, sentence, reason, explanation, since }: Task): JsonObject {
  const { kind, objectId, key, name } = subject;
  return {
    subject: kind,
    objectId,
    key,
    name,
    what,
    sentence,
    reason,
    explanation: explanation ?? null,
    since: since.toISOString(),
  };
}

function readTask(value: JsonValue, place: string): Task {
  const task = objectAt(value, place);
  const subject: Subject = {
    kind: oneOf(subjectKinds, task["subject"], `${place}.subject`),
    objectId: textAt(task["objectId"], `${place}.objectId`),
    key: textAt(task["key"], `${place}.key`),
    name: textAt(task["name"], `${place}.name`),
  };
  const sentence = textAt(task["sentence"], `${place}.sentence`);
  return {
    subject,
    what: oneOf(jobKinds, task["what"], `${place}.what`),
    sentence,
    // Files of the same version that were written before tasks had a short reason.
    reason: task["reason"] === undefined ? sentence : textAt(task["reason"], `${place}.reason`),
    explanation: optionalTextAt(task["explanation"], `${place}.explanation`),
    since: instantAt(task["since"], `${place}.since`),
  };
}

const appUserStatuses = [
  "STAGED",
  "PROVISIONED",
  "REVOKED",
  "DEPROVISIONED",
  "UNASSIGNED",
] as const satisfies AppUserStatus[];
const mappingStatuses = ["ACTIVE", "INACTIVE", "ERROR"] as const satisfies PushMappingStatus[];
const subjectKinds = ["user", "group", "app"] as const satisfies SubjectKind[];
const jobKinds = [
  "assign",
  "push-profile",
  "deactivate",
  "push-group",
  "update-group",
  "push-now",
  "deactivate-push",
  "unlink-group",
  "delete-group",
  "import-users",
  "import-groups",
] as const satisfies JobKind[];

function mapAt<Value>(
  value: JsonValue | undefined,
  place: string,
  read: (value: JsonValue, place: string) => Value,
): ReadonlyMap<string, Value> {
  const entries = Object.entries(objectAt(value, place));
  return new Map(entries.map(([id, entry]) => [id, read(entry, `${place}.${id}`)]));
}

function objectAt(value: JsonValue | undefined, place: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw damaged(place, "must be an object");
}

function arrayAt(value: JsonValue | undefined, place: string): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  throw damaged(place, "must be a list");
}

function setAt(value: JsonValue | undefined, place: string): ReadonlySet<string> {
  return new Set(arrayAt(value, place).map((entry, index) => textAt(entry, `${place}[${index}]`)));
}

function textAt(value: JsonValue | undefined, place: string): string {
  if (typeof value === "string") return value;
  throw damaged(place, "must be a text");
}

function optionalTextAt(value: JsonValue | undefined, place: string): string | undefined {
  return value === null ? undefined : textAt(value, place);
}

function countAt(value: JsonValue | undefined, place: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw damaged(place, "must be a whole number from 0");
}

function instantAt(value: JsonValue | undefined, place: string): Date {
  const instant = new Date(textAt(value, place));
  if (Number.isNaN(instant.getTime())) throw damaged(place, "must be an instant in ISO 8601");
  return instant;
}

function oneOf<Choice extends string>(
  choices: readonly Choice[],
  value: JsonValue | undefined,
  place: string,
): Choice {
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw damaged(place, `must be one of ${choices.join(", ")}`);
  return choice;
}

function damaged(place: string, problem: string): AppError {
  return new AppError("invalid-file", `This is no memory of Okta that can be used: ${place} ${problem}.`, {
    hint: "Without a memory the provider links to what it finds; name a new file to start afresh.",
  });
}
