/** The canonical value of an attribute that is not complex (RFC 7643 §2.3). */

import { isJsonArray, type JsonValue } from "../../ground/json.ts";
import { bodyLimits } from "../body-limits.ts";
import { parseDateTime } from "./date-time.ts";
import { ScimError } from "../error.ts";
import { booleanFromText, type Leniency } from "../leniency.ts";
import type { Attribute, AttributeType } from "../schema/attribute.ts";

type Coerce = (attribute: Attribute, value: unknown, place: string, leniency: Leniency) => JsonValue;

/**
 * Checks a value against its attribute's type. Text is kept as it was sent, empty text too, because providers
 * compare what they read back; only a required text must say something (RFC 7643 §4.1.1).
 * Each throws ScimError invalidValue.
 */
export const coerceSimple: Readonly<Record<Exclude<AttributeType, "complex">, Coerce>> = {
  string: coerceText,
  reference: coerceText,
  boolean: coerceBoolean,
  decimal: coerceNumber,
  integer: coerceNumber,
  dateTime: coerceDateTime,
  binary: coerceBinary,
};

/** The error for a value of the wrong type; it shows the value unless that is a secret. */
export function mustBe(attribute: Attribute, expected: string, value: unknown, place: string): ScimError {
  return invalidValue(`${place} must be ${expected}, got ${describe(attribute, value)}.`);
}

function coerceBoolean(attribute: Attribute, value: unknown, place: string, leniency: Leniency): boolean {
  const truth = booleanFromText(value, leniency);
  if (typeof truth !== "boolean") throw mustBe(attribute, "a boolean", value, place);
  return truth;
}

function coerceNumber(attribute: Attribute, value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw mustBe(attribute, "a number", value, place);
  if (attribute.type === "integer" && !Number.isInteger(value)) {
    throw mustBe(attribute, "a whole number", value, place);
  }
  return value;
}

function coerceText(attribute: Attribute, value: unknown, place: string): string {
  if (typeof value !== "string") throw mustBe(attribute, "a string", value, place);
  const limit = bodyLimits.maxStringLength;
  if (value.length > limit)
    throw invalidValue(`${place} has ${value.length} characters, more than ${limit}.`);
  if (attribute.required && value.trim() === "") throw invalidValue(`${place} must not be empty.`);
  return value;
}

function coerceDateTime(attribute: Attribute, value: unknown, place: string): string {
  const text = coerceText(attribute, value, place);
  if (parseDateTime(text) !== undefined) return text;
  throw mustBe(attribute, "a date and time such as 2026-01-31T12:00:00Z", value, place);
}

function coerceBinary(attribute: Attribute, value: unknown, place: string): string {
  const text = coerceText(attribute, value, place);
  if (/^[\w+/-]*={0,2}$/.test(text)) return text;
  throw mustBe(attribute, "base64", value, place);
}

function invalidValue(detail: string): ScimError {
  return new ScimError("invalidValue", detail);
}

function describe(attribute: Attribute, value: unknown): string {
  if (isJsonArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (attribute.mutability === "writeOnly") return `a ${typeof value}`;
  if (typeof value === "string") return quote(value);
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** The text in quotes, short, with its control characters escaped. */
function quote(text: string): string {
  return text.length > 40 ? `${JSON.stringify(text.slice(0, 40))}…` : JSON.stringify(text);
}
