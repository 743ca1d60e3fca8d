/** What an Okta expression may yield, and how its values count as text and as lists. */

import { ExpressionError } from "./expression-error.ts";

export type ExpressionValue =
  | string
  | number
  | boolean
  | null
  | readonly ExpressionValue[]
  | ExpressionObject;

/** A user, a group or a map: what has attributes of its own. */
export interface ExpressionObject {
  readonly noun: "user" | "group" | "map" | "profile";
  readonly attributes: ReadonlyMap<string, ExpressionValue>;
}

/** No text of a mapping is longer; nested replacements could grow one without end. */
export const maxTextLength = 65_536;

export function textTooLong(): ExpressionError {
  return new ExpressionError(`A string would be longer than ${maxTextLength} characters`);
}

export function isList(value: ExpressionValue): value is readonly ExpressionValue[] {
  return Array.isArray(value);
}

export function isObject(value: ExpressionValue): value is ExpressionObject {
  return typeof value === "object" && value !== null && !isList(value);
}

/**
 * A value as text. Inferred: null counts as an empty text, which Okta's own idiom `String.len(user.middleName) == 0`
 * relies on; a list is joined by commas, as Spring converts it where a text is asked for.
 * @throws ExpressionError for a user, a group or a map
 */
export function textOf(value: ExpressionValue): string {
  if (value === null) return "";
  if (isList(value)) return limitedText(value.map(textOf).join(","));
  if (isObject(value))
    throw new ExpressionError(`${describe(value)} is not a string; read an attribute of it`);
  return String(value);
}

/**
 * A value as a list: a text is split at its commas (Okta Expression Language overview, Array functions). Inferred: the
 * spaces around each part go, as Spring splits; null has no entries, as `Arrays.size(NULL)` shows; any other
 * value is the only entry.
 */
export function listOf(value: ExpressionValue): readonly ExpressionValue[] {
  if (value === null || value === "") return [];
  if (isList(value)) return value;
  return typeof value === "string" ? value.split(",").map((part) => part.trim()) : [value];
}

/** Equality as in `==`: of one type, lists entry by entry. */
export function isSameValue(left: ExpressionValue, right: ExpressionValue): boolean {
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((one, index) => isSameValue(one, right[index] ?? null));
  }
  return left === right;
}

/** @throws ExpressionError for a text that is too long */
export function limitedText(text: string): string {
  if (text.length > maxTextLength) throw textTooLong();
  return text;
}

/** A value as a message speaks of it. */
export function describe(value: ExpressionValue): string {
  if (value === null) return "null";
  if (isList(value)) return "a list";
  if (isObject(value)) return `a ${value.noun}`;
  return typeof value === "string" ? `the string '${value.slice(0, 40)}'` : String(value);
}
