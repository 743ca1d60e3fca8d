/** The canonical value of an attribute that is not complex (RFC 7643 §2.3). */

import { isJsonArray, type JsonValue } from "../json.ts";
import { bodyLimits } from "./body-limits.ts";
import { parseDateTime } from "./date-time.ts";
import { ScimError } from "./error.ts";
import { booleanFromText } from "./leniency.ts";
import type { Attribute } from "./schema/attribute.ts";

/**
 * Checks a value against its attribute's type. Text is kept as it was sent, empty text too, because providers
 * compare what they read back; only a required text must say something (RFC 7643 §4.1.1).
 * @throws ScimError invalidValue
 */
export function coerceSimple(attribute: Attribute, value: unknown, place: string): JsonValue {
  switch (attribute.type) {
    case "boolean":
      return coerceBoolean(attribute, value, place);
    case "decimal":
    case "integer":
      return coerceNumber(attribute, value, place);
    case "dateTime":
      return coerceFormat(attribute, value, place, dateTime);
    case "binary":
      return coerceFormat(attribute, value, place, base64);
    case "string":
    case "reference":
      return coerceText(attribute, value, place);
    case "complex":
      break;
  }
  throw mustBe(attribute, "an object", value, place);
}

/** The error for a value of the wrong type; it shows the value unless that is a secret. */
export function mustBe(attribute: Attribute, expected: string, value: unknown, place: string): ScimError {
  return new ScimError("invalidValue", `${place} must be ${expected}, got ${describe(attribute, value)}.`);
}

interface TextFormat {
  readonly expected: string;
  readonly matches: (text: string) => boolean;
}

const dateTime: TextFormat = {
  expected: "a date and time such as 2026-01-31T12:00:00Z",
  matches: (text) => parseDateTime(text) !== undefined,
};

const base64: TextFormat = { expected: "base64", matches: (text) => /^[\w+/-]*={0,2}$/.test(text) };

function coerceBoolean(attribute: Attribute, value: unknown, place: string): boolean {
  const truth = booleanFromText(value);
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
  if (value.length > bodyLimits.maxStringLength) {
    const limit = bodyLimits.maxStringLength;
    throw new ScimError(
      "invalidValue",
      `${place} has ${value.length} characters; at most ${limit} are accepted.`,
    );
  }
  if (attribute.required && value.trim() === "")
    throw new ScimError("invalidValue", `${place} must not be empty.`);
  return value;
}

function coerceFormat(attribute: Attribute, value: unknown, place: string, format: TextFormat): string {
  const text = coerceText(attribute, value, place);
  if (!format.matches(text)) throw mustBe(attribute, format.expected, value, place);
  return text;
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
