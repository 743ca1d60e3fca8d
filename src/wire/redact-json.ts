/** Secrets inside JSON bodies: a copy of the body without the values of secret names. */

import { isJsonArray, isJsonObject } from "../ground/json.ts";
import type { JsonObject, JsonValue } from "../ground/json.ts";
import { maxJsonNesting } from "./parse-json-text.ts";
import { comparesSecret, isSecretName } from "./secret-names.ts";

/** What stands where a secret stood. */
export const redacted = "[redacted]";

/**
 * The value without what secret names hold, at any depth, and with `hide` applied to every other string, names
 * included.
 * The `value` of a PATCH operation whose `path` names a secret is one too (RFC 7644 §3.5.2).
 * Gives back the very same value where there was nothing to redact.
 */
export function redactJson(value: JsonValue, hide: (text: string) => string, depth = 0): JsonValue {
  if (typeof value === "string") return hide(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > maxJsonNesting) return redacted;
  if (isJsonArray(value)) {
    const items = value.map((item) => redactJson(item, hide, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return isJsonObject(value) ? redactJsonObject(value, hide, depth) : value;
}

/** `redactJson` of an object. */
export function redactJsonObject(object: JsonObject, hide: (text: string) => string, depth = 0): JsonObject {
  const isSecret = secretMembers(object);
  const members = Object.entries(object).map(([name, value]): [string, JsonValue] => [
    hide(name),
    isSecret(name) ? redacted : redactJson(value, hide, depth + 1),
  ]);
  // `fromEntries` defines own members, so that a `__proto__` in the body stays a plain name.
  const isChanged = members.some(([name, value]) => !Object.hasOwn(object, name) || value !== object[name]);
  return isChanged ? Object.fromEntries(members) : object;
}

/** The strings that secret names hold, so that an echo of one elsewhere can be found. */
export function secretStrings(value: JsonValue | undefined, depth = 0): readonly string[] {
  if (typeof value !== "object" || value === null || depth > maxJsonNesting) return [];
  if (isJsonArray(value)) return value.flatMap((item) => secretStrings(item, depth + 1));
  if (!isJsonObject(value)) return [];
  const isSecret = secretMembers(value);
  return Object.entries(value).flatMap(([name, member]) =>
    isSecret(name) && typeof member === "string" ? [member] : secretStrings(member, depth + 1),
  );
}

/** Which members of this object are secret: by their own name, as the value of an operation on one, as a filter on one. */
function secretMembers(object: JsonObject): (name: string) => boolean {
  const path = Object.entries(object).find(([name]) => name.toLowerCase() === "path")?.[1];
  const operatesOnSecret = typeof path === "string" && (isSecretName(path) || comparesSecret(path));
  return (name) => {
    if (isSecretName(name)) return true;
    const value = object[name];
    const key = name.toLowerCase();
    if (key === "value") return operatesOnSecret;
    return (key === "filter" || key === "path") && typeof value === "string" && comparesSecret(value);
  };
}
