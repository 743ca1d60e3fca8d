/** Scoping filters, from the form of Microsoft Graph into that of the settings. */

import {
  scopingOperators,
  type ScopingClause,
  type ScopingFilter,
  type ScopingOperator,
} from "../../../directory/scoping-filter.ts";
import { AppError } from "../../../ground/errors.ts";
import { printable } from "../../../ground/text/printable.ts";
import { compileScopingFilter } from "../../../idp/entra/mapping/scoping-filter.ts";
import type {
  FilterClause,
  FilterGroup,
  ObjectMapping,
} from "../../../management/graph/synchronization-schema.ts";

/**
 * Who is in scope cannot be known without every filter: left out, it would let everybody in.
 * @throws AppError source-incomplete for a filter that cannot be evaluated here
 */
export function scopingFilters(
  { scope }: ObjectMapping,
  {
    of,
    isReadable,
  }: { readonly of: "users" | "groups"; readonly isReadable: (attribute: string) => boolean },
): readonly ScopingFilter[] {
  for (const kind of ["inputFilterGroups", "categoryFilterGroups"] as const) {
    if ((scope?.[kind] ?? []).length > 0) {
      throw notEvaluated(of, `it has ${kind}, which Microsoft calls experimental`);
    }
  }
  return (scope?.groups ?? []).map((group, index) => {
    const filter = filterOf(group, of);
    const unreadable = filter.clauses.find(({ attribute }) => !isReadable(attribute));
    if (unreadable !== undefined) {
      throw notEvaluated(
        of,
        `it tests ${printable(unreadable.attribute)}, which is not read from Microsoft Graph`,
      );
    }
    try {
      compileScopingFilter(filter, index);
    } catch (error) {
      if (error instanceof AppError) throw notEvaluated(of, printable(withoutFullStop(error.message)));
      throw error;
    }
    return filter;
  });
}

/** The source attributes that the filters test. */
export function filteredAttributes(filters: readonly ScopingFilter[]): readonly string[] {
  return filters.flatMap(({ clauses }) => clauses.map(({ attribute }) => attribute));
}

function filterOf({ name, clauses }: FilterGroup, of: "users" | "groups"): ScopingFilter {
  return {
    ...(name == null || name === "" ? {} : { name }),
    clauses: (clauses ?? []).map((clause) => clauseOf(clause, of)),
  };
}

function clauseOf(
  { sourceOperandName, operatorName, targetOperand }: FilterClause,
  of: "users" | "groups",
): ScopingClause {
  const operator = operatorNamed(operatorName);
  if (operator === undefined)
    throw notEvaluated(of, `it has the operator ${printable(operatorName)}, which is not known here`);
  const values = targetOperand?.values ?? [];
  if (withoutValue.has(operator)) return { attribute: sourceOperandName, operator };
  const [value, ...further] = values;
  if (value === undefined || further.length > 0) {
    throw notEvaluated(
      of,
      `its clause ${printable(sourceOperandName)} ${operator} has ${values.length} values in place of one`,
    );
  }
  return { attribute: sourceOperandName, operator, value };
}

const withoutValue: ReadonlySet<ScopingOperator> = new Set<ScopingOperator>([
  "IS FALSE",
  "IS TRUE",
  "IS NULL",
  "IS NOT NULL",
]);

/** Inferred: `IS_NOT_NULL` and `IS NOT NULL` are the same operator, in any case. */
function operatorNamed(name: string): ScopingOperator | undefined {
  return scopingOperators.find((operator) => plain(operator) === plain(name));
}

function plain(name: string): string {
  return name
    .replaceAll(/[_\s]+/g, " ")
    .trim()
    .toUpperCase();
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, "");
}

function notEvaluated(of: "users" | "groups", why: string): AppError {
  return new AppError("source-incomplete", `The scoping filter of ${of} cannot be evaluated: ${why}.`, {
    hint: "Who is in scope of provisioning depends on it. Write the directory into a fixture, or change the filter.",
  });
}
