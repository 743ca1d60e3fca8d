/** Okta's memory as JSON, and back. */

import { isJsonArray, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { MemoryReader } from "../memory-reader.ts";
import { readTask, writeTask } from "../run/task-json.ts";
import { areAppValues, type AppValue } from "./mapping/app-attributes.ts";
import type { AppProfile } from "./mapping/mapping.ts";
import type { AppUser, AppUserStatus, OktaMemory, PushMapping, PushMappingStatus } from "./memory.ts";

const reader = new MemoryReader("Okta");

/** The memory as a JSON value; it holds names and ids, and no secret. */
export function writeOktaMemory(memory: OktaMemory): JsonObject {
  return {
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
 * @throws AppError invalid-file where it is damaged: names the place
 */
export function readOktaMemory(root: JsonObject): OktaMemory {
  const tasks = reader
    .array(root["tasks"], "tasks")
    .map((task, index) => readTask(reader, task, `tasks[${index}]`));
  return {
    appUsers: reader.map(root["appUsers"], "appUsers", readAppUser),
    pushMappings: reader.map(root["pushMappings"], "pushMappings", readMapping),
    // Files of the same version that were written before there were imports.
    appGroups:
      root["appGroups"] === undefined
        ? new Map()
        : reader.map(root["appGroups"], "appGroups", (one, place) => reader.text(one, place)),
    tasks: new Map(tasks.map((task) => [task.subject.objectId, task])),
  };
}

function writeAppUser({ key, status, externalId, profile, syncState }: AppUser): JsonObject {
  const { userName, attributes, madeFrom } = profile;
  const made = madeFrom === undefined ? {} : { madeFrom };
  return { key, status, externalId: externalId ?? null, syncState, userName, attributes, ...made };
}

function readAppUser(value: JsonValue, place: string): AppUser {
  const appUser = reader.object(value, place);
  return {
    key: reader.text(appUser["key"], `${place}.key`),
    status: reader.oneOf(appUserStatuses, appUser["status"], `${place}.status`),
    externalId: reader.optionalText(appUser["externalId"], `${place}.externalId`),
    syncState: reader.oneOf(["SYNCHRONIZED", "ERROR"] as const, appUser["syncState"], `${place}.syncState`),
    profile: readProfile(appUser, place),
  };
}

function readProfile(appUser: JsonObject, place: string): AppProfile {
  const held = reader.object(appUser["attributes"], `${place}.attributes`);
  const attributes = Object.fromEntries(
    Object.entries(held).map(([name, value]) => [name, readValue(value, `${place}.attributes.${name}`)]),
  );
  if (!areAppValues(attributes)) throw reader.damaged(`${place}.attributes`, "has a value that is not text");
  const { madeFrom } = appUser;
  return {
    userName: reader.text(appUser["userName"], `${place}.userName`),
    attributes,
    ...(madeFrom === undefined ? {} : { madeFrom: reader.text(madeFrom, `${place}.madeFrom`) }),
  };
}

/** In the data type of the attribute. */
function readValue(value: JsonValue, place: string): AppValue {
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (!isJsonArray(value)) return reader.text(value, place);
  return value.map((one) => (typeof one === "number" ? one : reader.text(one, place)));
}

function writeMapping({ scimId, members, withheld, ...names }: PushMapping): JsonObject {
  return { ...names, scimId: scimId ?? null, members: [...members], withheld: [...withheld] };
}

function readMapping(value: JsonValue, place: string): PushMapping {
  const mapping = reader.object(value, place);
  return {
    key: reader.text(mapping["key"], `${place}.key`),
    status: reader.oneOf(mappingStatuses, mapping["status"], `${place}.status`),
    scimId: reader.optionalText(mapping["scimId"], `${place}.scimId`),
    sourceName: reader.text(mapping["sourceName"], `${place}.sourceName`),
    targetName: reader.text(mapping["targetName"], `${place}.targetName`),
    members: reader.set(mapping["members"], `${place}.members`),
    withheld: reader.set(mapping["withheld"], `${place}.withheld`),
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
