/** One comparison of a filter, turned into a test of one value by the rules of the attribute's type. */

import type { JsonValue } from "../../ground/json.ts";
import { parseDateTime } from "../value/date-time.ts";
import { ScimError } from "../error.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { booleanFromText, lenient, type Leniency } from "../leniency.ts";
import type { Attribute, AttributeType } from "../schema/attribute.ts";
import type { ComparisonOperator, ComparisonValue } from "./ast.ts";
import { parseJsonNumber } from "./json-number.ts";

/** Whether one value of an attribute, null where it is unassigned, meets a condition. */
export type ValueTest = (value: JsonValue) => boolean;

type Assigned = Exclude<ComparisonValue, null>;
type Comparison = (
  attribute: Attribute,
  operator: ComparisonOperator,
  value: Assigned,
  leniency: Leniency,
) => ValueTest;

/**
 * The test of `attribute operator value` (RFC 7644 §3.4.2.2, table 3): strings by `caseExact`, dates as
 * instants, booleans only by `eq` and `ne`. An unassigned value is null (RFC 7643 §2.5): it is `eq null`, it
 * is `ne` to everything else, and in no order. Deviation: a string that reads as the attribute's type is
 * taken for it, for Entra sends booleans as "True" and "False".
 * @throws ScimError invalidFilter where operator or value do not go with the attribute's type.
 */
export function compileComparison(
  attribute: Attribute,
  operator: ComparisonOperator,
  value: ComparisonValue,
  leniency: Leniency = lenient,
): ValueTest {
  if (value === null) return compareWithNull(attribute, operator);
  return comparisonOfType[attribute.type](attribute, operator, value, leniency);
}

const comparisonOfType: Readonly<Record<AttributeType, Comparison>> = {
  string: compareString,
  reference: compareString,
  binary: compareString,
  boolean: compareBoolean,
  integer: compareNumber,
  decimal: compareNumber,
  dateTime: compareDateTime,
  complex: refuseComplex,
};

const textTests: Readonly<Record<ComparisonOperator, (held: string, wanted: string) => boolean>> = {
  eq: (held, wanted) => held === wanted,
  ne: (held, wanted) => held !== wanted,
  co: (held, wanted) => held.includes(wanted),
  sw: (held, wanted) => held.startsWith(wanted),
  ew: (held, wanted) => held.endsWith(wanted),
  gt: (held, wanted) => held > wanted,
  ge: (held, wanted) => held >= wanted,
  lt: (held, wanted) => held < wanted,
  le: (held, wanted) => held <= wanted,
};

/** Of numbers and instants: by how far what is held lies above what is wanted. */
const differenceTests: Readonly<Partial<Record<ComparisonOperator, (difference: number) => boolean>>> = {
  eq: (difference) => difference === 0,
  ne: (difference) => difference !== 0,
  gt: (difference) => difference > 0,
  ge: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  le: (difference) => difference <= 0,
};

function compareWithNull(attribute: Attribute, operator: ComparisonOperator): ValueTest {
  if (operator === "eq") return (value) => value === null;
  if (operator === "ne") return (value) => value !== null;
  throw unsupported(attribute, operator, "null can only be compared with eq and ne");
}

function compareBoolean(
  attribute: Attribute,
  operator: ComparisonOperator,
  wanted: Assigned,
  leniency: Leniency,
): ValueTest {
  const flag = booleanFromText(wanted, leniency);
  if (typeof flag !== "boolean") throw wrongValue(attribute, wanted, "true or false");
  if (operator === "eq") return (value) => value === flag;
  if (operator === "ne") return (value) => value !== flag;
  throw unsupported(attribute, operator, "a boolean can only be compared with eq and ne");
}

function compareNumber(attribute: Attribute, operator: ComparisonOperator, wanted: Assigned): ValueTest {
  const number = typeof wanted === "string" ? parseJsonNumber(wanted) : wanted;
  if (typeof number !== "number") throw wrongValue(attribute, wanted, "a number");
  const holds = differenceTest(attribute, operator);
  return whereAssigned(operator, (value) => typeof value === "number" && holds(value - number));
}

function compareDateTime(attribute: Attribute, operator: ComparisonOperator, wanted: Assigned): ValueTest {
  const instant = typeof wanted === "string" ? parseDateTime(wanted) : undefined;
  if (instant === undefined) throw wrongValue(attribute, wanted, 'a date such as "2026-01-31T09:30:00Z"');
  const holds = differenceTest(attribute, operator);
  return whereAssigned(operator, (value) => {
    const held = typeof value === "string" ? parseDateTime(value) : undefined;
    return held !== undefined && holds(held - instant);
  });
}

function compareString(attribute: Attribute, operator: ComparisonOperator, wanted: Assigned): ValueTest {
  if (typeof wanted !== "string") throw wrongValue(attribute, wanted, 'a string in "quotes"');
  if (attribute.type === "binary" && isOrder(operator)) {
    throw unsupported(attribute, operator, "binary values cannot be ordered");
  }
  const fold = attribute.caseExact ? asWritten : foldCase;
  const text = fold(wanted);
  const holds = textTests[operator];
  return whereAssigned(operator, (value) => typeof value === "string" && holds(fold(value), text));
}

function asWritten(text: string): string {
  return text;
}

function differenceTest(attribute: Attribute, operator: ComparisonOperator): (difference: number) => boolean {
  const test = differenceTests[operator];
  if (test === undefined) throw unsupported(attribute, operator, "only strings can be compared in part");
  return test;
}

function refuseComplex(attribute: Attribute): never {
  throw new ScimError("invalidFilter", `${attribute.name} is complex: name one of its sub-attributes.`);
}

function whereAssigned(operator: ComparisonOperator, test: ValueTest): ValueTest {
  const whenUnassigned = operator === "ne";
  return (value) => (value === null ? whenUnassigned : test(value));
}

function isOrder(operator: ComparisonOperator): boolean {
  return operator === "gt" || operator === "ge" || operator === "lt" || operator === "le";
}

function unsupported(attribute: Attribute, operator: ComparisonOperator, why: string): ScimError {
  return new ScimError("invalidFilter", `${attribute.name} does not support ${operator}: ${why}.`);
}

function wrongValue(attribute: Attribute, value: Assigned, expected: string): ScimError {
  const found = JSON.stringify(value).slice(0, 60);
  return new ScimError(
    "invalidFilter",
    `${attribute.name} must be compared with ${expected}, not with ${found}.`,
  );
}
