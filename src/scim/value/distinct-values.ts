/** The two rules that hold between the values of one attribute: none twice, and at most one primary. */

import { isJsonObject, type JsonValue } from "../../ground/json.ts";
import type { Attribute } from "../schema/attribute.ts";
import { identifyingAttributes, isIdentifiedByValue, valueKey } from "./value-key.ts";

/**
 * The values without those that count as the same (RFC 7643 §2.4), and with one primary: the last new one,
 * else the last; `primary` of the others becomes false (RFC 7644 §3.5.2). Of two that count as the same
 * the first keeps its place and its spelling, and takes what only the second one says.
 */
export function distinctValues(
  attribute: Attribute,
  values: readonly JsonValue[],
  isNew: (value: JsonValue) => boolean = () => true,
): readonly JsonValue[] {
  if (values.length <= 1) return values;
  const byKey = new Map<string, JsonValue>();
  const newPrimaries = new Set<string>();
  for (const value of values) {
    const key = valueKey(attribute, value);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? value : mergeSame(attribute, known, value));
    if (isPrimary(value) && isNew(value)) newPrimaries.add(key);
  }
  let primary = "";
  for (const [key, value] of byKey) {
    if (isPrimary(value) && (newPrimaries.has(key) || !newPrimaries.has(primary))) primary = key;
  }
  return Array.from(byKey, ([key, value]) => (key === primary ? value : withoutPrimary(value)));
}

function mergeSame(attribute: Attribute, known: JsonValue, value: JsonValue): JsonValue {
  if (!isJsonObject(known) || !isJsonObject(value) || isIdentifiedByValue(attribute)) return known;
  const same = new Set(identifyingAttributes(attribute, known).map(({ name }) => name));
  const others = Object.entries(value).filter(([name]) => !same.has(name));
  return others.length === 0 ? known : { ...known, ...Object.fromEntries(others) };
}

function isPrimary(value: JsonValue): boolean {
  return isJsonObject(value) && value["primary"] === true;
}

function withoutPrimary(value: JsonValue): JsonValue {
  return isJsonObject(value) && isPrimary(value) ? { ...value, primary: false } : value;
}
