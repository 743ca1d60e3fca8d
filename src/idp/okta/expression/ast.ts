/** The syntax tree of an Okta expression (Okta: Expression Language overview), as far as profile mappings need it. */

export type BinaryOperator = "+" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or";

/** `user.<attribute>`: an attribute of the Okta profile. */
export interface AttributeReference {
  readonly kind: "reference";
  readonly attribute: string;
  /** Where it stands in the text, counted from 0. */
  readonly at: number;
}

export type Expression =
  | AttributeReference
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `condition ? whenTrue : whenFalse` */
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  /** `value ?: fallback`: the fallback where the value is null or an empty text. */
  | { readonly kind: "elvis"; readonly value: Expression; readonly fallback: Expression };

/** Every attribute that an expression speaks of, in the order in which they stand in it. */
export function referencesIn(expression: Expression): readonly AttributeReference[] {
  switch (expression.kind) {
    case "reference":
      return [expression];
    case "literal":
      return [];
    case "call":
      return expression.arguments.flatMap(referencesIn);
    case "not":
      return referencesIn(expression.operand);
    case "binary":
      return [...referencesIn(expression.left), ...referencesIn(expression.right)];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse].flatMap(referencesIn);
    case "elvis":
      return [...referencesIn(expression.value), ...referencesIn(expression.fallback)];
    default:
      return expression satisfies never;
  }
}
