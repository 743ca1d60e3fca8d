/** Which objects the scoping filters of a mapping let in. */

import type { ProfileValue } from "../../../directory/directory.ts";
import type { ScopingClause, ScopingFilter, ScopingOperator } from "../../../directory/scoping-filter.ts";
import { AppError } from "../../../ground/errors.ts";
import { DotnetError } from "../dotnet/dotnet-error.ts";
import { compileDotnetRegex } from "../dotnet/regex.ts";
import { booleanOf, isEmpty, numberOf, textOf } from "../expression/values.ts";

/** Whether an object is in scope, by the values of its attributes; null where one is not set. */
export type ScopeTest = (attribute: (name: string) => ProfileValue) => boolean;

/**
 * Checks scoping filters and turns them into one test (Microsoft: Scoping users or groups to be provisioned with scoping
 * filters). An object passes where all clauses of any filter are true; without a filter everything passes.
 * @throws AppError invalid-file for an attribute that filters cannot use, a value that is missing, too much or not
 * what the operator compares with, and a filter without clauses; the test throws it for a multi-valued attribute
 */
export function compileScopingFilters(filters: readonly ScopingFilter[]): ScopeTest {
  const compiled = filters.map(compileScopingFilter);
  if (compiled.length === 0) return () => true;
  return (attribute) => compiled.some((clauses) => clauses.every((holds) => holds(attribute)));
}

/**
 * The clauses of one filter; `index` is its position among the filters.
 * @throws AppError invalid-file as `compileScopingFilters`
 */
export function compileScopingFilter(filter: ScopingFilter, index: number): readonly ScopeTest[] {
  const title = filter.name === undefined ? `number ${index + 1}` : `"${filter.name}"`;
  if (filter.clauses.length === 0) throw mistake(`The scoping filter ${title} has no clause.`);
  return filter.clauses.map((clause) => compileClause(clause, `The scoping filter ${title}`));
}

/** Says yes or no of a value that is there. */
type ValueTest = (value: string | number | boolean) => boolean;

function compileClause(clause: ScopingClause, filter: string): ScopeTest {
  const { attribute, operator, value } = clause;
  const place = `${filter}: ${attribute} ${operator}`;
  const reason = unusableAttributes.get(attribute);
  if (reason !== undefined) throw mistake(`${place}: ${reason} cannot be used in scoping filters.`);
  const test = valueTests[operator](valueFor(operator, value, place), place);
  return (read) => {
    const found = read(attribute);
    if (typeof found === "object" && found !== null) {
      throw mistake(`${place}: multi-valued attributes cannot be used in scoping filters.`);
    }
    // "Scoping filters will return false if the value is null / empty", but where that is the question.
    if (found === null || isEmpty(found)) return operator === "IS NULL";
    return test(found);
  };
}

const operatorsWithoutValue: ReadonlySet<ScopingOperator> = new Set<ScopingOperator>([
  "IS FALSE",
  "IS TRUE",
  "IS NULL",
  "IS NOT NULL",
]);

function valueFor(operator: ScopingOperator, value: string | undefined, place: string): string {
  const needsValue = !operatorsWithoutValue.has(operator);
  if (needsValue && (value === undefined || value === "")) {
    throw mistake(`${place} has no value to compare with.`);
  }
  if (!needsValue && value !== undefined) throw mistake(`${place} takes no value, but has "${value}".`);
  return value ?? "";
}

/**
 * What each operator asks of a value that is there; texts mind case. `&` is documented as "exists in the input string
 * value": the attribute's value is a part of the clause's.
 */
const valueTests: Readonly<Record<ScopingOperator, (value: string, place: string) => ValueTest>> = {
  "&": (value) => (found) => value.includes(textOf(found)),
  "!&": (value) => (found) => !value.includes(textOf(found)),
  ENDS_WITH: (value) => (found) => textOf(found).endsWith(value),
  EQUALS: (value) => (found) => textOf(found) === value,
  Greater_Than: (value, place) => {
    const bound = integerValue(value, place);
    return (found) => (wholeNumberOf(found) ?? Number.NaN) > bound;
  },
  Greater_Than_OR_EQUALS: (value, place) => {
    const bound = integerValue(value, place);
    return (found) => (wholeNumberOf(found) ?? Number.NaN) >= bound;
  },
  Includes: (value) => (found) => textOf(found).includes(value),
  "IS FALSE": () => (found) => booleanOf(found) === false,
  "IS TRUE": () => (found) => booleanOf(found) === true,
  "IS NULL": () => () => false,
  "IS NOT NULL": () => () => true,
  "NOT EQUALS": (value) => (found) => textOf(found) !== value,
  "REGEX MATCH": (value, place) => regexTest(value, place),
  "NOT REGEX MATCH": (value, place) => {
    const matches = regexTest(value, place);
    return (found) => !matches(found);
  },
};

/** Inferred: as .NET's Regex.IsMatch, anywhere in the value; a pattern that must match all of it says `^` and `$`. */
function regexTest(pattern: string, place: string): ValueTest {
  const regex = compileRegex(pattern, place);
  return (found) => regex.pattern.test(textOf(found));
}

function compileRegex(pattern: string, place: string): ReturnType<typeof compileDotnetRegex> {
  try {
    return compileDotnetRegex(pattern);
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    throw new AppError("invalid-file", `${place}: ${error.message}`, { cause: error });
  }
}

/** "The value specified on the scoping filter must be an integer and the attribute on the user must be an integer." */
function integerValue(value: string, place: string): number {
  const number = wholeNumberOf(value);
  if (number === undefined) throw mistake(`${place} compares with a whole number, not with "${value}".`);
  return number;
}

function wholeNumberOf(value: string | number | boolean): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) ? number : undefined;
}

const multiValued = "multi-valued attributes";
const dates = "dates";

/** Attributes of Entra that Microsoft says filters cannot use → what about them. */
const unusableAttributes: ReadonlyMap<string, string> = new Map([
  ["appRoleAssignments", "app role assignments"],
  ["manager", "the manager"],
  ["members", "the members of a group"],
  ["userType", "the user type"],
  ["businessPhones", multiValued],
  ["imAddresses", multiValued],
  ["otherMails", multiValued],
  ["proxyAddresses", multiValued],
  ["createdDateTime", dates],
  ["deletedDateTime", dates],
  ["employeeHireDate", dates],
  ["employeeLeaveDateTime", dates],
  ["lastPasswordChangeDateTime", dates],
  ["onPremisesLastSyncDateTime", dates],
]);

function mistake(message: string): AppError {
  return new AppError("invalid-file", message);
}
