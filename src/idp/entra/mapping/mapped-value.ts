/** The values that mappings make, by the type of their target. */

import { isJsonArray, isJsonObject, type JsonObject } from "../../../ground/json.ts";
import { foldCase } from "../../../ground/fold-case.ts";
import { isEmpty, textOf, type ExpressionValue } from "../expression/values.ts";
import type { TargetAttribute, TargetType } from "../../../astro/target-attribute.ts";

/** As a POST carries it. */
export type MappedValue = string | number | boolean | readonly JsonObject[];

/**
 * A value in the type of its target; undefined where there is none to send. Inferred: a Boolean takes the texts
 * `True` and `False` and no others; small letters, once a workaround, do not disable any more (Unleash PR #9336). Of
 * several values for one, the first counts.
 */
export function mappedValue(value: ExpressionValue, type: TargetType): MappedValue | undefined {
  if (isEmpty(value)) return undefined;
  switch (type) {
    case "boolean":
      return booleanOf(value);
    case "number": {
      const number = Number(textOf(firstOf(value)));
      return Number.isFinite(number) ? number : undefined;
    }
    case "objects":
      return isJsonArray(value) && value.every(isJsonObject) ? value : undefined;
    case "text":
    case "reference":
      return textOf(firstOf(value));
    default:
      return type satisfies never;
  }
}

/** Whether the target has that value already; what it returned comes as text. */
export function isSameValue(
  held: string | undefined,
  { value, target }: { readonly value: MappedValue; readonly target: TargetAttribute },
  compare: "schema" | "exact",
): boolean {
  if (held === undefined || typeof value === "object") return false;
  const exact = typeof value === "string" && (target.caseExact || compare === "exact");
  return exact ? held === value : foldCase(held) === foldCase(valueText(value));
}

/** A value as a filter, a name or a comparison has it. */
export function valueText(value: MappedValue): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function booleanOf(value: ExpressionValue): boolean | undefined {
  if (value === true || value === "True") return true;
  return value === false || value === "False" ? false : undefined;
}

function firstOf(value: ExpressionValue): ExpressionValue {
  if (typeof value !== "object" || value === null) return value;
  const [first] = value;
  return typeof first === "string" ? first : null;
}
