/** The values that mappings make, by the type of their target. */

import { isJsonObject, type JsonObject } from "../../../ground/json.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { isEmpty, textOf, type ExpressionValue } from "../expression/values.ts";
import { SingleValueError } from "../expression/expression-error.ts";
import type { TargetAttribute } from "../../../astro/target-attribute.ts";

/** As a POST carries it. */
export type MappedValue = string | number | boolean | readonly JsonObject[];

/**
 * A value in the type of its target; undefined where there is none to send. Inferred: a Boolean takes the texts
 * `True` and `False` and no others; small letters, once a workaround, do not disable any more (Unleash PR #9336).
 * Inferred: a text in a list of objects is the `value` of one.
 * @throws SingleValueError for several values where the target takes one (Microsoft: Understand how provisioning logs
 * work, error codes)
 */
export function mappedValue(
  value: ExpressionValue,
  { type, path }: Pick<TargetAttribute, "type" | "path">,
): MappedValue | undefined {
  if (isEmpty(value)) return undefined;
  if (type === "objects") return objectsOf(value);
  const single = singleOf(value, path.text);
  if (isEmpty(single)) return undefined;
  switch (type) {
    case "boolean":
      return booleanOf(single);
    case "number": {
      const number = Number(textOf(single));
      return Number.isFinite(number) ? number : undefined;
    }
    case "text":
    case "reference":
      return textOf(single);
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

function objectsOf(value: ExpressionValue): readonly JsonObject[] {
  const values = typeof value === "object" && value !== null ? value : [value];
  return values.map((one) => (isJsonObject(one) ? one : { value: one }));
}

/** The one value of a list; an object stands in no single-valued attribute of text. */
function singleOf(value: ExpressionValue, target: string): ExpressionValue {
  if (typeof value !== "object" || value === null) return value;
  if (value.length > 1) {
    throw new SingleValueError(`${target} takes one value, and its mapping has ${value.length}.`);
  }
  const [single] = value;
  return typeof single === "string" ? single : null;
}
