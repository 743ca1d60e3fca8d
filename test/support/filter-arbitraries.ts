/** Random filters: of any names for the syntax, of a User's attributes for the meaning; and random users to try them on. */

import * as fc from "fast-check";
import type { JsonObject } from "../../src/ground/json.ts";
import type { AttributePath, ComparisonOperator, Filter } from "../../src/scim/filter/ast.ts";
import { enterpriseUserSchemaUrn, userSchemaUrn } from "../../src/scim/urn.ts";

const operators: readonly ComparisonOperator[] = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];
const [equal, textual] = [operators.slice(0, 2), operators.slice(2, 5)];
const ordered = [...equal, ...operators.slice(5)];

/** Leaves joined by and, or and not; a chain has at least two operands, as a parsed one has. */
function joined(leaf: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> {
  return fc.letrec<{ filter: Filter }>((tie) => {
    const operands = fc.array(tie("filter"), { minLength: 2, maxLength: 4 });
    return {
      filter: fc.oneof(
        { maxDepth, withCrossShrink: true },
        leaf,
        fc.record({ kind: fc.constant("and" as const), operands }),
        fc.record({ kind: fc.constant("or" as const), operands }),
        fc.record({ kind: fc.constant("not" as const), operand: tie("filter") }),
      ),
    };
  }).filter;
}

const name = fc.stringMatching(/^[A-Za-z$_][-A-Za-z0-9_]{0,8}$/);
const schemaUrn = fc.constantFrom(userSchemaUrn, enterpriseUserSchemaUrn, "URN:Example:x-1.0:y");
const pathToValues: fc.Arbitrary<AttributePath> = fc.record(
  { schemaUrn, attribute: name },
  { requiredKeys: ["attribute"] },
);
/** Every attribute path that can be written. */
export const anyPath: fc.Arbitrary<AttributePath> = fc.record(
  { schemaUrn, attribute: name, subAttribute: name },
  { requiredKeys: ["attribute"] },
);
const anyValue = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

function anyComparison(path: fc.Arbitrary<AttributePath>): fc.Arbitrary<Filter> {
  return fc.oneof(
    fc.record({ kind: fc.constant("present" as const), path }),
    fc.record({
      kind: fc.constant("compare" as const),
      path,
      operator: fc.constantFrom(...operators),
      value: anyValue,
    }),
  );
}

/** Every tree that the grammar has, whatever its names and values mean. */
export const anyFilter: fc.Arbitrary<Filter> = joined(
  fc.oneof(
    { arbitrary: anyComparison(anyPath), weight: 3 },
    {
      arbitrary: fc.record({
        kind: fc.constant("value-path" as const),
        path: pathToValues,
        filter: joined(anyComparison(anyPath), 2),
      }),
      weight: 1,
    },
  ),
  4,
);

// Few letters, so that what is compared is often equal, contained, or the same in another case.
const text = fc.constantFrom("", "a", "A", "ab", "AB", "b", "é", "E\u0301", "ba");
const instant = fc.constantFrom(
  "2026-01-01T00:00:00Z",
  "2026-01-01T01:00:00+01:00",
  "2026-01-01T00:00:00.001Z",
  "2025-12-31T23:00:00-02:00",
);

function comparisons(
  path: AttributePath,
  kind: "text" | "boolean" | "date",
): readonly fc.Arbitrary<Filter>[] {
  const compare = (allowed: readonly ComparisonOperator[], value: fc.Arbitrary<string | boolean | null>) =>
    fc.record({
      kind: fc.constant("compare" as const),
      path: fc.constant(path),
      operator: fc.constantFrom(...allowed),
      value,
    });
  const byType = {
    text: compare([...ordered, ...textual], text),
    boolean: compare(equal, fc.constantFrom<(string | boolean)[]>(true, false, "True", "FALSE")),
    date: compare(ordered, instant),
  };
  return [
    fc.constant({ kind: "present", path }),
    byType[kind],
    byType[kind],
    compare(equal, fc.constant(null)),
  ];
}

/** Filters that can be evaluated on a User. */
export const userFilter: fc.Arbitrary<Filter> = joined(
  fc.oneof(
    ...comparisons({ attribute: "userName" }, "text"),
    ...comparisons({ attribute: "ID" }, "text"),
    ...comparisons({ attribute: "name", subAttribute: "givenname" }, "text"),
    ...comparisons({ attribute: "active" }, "boolean"),
    ...comparisons({ attribute: "meta", subAttribute: "created" }, "date"),
    ...comparisons({ attribute: "emails" }, "text"),
    ...comparisons({ attribute: "emails", subAttribute: "type" }, "text"),
    ...comparisons({ schemaUrn: userSchemaUrn, attribute: "emails", subAttribute: "primary" }, "boolean"),
    ...comparisons({ schemaUrn: enterpriseUserSchemaUrn, attribute: "department" }, "text"),
    ...comparisons({ schemaUrn: enterpriseUserSchemaUrn, attribute: "manager" }, "text"),
    fc.record({
      kind: fc.constant("value-path" as const),
      path: fc.constant({ attribute: "Emails" }),
      filter: joined(
        fc.oneof(
          ...comparisons({ attribute: "value" }, "text"),
          ...comparisons({ attribute: "Type" }, "text"),
          ...comparisons({ attribute: "primary" }, "boolean"),
        ),
        2,
      ),
    }),
  ),
  3,
);

/** Filters of which most have an equality that an index can answer. */
export const indexedFilter: fc.Arbitrary<Filter> = fc
  .tuple(
    fc.oneof(
      ...["id", "userName", "emails"].map((attribute) =>
        fc.record({
          kind: fc.constant("compare" as const),
          path: fc.constant({ attribute }),
          operator: fc.constant("eq" as const),
          value: text,
        }),
      ),
      userFilter,
    ),
    userFilter,
    fc.constantFrom("and" as const, "and" as const, "or" as const),
  )
  .map(([first, second, kind]) => ({ kind, operands: [first, second] }));

const email = fc.record({ value: text, type: text, primary: fc.boolean() }, { requiredKeys: [] });

/** Users with the attributes that `userFilter` asks for, each of them there or not. */
export const user: fc.Arbitrary<JsonObject> = fc.record(
  {
    id: text,
    userName: text,
    name: fc.record({ givenName: text }, { requiredKeys: [] }),
    active: fc.boolean(),
    emails: fc.array(email, { maxLength: 3 }),
    meta: fc.record({ created: instant }, { requiredKeys: [] }),
    [enterpriseUserSchemaUrn]: fc.record(
      { department: text, manager: fc.record({ value: text }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
