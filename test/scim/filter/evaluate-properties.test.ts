import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json.ts";
import type { AttributePath, ComparisonValue, Filter } from "../../../src/scim/filter/ast.ts";
import { compileFilter } from "../../../src/scim/filter/evaluate.ts";
import { indexableEquality } from "../../../src/scim/filter/index-key.ts";
import { printFilter } from "../../../src/scim/filter/print.ts";
import { userResourceType } from "../../../src/scim/schema/user.ts";
import { indexedFilter, user, userFilter } from "../../support/filter-arbitraries.ts";
import { parseQuoted } from "../../support/parse-quoted.ts";

test("evaluation equals what the rules say, one after another", () => {
  fc.assert(
    fc.property(userFilter, user, (filter, resource) => {
      expect(compileFilter(filter, userResourceType)(resource)).toBe(naive(filter, resource));
    }),
    { numRuns: 2000 },
  );
});

test("a filter that was sent as text means the same", () => {
  fc.assert(
    fc.property(userFilter, user, (filter, resource) => {
      const sent = parseQuoted(printFilter(filter));
      expect(compileFilter(sent, userResourceType)(resource)).toBe(naive(filter, resource));
    }),
    { numRuns: 500 },
  );
});

describe("what an index finds by the equality of a filter holds every match", () => {
  const keysOf = (resource: JsonObject, attribute: string): readonly string[] => {
    const values = reach(resource, ...attribute.split(".")) as string[];
    return attribute === "id" ? values : values.filter((value) => value !== null).map(folded);
  };

  test("for all filters and users", () => {
    let met = 0;
    fc.assert(
      fc.property(indexedFilter, user, (filter, resource) => {
        const equality = indexableEquality(filter, userResourceType);
        if (equality === undefined || !compileFilter(filter, userResourceType)(resource)) return;
        met += 1;
        expect(keysOf(resource, equality.attribute)).toContain(equality.key);
      }),
      { numRuns: 3000 },
    );
    expect(met).toBeGreaterThan(30);
  });
});

const mindsCase = new Set(["id", "manager"]);

/** The rules of RFC 7644 §3.4.2.2, straight from the tree and without the schemas. */
function naive(filter: Filter, resource: JsonObject): boolean {
  switch (filter.kind) {
    case "and":
      return !filter.operands.some((operand) => !naive(operand, resource));
    case "or":
      return filter.operands.some((operand) => naive(operand, resource));
    case "not":
      return !naive(filter.operand, resource);
    case "present":
      return reach(resource, ...namesOf(filter.path)).some((value) => !isEmpty(value));
    case "compare": {
      const names = namesOf(filter.path);
      const last = names.at(-1) ?? "";
      const values = reach(resource, ...names, ...(last === "emails" || last === "manager" ? ["value"] : []));
      const assumed = values.map((value) => (last === "primary" ? (value ?? false) : value));
      const held = values.length === 0 ? [null] : assumed;
      return held.some((value) => naiveComparison(mindsCase.has(last), value, filter.operator, filter.value));
    }
    case "value-path":
      return reach(resource, ...namesOf(filter.path)).some(
        (value) => value !== null && naive(filter.filter, value as JsonObject),
      );
  }
}

function namesOf(path: AttributePath): readonly string[] {
  const canonical = new Map(
    ["id", "emails", "type", "givenName"].map((spelling) => [spelling.toLowerCase(), spelling]),
  );
  const names = [path.attribute, path.subAttribute].filter((name) => name !== undefined);
  const spelled = names.map((name) => canonical.get(name.toLowerCase()) ?? name);
  return path.schemaUrn?.includes("enterprise") === true ? [path.schemaUrn, ...spelled] : spelled;
}

/** One entry for each value on the way; null where a value ends before the last name, none where nothing is there. */
function reach(value: JsonValue, first?: string, ...rest: readonly string[]): readonly JsonValue[] {
  if (first === undefined) return [value];
  const next = (value as JsonObject)[first];
  if (next === undefined) return first.startsWith("urn:") || rest.length === 0 ? [null] : [];
  return (Array.isArray(next) ? (next as JsonValue[]) : [next]).flatMap((one) => reach(one, ...rest));
}

function naiveComparison(
  exact: boolean,
  held: JsonValue,
  operator: string,
  wanted: ComparisonValue,
): boolean {
  if (held === null || wanted === null) {
    return (operator === "eq" && held === wanted) || (operator === "ne" && held !== wanted);
  }
  if (typeof held === "boolean") {
    const same = String(held) === String(wanted).toLowerCase();
    return operator === "eq" ? same : !same;
  }
  const [a, b] = [held as string, String(wanted)];
  if (/^\d{4}-/.test(b)) return inOrder(new Date(a), new Date(b))[operator] ?? false;
  return exact ? naiveText(a, b, operator) : naiveText(folded(a), folded(b), operator);
}

function naiveText(a: string, b: string, operator: string): boolean {
  const parts: Readonly<Record<string, boolean>> = {
    co: b === "" || a.split(b).length > 1,
    sw: a.slice(0, b.length) === b,
    ew: b === "" || a.slice(-b.length) === b,
  };
  return parts[operator] ?? inOrder(a, b)[operator] ?? false;
}

function inOrder(a: string | Date, b: string | Date): Readonly<Record<string, boolean>> {
  const same = a <= b && a >= b;
  return { eq: same, ne: !same, gt: a > b, ge: !(a < b), lt: a < b, le: !(a > b) };
}

function folded(text: string): string {
  return text.toLowerCase().normalize("NFC");
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
