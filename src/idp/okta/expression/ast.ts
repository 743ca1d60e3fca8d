/** The syntax tree of an Okta expression (Okta: Expression Language overview), as far as profile mappings need it. */

import type { ReferenceRoot } from "./context.ts";
import type { ExpressionFunction } from "./functions/function.ts";

export type BinaryOperator = "+" | "-" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "matches" | "and" | "or";

/** `user.<attribute>`, `appuser.<attribute>`, `app.<property>`, `org.<property>`. */
export interface AttributeReference {
  readonly kind: "reference";
  readonly root: ReferenceRoot;
  readonly attribute: string;
  /** Where it stands in the text, counted from 0, as everywhere in the tree. */
  readonly at: number;
}

export interface FunctionCall {
  readonly kind: "call";
  readonly called: ExpressionFunction;
  readonly arguments: readonly Expression[];
  readonly at: number;
}

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** Of the operator. */
  readonly at: number;
}

export interface MapEntry {
  readonly key: string;
  readonly value: Expression;
}

/** What calculates with the values of other expressions. */
export type Operation =
  | BinaryExpression
  | { readonly kind: "not" | "minus"; readonly operand: Expression; readonly at: number }
  /** `condition ? whenTrue : whenFalse` */
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
      readonly at: number;
    }
  /** `value ?: fallback`: the fallback where the value is null or an empty text. */
  | {
      readonly kind: "elvis";
      readonly value: Expression;
      readonly fallback: Expression;
      readonly at: number;
    };

export type Expression =
  | Operation
  | AttributeReference
  | FunctionCall
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly at: number }
  /** `{1, 2}` */
  | { readonly kind: "list"; readonly entries: readonly Expression[]; readonly at: number }
  /** `{'key': 1}` */
  | { readonly kind: "map"; readonly entries: readonly MapEntry[]; readonly at: number }
  /** `name` within a projection: an attribute of the entry that it looks at. */
  | { readonly kind: "own-attribute"; readonly attribute: string; readonly at: number }
  /** `target.attribute` */
  | {
      readonly kind: "member";
      readonly target: Expression;
      readonly attribute: string;
      readonly at: number;
    }
  /** `target[position]` */
  | {
      readonly kind: "index";
      readonly target: Expression;
      readonly position: Expression;
      readonly at: number;
    }
  /** `target.![each]` */
  | {
      readonly kind: "projection";
      readonly target: Expression;
      readonly each: Expression;
      readonly at: number;
    };

const operations: ReadonlySet<string> = new Set<Operation["kind"]>([
  "binary",
  "not",
  "minus",
  "conditional",
  "elvis",
]);

export function isOperation(expression: Expression): expression is Operation {
  return operations.has(expression.kind);
}

/** Every attribute that an expression speaks of, in the order in which they stand in it. */
export function referencesIn(expression: Expression): readonly AttributeReference[] {
  return partsOf(expression).flatMap((part) => (part.kind === "reference" ? [part] : []));
}

/** Every call in an expression, in the order in which they stand in it. */
export function callsIn(expression: Expression): readonly FunctionCall[] {
  return partsOf(expression).flatMap((part) => (part.kind === "call" ? [part] : []));
}

/** The expression and everything within it. */
function partsOf(expression: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  const left = [expression];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    parts.push(part);
    left.push(...childrenOf(part).toReversed());
  }
  return parts;
}

function childrenOf(expression: Expression): readonly Expression[] {
  if (isOperation(expression)) return operandsOf(expression);
  switch (expression.kind) {
    case "literal":
    case "reference":
    case "own-attribute":
      return [];
    case "list":
      return expression.entries;
    case "map":
      return expression.entries.map(({ value }) => value);
    case "member":
      return [expression.target];
    case "index":
      return [expression.target, expression.position];
    case "projection":
      return [expression.target, expression.each];
    case "call":
      return expression.arguments;
    default:
      return expression satisfies never;
  }
}

function operandsOf(operation: Operation): readonly Expression[] {
  switch (operation.kind) {
    case "not":
    case "minus":
      return [operation.operand];
    case "binary":
      return [operation.left, operation.right];
    case "conditional":
      return [operation.condition, operation.whenTrue, operation.whenFalse];
    case "elvis":
      return [operation.value, operation.fallback];
    default:
      return operation satisfies never;
  }
}
