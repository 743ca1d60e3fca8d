/** Attribute names in the spelling of RFC 7643: they are not case-sensitive (RFC 7643 §2.1). */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";

/** Those that a reading looks for; all others stay as they are. */
const names = [
  "id",
  "userName",
  "externalId",
  "displayName",
  "active",
  "emails",
  "roles",
  "members",
  "meta",
  "version",
  "value",
  "display",
  "type",
  "primary",
  "$ref",
  "totalResults",
  "Resources",
  "nextCursor",
] as const;

const spellingOf: ReadonlyMap<string, string> = new Map(names.map((name) => [name.toLowerCase(), name]));

/** Attributes whose own parts are looked at. */
const opened = ["emails", "roles", "members", "meta"] as const;

/** The resource or the page with the names as above; undefined where one stands there twice with two values. */
export function withUsualNames(resource: JsonObject): JsonObject | undefined {
  const usual = renamed(resource);
  if (usual === undefined) return undefined;
  let changed: Record<string, JsonValue> | undefined;
  for (const name of opened) {
    const value = usual[name];
    if (value === undefined) continue;
    const inner = renamedParts(value);
    if (inner === undefined) return undefined;
    if (inner !== value) changed = { ...changed, [name]: inner };
  }
  return changed === undefined ? usual : { ...usual, ...changed };
}

function renamedParts(value: JsonValue): JsonValue | undefined {
  if (!isJsonArray(value)) return isJsonObject(value) ? renamed(value) : value;
  if (value.every((part) => !isJsonObject(part) || isUsual(part))) return value;
  const parts = value.map((part) => (isJsonObject(part) ? renamed(part) : part));
  return parts.includes(undefined) ? undefined : parts.filter((part) => part !== undefined);
}

/** The same object where no name is spelt in another way. */
function renamed(object: JsonObject): JsonObject | undefined {
  if (isUsual(object)) return object;
  const found = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(object)) {
    const usual = usualName(name);
    const other = found.get(usual);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(value)) return undefined;
    found.set(usual, value);
  }
  return Object.fromEntries(found);
}

/** Asked of each resource and each of its parts. */
function isUsual(object: JsonObject): boolean {
  for (const name of Object.keys(object)) if (!isUsualName(name)) return false;
  return true;
}

/** Names that were found to be usual, for a server uses the same ones again and again. */
const known = new Set<string>(names);

const mostKnown = 1_000;

function isUsualName(name: string): boolean {
  if (known.has(name)) return true;
  if (usualName(name) !== name) return false;
  if (known.size < mostKnown) known.add(name);
  return true;
}

function usualName(name: string): string {
  return spellingOf.get(name.toLowerCase()) ?? name;
}
