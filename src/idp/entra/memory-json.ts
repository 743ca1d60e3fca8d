/** Entra's memory as JSON, and back. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import type { ProfileValue } from "../../directory/directory.ts";
import { MemoryReader } from "../memory-reader.ts";
import { readTask, writeTask } from "../run/task-json.ts";
import type { MappedValue } from "./mapping/mapped-value.ts";
import {
  jobStates,
  quarantineReasons,
  type EntraMemory,
  type Escrow,
  type LinkedGroup,
  type LinkedUser,
  type Quarantine,
  type Seen,
} from "./memory.ts";
import { standingKinds } from "./mapping/scope.ts";

const reader = new MemoryReader("Entra ID");

/** The memory as a JSON value; it holds names, ids and mapped attributes, and no secret. */
export function writeEntraMemory(memory: EntraMemory): JsonObject {
  return {
    cycles: memory.cycles,
    lastCycle: memory.lastCycle?.toISOString() ?? null,
    initialCycleDone: memory.initialCycleDone,
    rules: memory.rules,
    scope: memory.scope ?? null,
    state: memory.state,
    deletesAllowed: memory.deletesAllowed,
    quarantine: memory.quarantine === undefined ? null : writeQuarantine(memory.quarantine),
    users: written(memory.users, writeUser),
    groups: written(memory.groups, writeGroup),
    seen: written(memory.seen, ({ standing, values }) => ({ standing, values })),
    escrows: written(memory.escrows, writeEscrow),
  };
}

/**
 * The memory that was written as that value.
 * @throws AppError invalid-file where it is damaged: names the place
 */
export function readEntraMemory(root: JsonObject): EntraMemory {
  const { quarantine } = root;
  return {
    cycles: reader.count(root["cycles"], "cycles"),
    lastCycle: reader.optionalInstant(root["lastCycle"], "lastCycle"),
    initialCycleDone: reader.flag(root["initialCycleDone"], "initialCycleDone"),
    rules: reader.text(root["rules"], "rules"),
    scope:
      root["scope"] === null ? undefined : reader.oneOf(["assigned", "all"] as const, root["scope"], "scope"),
    state: reader.oneOf(jobStates, root["state"], "state"),
    deletesAllowed: reader.flag(root["deletesAllowed"], "deletesAllowed"),
    quarantine: quarantine === null ? undefined : readQuarantine(quarantine, "quarantine"),
    users: reader.map(root["users"], "users", readUser),
    groups: reader.map(root["groups"], "groups", readGroup),
    seen: reader.map(root["seen"], "seen", readSeen),
    escrows: reader.map(root["escrows"], "escrows", readEscrow),
  };
}

function written<Value>(map: ReadonlyMap<string, Value>, write: (value: Value) => JsonObject): JsonObject {
  return Object.fromEntries([...map].map(([id, value]) => [id, write(value)]));
}

function writeQuarantine({ reason, message, since }: Quarantine): JsonObject {
  return { reason, message, since: since.toISOString() };
}

function readQuarantine(value: JsonValue | undefined, place: string): Quarantine {
  const quarantine = reader.object(value, place);
  return {
    reason: reader.oneOf(quarantineReasons, quarantine["reason"], `${place}.reason`),
    message: reader.text(quarantine["message"], `${place}.message`),
    since: reader.instant(quarantine["since"], `${place}.since`),
  };
}

function writeUser({ softDeletedSince, manager, ...user }: LinkedUser): JsonObject {
  return { ...user, softDeletedSince: softDeletedSince?.toISOString() ?? null, manager: manager ?? null };
}

function readUser(value: JsonValue, place: string): LinkedUser {
  const user = reader.object(value, place);
  return {
    ...readLink(user, place),
    managed: reader.flag(user["managed"], `${place}.managed`),
    softDeletedSince: reader.optionalInstant(user["softDeletedSince"], `${place}.softDeletedSince`),
    manager: reader.optionalText(user["manager"], `${place}.manager`),
  };
}

function writeGroup({ members, sent, ...group }: LinkedGroup): JsonObject {
  return { ...group, members: [...members], sent: [...sent] };
}

function readGroup(value: JsonValue, place: string): LinkedGroup {
  const group = reader.object(value, place);
  return {
    ...readLink(group, place),
    members: reader.set(group["members"], `${place}.members`),
    sent: reader.set(group["sent"], `${place}.sent`),
  };
}

function readLink(link: JsonObject, place: string): Pick<LinkedUser, "key" | "name" | "scimId" | "values"> {
  return {
    key: reader.text(link["key"], `${place}.key`),
    name: reader.text(link["name"], `${place}.name`),
    scimId: reader.text(link["scimId"], `${place}.scimId`),
    values: Object.fromEntries(reader.map(link["values"], `${place}.values`, readMappedValue)),
  };
}

function readMappedValue(value: JsonValue, place: string): MappedValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (isJsonArray(value) && value.every(isJsonObject)) return value;
  throw reader.damaged(place, "must be text, a number, true or false, or a list of objects");
}

function readSeen(value: JsonValue, place: string): Seen {
  const seen = reader.object(value, place);
  return {
    standing: reader.oneOf(standingKinds, seen["standing"], `${place}.standing`),
    values: Object.fromEntries(reader.map(seen["values"], `${place}.values`, readProfileValue)),
  };
}

function readProfileValue(value: JsonValue, place: string): ProfileValue {
  if (!isJsonArray(value)) {
    if (!isJsonObject(value)) return value;
    throw reader.damaged(place, "must not be an object");
  }
  return value.map((entry, index) => reader.text(entry, `${place}[${index}]`));
}

function writeEscrow({ task, nextAttempt, ...escrow }: Escrow): JsonObject {
  return { ...escrow, nextAttempt: nextAttempt.toISOString(), task: writeTask(task) };
}

function readEscrow(value: JsonValue, place: string): Escrow {
  const escrow = reader.object(value, place);
  return {
    retries: reader.count(escrow["retries"], `${place}.retries`),
    nextAttempt: reader.instant(escrow["nextAttempt"], `${place}.nextAttempt`),
    isReference: reader.flag(escrow["isReference"], `${place}.isReference`),
    atCreation: reader.flag(escrow["atCreation"], `${place}.atCreation`),
    task: readTask(reader, escrow["task"] ?? null, `${place}.task`),
  };
}
