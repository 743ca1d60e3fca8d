/** Which part of a filter an index can answer, so that not every resource has to be read. */

import { foldCase } from "../../ground/text/fold-case.ts";
import { lenient, type Leniency } from "../leniency.ts";
import type { ResolvedPath } from "../path.ts";
import { findByName, type Attribute, type ResourceType } from "../schema/attribute.ts";
import type { ComparisonValue, Filter } from "./ast.ts";
import { comparedPath, resolveFilterPath } from "./resolve.ts";

/** An attribute worth an index. */
export type IndexedAttribute =
  | "id"
  | "userName"
  | "externalId"
  | "emails.value"
  | "displayName"
  | "members.value";

/** An equality that every match must meet: the matches are among what it finds. */
export interface IndexableEquality {
  readonly attribute: IndexedAttribute;
  /** `foldCase`d where the attribute ignores case, as written where it minds it. */
  readonly key: string;
}

/**
 * The equality of a filter that narrows it most, looked for through `and` and into brackets; undefined where
 * a resource could match without one (`or`, `not`). What an index finds by it still has to meet the whole
 * filter.
 * @throws ScimError invalidFilter for unknown attributes, as `compileFilter`
 */
export function indexableEquality(
  filter: Filter,
  type: ResourceType,
  leniency: Leniency = lenient,
): IndexableEquality | undefined {
  const found = equalitiesOf(filter, type, leniency);
  const narrowest = fewestFirst.find((name) => found.some((one) => one.attribute === name));
  return found.find((one) => one.attribute === narrowest);
}

const fewestFirst: readonly IndexedAttribute[] = [
  "id",
  "userName",
  "externalId",
  "emails.value",
  "displayName",
  "members.value",
];

function equalitiesOf(filter: Filter, type: ResourceType, leniency: Leniency): readonly IndexableEquality[] {
  if (filter.kind === "and") {
    return filter.operands.flatMap((operand) => equalitiesOf(operand, type, leniency));
  }
  if (filter.kind === "compare" && filter.operator === "eq") {
    const path = comparedPath(resolveFilterPath(type, filter.path, leniency));
    return equality(path, path.compared, filter.value);
  }
  return filter.kind === "value-path"
    ? equalitiesInValue(filter.filter, resolveFilterPath(type, filter.path, leniency))
    : [];
}

/** One value has to meet all that stands in brackets, so a resource has to have that value, too. */
function equalitiesInValue(filter: Filter, resolved: ResolvedPath): readonly IndexableEquality[] {
  if (filter.kind === "and") {
    return filter.operands.flatMap((operand) => equalitiesInValue(operand, resolved));
  }
  if (filter.kind !== "compare" || filter.operator !== "eq") return [];
  const subAttribute = findByName(resolved.attribute?.subAttributes ?? [], filter.path.attribute);
  return subAttribute === undefined
    ? []
    : equality({ ...resolved, subAttribute }, subAttribute, filter.value);
}

function equality(
  path: ResolvedPath,
  compared: Attribute,
  value: ComparisonValue,
): readonly IndexableEquality[] {
  if (path.extension !== undefined || typeof value !== "string") return [];
  const names = [path.attribute, path.subAttribute].flatMap((one) => (one === undefined ? [] : [one.name]));
  const attribute = fewestFirst.find((one) => one === names.join("."));
  return attribute === undefined ? [] : [{ attribute, key: compared.caseExact ? value : foldCase(value) }];
}
