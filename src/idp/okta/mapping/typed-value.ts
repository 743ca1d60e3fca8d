/** What an expression yields as a value of an attribute that holds no text, by the data type of the attribute. */

import { isListType, type OktaDataType } from "../../../astro/okta-attributes/okta-data-type.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { describe, isList, type ExpressionValue } from "../expression/value.ts";
import type { AppValue } from "./app-attributes.ts";

/**
 * The value, or undefined where there is none: null, an empty text, an empty list.
 * @throws ExpressionError for a value of another data type, in the words of Okta's task (support article "Automatic Okta
 * Provisioning to AuditBoard Fails with Invalid Value Data Type Error"). Inferred: nothing is converted, not even a text for a list.
 */
export function typedValue(
  value: ExpressionValue,
  { attribute, type }: { readonly attribute: string; readonly type: OktaDataType },
): AppValue | undefined {
  if (value === null || value === "") return undefined;
  if (!isListType(type)) return oneOf(value, { attribute, type });
  if (!isList(value)) throw wrongType(value, { attribute, type });
  const entries = value.filter((entry) => entry !== null && entry !== "");
  const held = type === "string array" ? "string" : type === "number array" ? "number" : "integer";
  const values = entries.map((entry) => entryOf(entry, held) ?? { wrong: entry });
  const list = values.flatMap((entry) => (typeof entry === "object" ? [] : [entry]));
  if (list.length < values.length) throw wrongType(value, { attribute, type });
  return list.length === 0 ? undefined : list;
}

function oneOf(
  value: ExpressionValue,
  attribute: { readonly attribute: string; readonly type: OktaDataType },
): AppValue {
  if (attribute.type === "boolean" && typeof value === "boolean") return value;
  const held = attribute.type === "number" || attribute.type === "integer" ? attribute.type : undefined;
  const found = held === undefined ? undefined : entryOf(value, held);
  if (found === undefined) throw wrongType(value, attribute);
  return found;
}

function entryOf(value: ExpressionValue, held: "string" | "number" | "integer"): string | number | undefined {
  if (held === "string") return typeof value === "string" ? value : undefined;
  const isRight = typeof value === "number" && (held === "number" || Number.isInteger(value));
  return isRight ? value : undefined;
}

function wrongType(
  value: ExpressionValue,
  { attribute, type }: { readonly attribute: string; readonly type: OktaDataType },
): ExpressionError {
  return new ExpressionError(
    `Error setting property ${attribute}: Invalid value data type; its data type is ${type}, and the expression gives ${described(value)}`,
  );
}

/** Of a list what it holds, as far as a sentence has room. */
function described(value: ExpressionValue): string {
  return isList(value) ? `a list of ${value.slice(0, 5).map(describe).join(", ")}` : describe(value);
}
