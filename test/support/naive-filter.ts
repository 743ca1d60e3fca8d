/** The rules of RFC 7644 §3.4.2.2 once more: straight from the tree of a filter, slow, and without the schemas. */

import type { JsonObject, JsonValue } from "../../src/ground/json.ts";
import type { AttributePath, ComparisonValue, Filter } from "../../src/scim/filter/ast.ts";

const mindsCase = new Set(["id", "manager"]);

/** Whether a user matches one of the filters that `userFilter` makes. */
export function naive(filter: Filter, resource: JsonObject): boolean {
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
export function reach(value: JsonValue, first?: string, ...rest: readonly string[]): readonly JsonValue[] {
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

export function folded(text: string): string {
  return text.toLowerCase().normalize("NFC");
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
