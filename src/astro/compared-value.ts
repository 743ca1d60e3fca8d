/**
 * Values of mapped attributes as the text by which both sides are compared, and as the JSON that is written. A text and a
 * number are their text, a boolean is `true` or `false`, a reference is the id that it holds, and a list of objects (roles) is the
 * JSON of its values, sorted.
 */

import { AppError } from "../ground/errors.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import { userResourceType } from "../scim/schema/user.ts";
import { comparisonAt } from "./attributes.ts";
import { parseMappedPath, readMappedValue, type MappedPath } from "./mapped-path.ts";
import { targetAttribute, type TargetType } from "./target-attribute.ts";

/** The provider's id of a user, which is not an attribute of a schema but of every resource (RFC 7643 §3.1). */
export const externalIdPath = "externalId";

const types = new Map<string, TargetType>();

/** What a user's attribute holds; `text` for one that no schema of ours knows. */
export function valueTypeAt(path: string): TargetType {
  const known = types.get(path);
  if (known !== undefined) return known;
  const type = typeAt(path);
  types.set(path, type);
  return type;
}

/** The text of what a resource has at a path; undefined where it has nothing. */
export function comparedText(resource: JsonObject, path: MappedPath): string | undefined {
  const found = asNamed(resource, path);
  switch (valueTypeAt(path.text)) {
    case "objects":
      return listText(valuesIn(attributeAt(resource, found)));
    case "reference":
      return idIn(attributeAt(resource, found));
    case "text":
    case "boolean":
    case "number":
      return readMappedValue(resource, found);
  }
}

/** The text of a list by its values; undefined for an empty one. */
export function listText(values: Iterable<string>): string | undefined {
  const sorted = [...new Set(values)].toSorted();
  return sorted.length === 0 ? undefined : JSON.stringify(sorted);
}

/** The values of a list's text. */
export function valuesOfList(text: string | undefined): readonly string[] {
  const values: unknown = text === undefined ? [] : JSON.parse(text);
  return Array.isArray(values) ? values.map(String) : [];
}

/** What each of several values says: servers keep the JSON text that Entra ID's older PATCH sends as it came. */
export function valuesIn(list: JsonValue | undefined): readonly string[] {
  const values = isJsonArray(list) ? list : list === undefined ? [] : [list];
  return values.flatMap((one) => {
    const value = isJsonObject(one) ? (one["value"] ?? one["display"]) : one;
    if (typeof value === "string") return value === "" ? [] : [unpacked(value)];
    return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
  });
}

/** The JSON that is written for a text. */
export function writtenValue(path: string, text: string): JsonValue {
  switch (valueTypeAt(path)) {
    case "boolean":
      return isTrue(text) ? true : foldCase(text) === "false" ? false : text;
    case "number":
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case "objects":
      return valuesOfList(text).map((value) => ({ value }));
    case "reference":
      return { value: text };
    case "text":
      return text;
  }
}

/**
 * Compares two values at a mapped attribute path; undefined is no value. Texts in Unicode NFC, for directories hold `é` in
 * both its forms; e-mail addresses without regard to case, for servers fold them; booleans in any case, for Entra ID writes "True".
 */
export function isSameValue(path: string, a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const type = valueTypeAt(path);
  if (type === "boolean") return foldCase(a) === foldCase(b);
  if (type === "number") return Number(a) === Number(b);
  if (type === "reference" || type === "objects") return false;
  return comparisonAt(path) === "ignoring-case"
    ? foldCase(a) === foldCase(b)
    : a.normalize() === b.normalize();
}

function typeAt(path: string): TargetType {
  try {
    return targetAttribute(path, userResourceType).type;
  } catch (error) {
    if (error instanceof AppError) return "text";
    throw error;
  }
}

function attributeAt(resource: JsonObject, { extension, attribute }: MappedPath): JsonValue | undefined {
  const container = extension === undefined ? resource : resource[extension];
  return isJsonObject(container) && Object.hasOwn(container, attribute) ? container[attribute] : undefined;
}

/** A reference as servers give it: an object, the id alone, or a list of one. */
function idIn(value: JsonValue | undefined): string | undefined {
  const one = isJsonArray(value) ? value[0] : value;
  const id = isJsonObject(one) ? one["value"] : one;
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id !== "" ? id : undefined;
}

function unpacked(text: string): string {
  if (!text.startsWith("{")) return text;
  try {
    const parsed: unknown = JSON.parse(text);
    const value =
      typeof parsed === "object" && parsed !== null && "value" in parsed ? parsed.value : undefined;
    return typeof value === "string" && value !== "" ? value : text;
  } catch {
    return text;
  }
}

/** The same path in the spelling of the resource: neither URNs nor names are case-sensitive (RFC 7643 §2.1, RFC 8141 §3.1). */
function asNamed(resource: JsonObject, path: MappedPath): MappedPath {
  if (path.extension === undefined && Object.hasOwn(resource, path.attribute)) return path;
  const extension = path.extension === undefined ? undefined : spellingIn(resource, path.extension);
  const container = extension === undefined ? resource : resource[extension];
  if (!isJsonObject(container)) return path;
  const attribute = spellingIn(container, path.attribute);
  const isSame = attribute === path.attribute && extension === path.extension;
  return isSame ? path : { ...path, extension, attribute };
}

/** Asked of each user for each mapped attribute, and most users lack most of them: names of another length are not folded. */
function spellingIn(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const folded = name.toLowerCase();
  for (const other of Object.keys(object)) {
    if (other.length === folded.length && other.toLowerCase() === folded) return other;
  }
  return name;
}

function isTrue(text: string): boolean {
  return foldCase(text) === "true";
}

/** The path of one value of a list without the part that is meant: `emails[type eq "work"]`. */
export function entryOf(text: string): string | undefined {
  const { extension, attribute, selector } = parseMappedPath(text);
  if (selector === undefined) return undefined;
  return JSON.stringify([
    extension ?? "",
    attribute.toLowerCase(),
    selector.attribute.toLowerCase(),
    foldCase(String(selector.value)),
  ]);
}
