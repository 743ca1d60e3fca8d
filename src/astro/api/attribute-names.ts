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
const opened: ReadonlySet<string> = new Set(["emails", "roles", "members", "meta"]);

/** The resource or the page with the names as above; undefined where one stands there twice with two values. */
export function withUsualNames(resource: JsonObject): JsonObject | undefined {
  const usual = renamed(resource);
  if (usual === undefined) return undefined;
  const parts = Object.entries(usual).filter(([name]) => opened.has(name));
  const changed: [string, JsonValue][] = [];
  for (const [name, value] of parts) {
    const inner = renamedParts(value);
    if (inner === undefined) return undefined;
    if (inner !== value) changed.push([name, inner]);
  }
  return changed.length === 0 ? usual : { ...usual, ...Object.fromEntries(changed) };
}

function renamedParts(value: JsonValue): JsonValue | undefined {
  if (!isJsonArray(value)) return isJsonObject(value) ? renamed(value) : value;
  const parts = value.map((part) => (isJsonObject(part) ? renamed(part) : part));
  if (parts.includes(undefined)) return undefined;
  return parts.every((part, at) => part === value[at]) ? value : parts.filter((part) => part !== undefined);
}

/** The same object where no name is spelt in another way. */
function renamed(object: JsonObject): JsonObject | undefined {
  const entries = Object.entries(object);
  if (entries.every(([name]) => usualName(name) === name)) return object;
  const found = new Map<string, JsonValue>();
  for (const [name, value] of entries) {
    const usual = usualName(name);
    const other = found.get(usual);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(value)) return undefined;
    found.set(usual, value);
  }
  return Object.fromEntries(found);
}

function usualName(name: string): string {
  return spellingOf.get(name.toLowerCase()) ?? name;
}
