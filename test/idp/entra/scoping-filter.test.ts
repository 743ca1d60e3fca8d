import { describe, expect, test } from "vitest";

import type { ProfileValue } from "../../../src/directory/directory.ts";
import type { ScopingClause, ScopingFilter, ScopingOperator } from "../../../src/directory/scoping-filter.ts";
import { scopingOperators } from "../../../src/directory/scoping-filter.ts";
import { AppError } from "../../../src/ground/errors.ts";
import { compileScopingFilters } from "../../../src/idp/entra/mapping/scoping-filter.ts";

type Attributes = Readonly<Record<string, ProfileValue>>;

function isInScope(filters: readonly ScopingFilter[], attributes: Attributes): boolean {
  return compileScopingFilters(filters)((name) => attributes[name] ?? null);
}

function holds(operator: ScopingOperator, value: string | undefined, found: ProfileValue): boolean {
  const clause: ScopingClause = { attribute: "x", operator, ...(value === undefined ? {} : { value }) };
  return isInScope([{ clauses: [clause] }], { x: found });
}

// Microsoft: "Scoping users or groups to be provisioned with scoping filters", Create a scoping filter.
describe("operators", () => {
  type Case = [operator: ScopingOperator, value: string | undefined, found: ProfileValue, expected: boolean];

  test.each<Case>([
    ["&", "US,CA,GB", "CA", true],
    ["&", "US,CA,GB", "FR", false],
    ["!&", "US,CA,GB", "CA", false],
    ["!&", "US,CA,GB", "FR", true],
    ["ENDS_WITH", "@contoso.com", "ada@contoso.com", true],
    ["ENDS_WITH", "@contoso.com", "ada@Contoso.com", false],
    ["EQUALS", "sales", "sales", true],
    ["EQUALS", "sales", "Sales", false],
    ["EQUALS", "sales", "sales ", false],
    ["EQUALS", "7", 7, true],
    ["EQUALS", "True", true, true],
    ["Greater_Than", "1000000", "1000001", true],
    ["Greater_Than", "1000000", 1_000_000, false],
    ["Greater_Than", "9", "10", true],
    ["Greater_Than", "9", "10.5", false],
    ["Greater_Than", "9", "ten", false],
    ["Greater_Than_OR_EQUALS", "1000000", 1_000_000, true],
    ["Greater_Than_OR_EQUALS", "1000000", "999999", false],
    ["Greater_Than_OR_EQUALS", "0", "ten", false],
    ["Includes", "ngin", "Engineering", true],
    ["Includes", "engin", "Engineering", false],
    ["IS FALSE", undefined, false, true],
    ["IS FALSE", undefined, "False", true],
    ["IS FALSE", undefined, true, false],
    ["IS FALSE", undefined, "no", false],
    ["IS TRUE", undefined, true, true],
    ["IS TRUE", undefined, "1", false],
    ["IS NULL", undefined, null, true],
    ["IS NULL", undefined, "", true],
    ["IS NULL", undefined, false, false],
    ["IS NOT NULL", undefined, "x", true],
    ["IS NOT NULL", undefined, 0, true],
    ["IS NOT NULL", undefined, "", false],
    ["NOT EQUALS", "sales", "Sales", true],
    ["NOT EQUALS", "sales", "sales", false],
    ["REGEX MATCH", "([1-9][0-9])", "10", true],
    ["REGEX MATCH", "([1-9][0-9])", "9", false],
    ["REGEX MATCH", "^sales$", "Sales", false],
    ["REGEX MATCH", "(?i)^sales$", "Sales", true],
    ["NOT REGEX MATCH", "^temp", "temporary", false],
    ["NOT REGEX MATCH", "^temp", "permanent", true],
  ])("%s %s of %j: %j", (operator, value, found, expected) => {
    expect(holds(operator, value, found)).toBe(expected);
  });

  // "Scoping filters will return "false" if the value is null / empty."
  test.each(scopingOperators.filter((one) => one !== "IS NULL"))("%s of nothing is false", (operator) => {
    const value = operator.startsWith("IS ") ? undefined : "1";
    expect(holds(operator, value, null)).toBe(false);
    expect(holds(operator, value, "")).toBe(false);
  });
});

