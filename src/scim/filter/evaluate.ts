/** From the syntax tree of a filter to a function that tells which resources, or which values, it keeps. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { ScimError } from "../error.ts";
import { lenient, type Leniency } from "../leniency.ts";
import { valuesAt, type ResolvedPath } from "../path.ts";
import type { Attribute, ResourceType } from "../schema/attribute.ts";
import type { AttributePath, Filter } from "./ast.ts";
import { printAttributePath } from "./attribute-path.ts";
import { compileComparison, type ValueTest } from "./compare.ts";
import { comparedPath, resolveFilterPath, resolveInValue } from "./resolve.ts";

/**
 * The predicate of a filter over whole resources (RFC 7644 §3.4.2.2). Of a multi-valued attribute any one
 * value may match, also for `ne`: `emails.type ne "home"` keeps who has some address that is not for home,
 * and who has none; "no address for home" is `not (emails.type eq "home")`.
 * @throws ScimError invalidFilter for unknown attributes and for what the attribute's type does not allow
 */
export function compileFilter(
  filter: Filter,
  type: ResourceType,
  leniency: Leniency = lenient,
): (resource: JsonObject) => boolean {
  return compile(filter, (leaf) => compileOnResource(leaf, type, leniency));
}

/**
 * The predicate of a filter over single values of one attribute, as in the brackets of
 * `emails[type eq "work"]`. Names in it are sub-attributes.
 * @throws ScimError invalidFilter as `compileFilter`
 */
export function compileValueFilter(
  filter: Filter,
  attribute: Attribute,
  leniency: Leniency = lenient,
): ValueTest {
  return compile(filter, (leaf) => compileOnValue(leaf, attribute, leniency));
}

type Leaf = Extract<Filter, { readonly kind: "present" | "compare" | "value-path" }>;
type Test<Subject> = (subject: Subject) => boolean;

function compile<Subject>(filter: Filter, compileLeaf: (leaf: Leaf) => Test<Subject>): Test<Subject> {
  if (filter.kind === "not") {
    const test = compile(filter.operand, compileLeaf);
    return (subject) => !test(subject);
  }
  if (filter.kind !== "and" && filter.kind !== "or") return compileLeaf(filter);
  const tests = filter.operands.map((operand) => compile(operand, compileLeaf));
  return filter.kind === "and"
    ? (subject) => tests.every((test) => test(subject))
    : (subject) => tests.some((test) => test(subject));
}

function compileOnResource(leaf: Leaf, type: ResourceType, leniency: Leniency): Test<JsonObject> {
  const resolved = resolveFilterPath(type, leaf.path, leniency);
  if (leaf.kind === "present") return (resource) => valuesAt(resource, resolved).some(isPresent);
  if (leaf.kind === "value-path") {
    const test = compileValueFilter(leaf.filter, bracketed(resolved, leaf.path), leniency);
    return (resource) => valuesAt(resource, resolved).some(test);
  }
  const path = comparedPath(resolved);
  const test = compileComparison(path.compared, leaf.operator, leaf.value, leniency);
  const testOfValue = assuming(resolved.attribute, path.compared, test);
  return (resource) => {
    const values = valuesAt(resource, path);
    // An unassigned attribute is compared as a null (RFC 7643 §2.5).
    return values.length === 0 ? test(null) : values.some(testOfValue);
  };
}

function compileOnValue(leaf: Leaf, attribute: Attribute, leniency: Leniency): ValueTest {
  if (leaf.kind === "value-path") {
    throw new ScimError("invalidFilter", `Brackets inside ${attribute.name}[…] are not allowed.`);
  }
  const found = resolveInValue(attribute, leaf.path);
  if (found === "itself") return compileOnLeaf(leaf, attribute, leniency);
  const test = assuming(attribute, found, compileOnLeaf(leaf, found, leniency));
  return (value) => test(isJsonObject(value) ? (value[found.name] ?? null) : null);
}

function compileOnLeaf(
  leaf: Exclude<Leaf, { readonly kind: "value-path" }>,
  compared: Attribute,
  leniency: Leniency,
): ValueTest {
  if (leaf.kind === "present") return isPresent;
  return compileComparison(compared, leaf.operator, leaf.value, leniency);
}

/** RFC 7643 §2.4: a value that does not say whether it is `primary` is not. */
function assuming(attribute: Attribute | undefined, compared: Attribute, test: ValueTest): ValueTest {
  if (attribute?.multiValued !== true || compared.name !== "primary" || test === isPresent) return test;
  return (value) => test(value ?? false);
}

function bracketed(resolved: ResolvedPath, path: AttributePath): Attribute {
  const { attribute, subAttribute } = resolved;
  if (
    attribute !== undefined &&
    subAttribute === undefined &&
    (attribute.multiValued || attribute.type === "complex")
  ) {
    return attribute;
  }
  throw new ScimError("invalidFilter", `${printAttributePath(path)} has no values to filter with brackets.`);
}

/** RFC 7644 §3.4.2.2, `pr`: not null, not empty, and for a complex value some part of it that is not. */
function isPresent(value: JsonValue): boolean {
  if (value === null || value === "") return false;
  if (isJsonArray(value)) return value.some(isPresent);
  return isJsonObject(value) ? Object.values(value).some(isPresent) : true;
}
