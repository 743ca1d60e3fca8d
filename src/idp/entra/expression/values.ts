/** The values of expressions, and how one kind stands for another. */

import type { JsonObject } from "../../../ground/json.ts";
import { DotnetError } from "../dotnet/dotnet-error.ts";

/**
 * What an expression may yield. Dates are texts in the form `M/d/yyyy h:mm:ss tt`; objects are the roles of the
 * app role functions.
 */
export type ExpressionValue = string | number | boolean | null | readonly string[] | readonly JsonObject[];

export function isEmpty(value: ExpressionValue): boolean {
  return value === null || value === "" || (typeof value === "object" && value.length === 0);
}

/**
 * A value as text: null is the empty text, and booleans are `True` and `False`.
 * @throws DotnetError for a multi-valued attribute
 */
export function textOf(value: ExpressionValue): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "object") {
    throw new DotnetError(
      "A multi-valued attribute is not a string; Join makes a string of it, Item takes one of its values.",
    );
  }
  return String(value);
}

/** The values of a multi-valued attribute; one value counts as a list of one, null as an empty one. */
export function listOf(value: ExpressionValue): readonly string[] {
  if (value === null) return [];
  if (isTextList(value)) return value;
  return [textOf(value)];
}

function isTextList(value: ExpressionValue): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** A number, or a text that writes one; undefined for everything else. */
export function numberOf(value: ExpressionValue): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^\s*-?\d+(?:\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

/** @throws DotnetError for what is not a whole number; `what` begins the message */
export function integerOf(value: ExpressionValue, what: string): number {
  const number = numberOf(value);
  if (number !== undefined && Number.isInteger(number)) return number;
  throw new DotnetError(`${what} must be a whole number, not ${describe(value)}.`);
}

/** A boolean, or a text that .NET's Boolean.Parse takes for one, whatever its case; undefined for everything else. */
export function booleanOf(value: ExpressionValue): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const text = value.trim().toLowerCase();
  if (text === "true") return true;
  return text === "false" ? false : undefined;
}

/** A value as a message shows it. */
export function describe(value: ExpressionValue): string {
  if (value === null) return "nothing";
  if (typeof value === "object") return "a list";
  return typeof value === "string" ? `"${value.slice(0, 40)}"` : textOf(value);
}