describe("Common scoping filters", () => {
  test.each<[clause: ScopingClause, found: string, expected: boolean]>([
    [
      { attribute: "userPrincipalName", operator: "REGEX MATCH", value: String.raw`.*\@domain.com` },
      "ada@domain.com",
      true,
    ],
    [
      { attribute: "userPrincipalName", operator: "REGEX MATCH", value: String.raw`.*\@domain.com` },
      "ada@other.com",
      false,
    ],
    [
      { attribute: "userPrincipalName", operator: "NOT REGEX MATCH", value: String.raw`.*\@domain.com` },
      "ada@domain.com",
      false,
    ],
    [
      { attribute: "userPrincipalName", operator: "NOT REGEX MATCH", value: String.raw`.*\@domain.com` },
      "ada@other.com",
      true,
    ],
    [{ attribute: "department", operator: "EQUALS", value: "sales" }, "sales", true],
    [
      { attribute: "workerID", operator: "REGEX MATCH", value: "(1[0-9][0-9][0-9][0-9][0-9][0-9])" },
      "1000000",
      true,
    ],
    [
      { attribute: "workerID", operator: "REGEX MATCH", value: "(1[0-9][0-9][0-9][0-9][0-9][0-9])" },
      "2000000",
      false,
    ],
  ])("%j of %s: %j", (clause, found, expected) => {
    expect(isInScope([{ clauses: [clause] }], { [clause.attribute]: found })).toBe(expected);
  });
});

describe("clauses and filters together", () => {
  const newYork: ScopingFilter = {
    name: "Engineers of New York",
    clauses: [
      { attribute: "city", operator: "EQUALS", value: "New York" },
      { attribute: "department", operator: "EQUALS", value: "Engineering" },
      { attribute: "employeeId", operator: "Greater_Than", value: "1000000" },
      { attribute: "jobTitle", operator: "IS NOT NULL" },
    ],
  };
  const sales: ScopingFilter = { clauses: [{ attribute: "department", operator: "EQUALS", value: "Sales" }] };
  const engineer = {
    city: "New York",
    department: "Engineering",
    employeeId: "1000001",
    jobTitle: "Engineer",
  };

  test.each<[rule: string, attributes: Attributes, expected: boolean]>([
    ["all clauses of one filter", engineer, true],
    ["all but one", { ...engineer, jobTitle: null }, false],
    ["the other filter", { department: "Sales" }, true],
    ["neither", { department: "Support" }, false],
  ])("%s: %j is in scope: %j", (_rule, attributes, expected) => {
    expect(isInScope([newYork, sales], attributes)).toBe(expected);
  });

  test("without a filter everybody is in scope", () => {
    expect(isInScope([], {})).toBe(true);
  });
});

describe("a filter that cannot work is refused before anybody is looked at", () => {
  test.each<[filter: ScopingFilter, message: string]>([
    [{ clauses: [] }, "The scoping filter number 1 has no clause."],
    ...[
      ["members", "the members of a group"],
      ["appRoleAssignments", "app role assignments"],
      ["userType", "the user type"],
      ["manager", "the manager"],
      ["proxyAddresses", "multi-valued attributes"],
      ["employeeHireDate", "dates"],
    ].map(([attribute = "", what]): [ScopingFilter, string] => [
      { name: "a", clauses: [{ attribute, operator: "IS NOT NULL" }] },
      `The scoping filter "a": ${attribute} IS NOT NULL: ${what} cannot be used in scoping filters.`,
    ]),
    [
      { clauses: [{ attribute: "x", operator: "EQUALS" }] },
      "The scoping filter number 1: x EQUALS has no value to compare with.",
    ],
    [
      { clauses: [{ attribute: "x", operator: "IS TRUE", value: "true" }] },
      'The scoping filter number 1: x IS TRUE takes no value, but has "true".',
    ],
    [
      { clauses: [{ attribute: "x", operator: "Greater_Than", value: "2.5" }] },
      'The scoping filter number 1: x Greater_Than compares with a whole number, not with "2.5".',
    ],
    [
      { clauses: [{ attribute: "x", operator: "NOT REGEX MATCH", value: "(" }] },
      "The scoping filter number 1: x NOT REGEX MATCH: The regular expression ( has an unclosed (.",
    ],
  ])("%j", (filter, message) => {
    expect(() => compileScopingFilters([filter])).toThrow(new AppError("invalid-file", message));
  });

  test("an attribute turns out to have several values", () => {
    const filters: readonly ScopingFilter[] = [
      { clauses: [{ attribute: "tags", operator: "EQUALS", value: "a" }] },
    ];
    expect(() => isInScope(filters, { tags: ["a", "b"] })).toThrow(
      new AppError(
        "invalid-file",
        "The scoping filter number 1: tags EQUALS: multi-valued attributes cannot be used in scoping filters.",
      ),
    );
  });
});
