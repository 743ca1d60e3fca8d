/**
 * The syntax tree of an attribute-mapping expression (Microsoft: Reference for writing expressions for attribute
 * mappings in Microsoft Entra ID).
 */

export const comparisonOperators = ["=", "<>", ">", ">=", "<", "<="] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** How InStr compares: ignoring case, or exactly. */
export const compareTypes = ["vbTextCompare", "vbBinaryCompare"] as const;
export type CompareType = (typeof compareTypes)[number];

/** `[mail]`: an attribute of the source object. `at` is its offset in the text, counted from 0. */
export interface AttributeReference {
  readonly kind: "attribute";
  readonly name: string;
  readonly at: number;
}

export interface CallExpression {
  readonly kind: "call";
  readonly name: string;
  /** Null where an argument is empty: a parameter that is not given. */
  readonly arguments: readonly (Expression | null)[];
}

/** The condition of IIF or CBool. */
export interface ComparisonExpression {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type Expression =
  | AttributeReference
  | CallExpression
  | ComparisonExpression
  | { readonly kind: "literal"; readonly value: string | number }
  | { readonly kind: "compare-type"; readonly name: CompareType };

/** Every attribute that an expression speaks of, in the order in which they stand in it. */
export function referencesIn(expression: Expression): readonly AttributeReference[] {
  if (expression.kind === "attribute") return [expression];
  return partsOf(expression).flatMap(referencesIn);
}

/** Every call in an expression, itself included. */
export function callsIn(expression: Expression): readonly CallExpression[] {
  const within = partsOf(expression).flatMap(callsIn);
  return expression.kind === "call" ? [expression, ...within] : within;
}

/**
 * Whether the provisioning logs show `[Redact]` in place of the value (Redact). Inferred: wherever the call stands in
 * the expression.
 */
export function isRedacted(expression: Expression): boolean {
  if (expression.kind === "call" && expression.name === "Redact") return true;
  return partsOf(expression).some(isRedacted);
}

/** The text or number that an argument writes out; undefined where it is computed, or not given. */
export function literalText(argument: Expression | null | undefined): string | undefined {
  return argument?.kind === "literal" ? String(argument.value) : undefined;
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "call":
      return expression.arguments.filter((one) => one !== null);
    case "comparison":
      return [expression.left, expression.right];
    case "attribute":
    case "literal":
    case "compare-type":
      return [];
    default:
      return expression satisfies never;
  }
}
