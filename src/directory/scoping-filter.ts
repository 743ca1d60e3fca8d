/** Scoping filters of Entra: who is in scope of provisioning, by attributes. */

/** The operators by their names in the portal (Microsoft: Scoping users or groups to be provisioned with scoping filters). */
export const scopingOperators = [
  "&",
  "!&",
  "ENDS_WITH",
  "EQUALS",
  "Greater_Than",
  "Greater_Than_OR_EQUALS",
  "Includes",
  "IS FALSE",
  "IS TRUE",
  "IS NULL",
  "IS NOT NULL",
  "NOT EQUALS",
  "REGEX MATCH",
  "NOT REGEX MATCH",
] as const;

export type ScopingOperator = (typeof scopingOperators)[number];

export interface ScopingClause {
  /** An attribute of the source, such as `department`. */
  readonly attribute: string;
  readonly operator: ScopingOperator;
  /** What it is compared with; not for the operators that only look. */
  readonly value?: string;
}

/** Its clauses are AND-ed; the filters of a mapping are OR-ed. */
export interface ScopingFilter {
  readonly name?: string;
  readonly clauses: readonly ScopingClause[];
}
