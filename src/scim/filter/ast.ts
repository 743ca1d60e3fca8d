/** The syntax tree of a SCIM filter (RFC 7644 §3.4.2.2). */

/** An attribute path as written: `urn:…:User:name.familyName` is all three parts (RFC 7644 §3.10). */
export interface AttributePath {
  readonly schemaUrn?: string;
  readonly attribute: string;
  readonly subAttribute?: string;
}

export type ComparisonOperator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";

export type ComparisonValue = string | number | boolean | null;

export type Filter =
  | { readonly kind: "and"; readonly operands: readonly Filter[] }
  | { readonly kind: "or"; readonly operands: readonly Filter[] }
  | { readonly kind: "not"; readonly operand: Filter }
  | { readonly kind: "present"; readonly path: AttributePath }
  | {
      readonly kind: "compare";
      readonly path: AttributePath;
      readonly operator: ComparisonOperator;
      readonly value: ComparisonValue;
    }
  /** `emails[type eq "work" and value co "@example.com"]`: one and the same value must match. */
  | { readonly kind: "value-path"; readonly path: AttributePath; readonly filter: Filter };
