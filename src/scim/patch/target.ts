/** From the path of a PATCH operation to the attribute that it means. */

import { ScimError } from "../error.ts";
import type { AttributePath, Filter } from "../filter/ast.ts";
import { isAttributeName, splitAttributePath } from "../filter/attribute-path.ts";
import { compileValueFilter } from "../filter/evaluate.ts";
import type { Leniency } from "../leniency.ts";
import { parsePatchPath, resolveAttributePath, type PatchPath } from "../path.ts";
import type { Attribute, ResourceType } from "../schema/attribute.ts";
import type { Dialect } from "./dialect.ts";
import type { EditTarget } from "./edit.ts";
import type { Operation } from "./operation.ts";

type Verb = Operation["op"];

/**
 * The target of an operation's path; undefined where it names a schema that this resource type does not have.
 * Deviation: such an operation is ignored instead of refused, as the same attribute is in a POST; Entra sends
 * custom extensions in both ways (Microsoft Learn: Customize attribute mappings).
 * @throws ScimError invalidPath for a malformed path and for an unknown attribute; invalidFilter.
 */
export function targetOfPath(dialect: Dialect, text: string, op: Verb): EditTarget | undefined {
  const { type, leniency } = dialect;
  const path = parsePatchPath(text, leniency);
  const target = resolveTarget(dialect, path, op);
  if (target !== undefined) return target;
  if (leniency.otherSchemaPath === "ignore" && isOfOtherSchema(type, path.attributePath)) return undefined;
  throw new ScimError(
    "invalidPath",
    `A ${type.name} has no attribute ${JSON.stringify(text.slice(0, 100))}.`,
  );
}

/** A name in the value of an operation that has no path; `prefix` is the URN, with a colon, that it stands under. */
export interface ValueName {
  readonly prefix: string;
  readonly name: string;
  readonly op: Verb;
}

/**
 * The target of a name; undefined if the attribute is unknown, like unknown names in a POST.
 * Deviation: the name may be a path itself. Entra with `aadOptscim062020` sends `name.givenName` and
 * `urn:…:User:department`, and Microsoft's SCIM Validator `emails[type eq "work"].value`.
 * @throws ScimError invalidPath where brackets show that a path was meant, but it is malformed; invalidFilter.
 */
export function targetOfName(dialect: Dialect, { prefix, name, op }: ValueName): EditTarget | undefined {
  const { leniency } = dialect;
  if (leniency.pathsAsNames === "unknown" && !isPlainName(dialect, prefix, name)) return undefined;
  const text = `${prefix}${name}`;
  const isPath = text.includes("[") || splitAttributePath(text) !== undefined;
  return isPath ? resolveTarget(dialect, parsePatchPath(text, leniency), op) : undefined;
}

/** The name of an attribute, or the URN of an extension, and no path. */
function isPlainName({ type }: Dialect, prefix: string, name: string): boolean {
  if (isAttributeName(name)) return true;
  return prefix === "" && type.extensions.some(({ id }) => id.toLowerCase() === name.toLowerCase());
}

function resolveTarget(
  { type, leniency }: Dialect,
  { attributePath, valueFilter }: PatchPath,
  op: Verb,
): EditTarget | undefined {
  const { extension, attribute, subAttribute } =
    resolveAttributePath(type, attributePath, leniency) ?? unknownAttribute;
  if (valueFilter !== undefined && attribute !== undefined) checkFilter(attribute, valueFilter, leniency);
  const mustMatch = valueFilter !== undefined && ruleWithoutMatch(op, leniency) === "no-target";
  if (attribute !== undefined) return { extension, attribute, valueFilter, subAttribute, mustMatch };
  return extension && { extension, attribute, valueFilter: undefined, subAttribute: undefined };
}

const unknownAttribute = { extension: undefined, attribute: undefined, subAttribute: undefined };

function ruleWithoutMatch(op: Verb, leniency: Leniency): "make" | "nothing" | "no-target" {
  switch (op) {
    case "add":
      return leniency.addWithoutMatch;
    case "replace":
      return leniency.replaceWithoutMatch;
    case "remove":
      return leniency.removeWithoutMatch;
  }
}

/** An unknown sub-attribute is an error even where there is no value to choose from. */
function checkFilter(attribute: Attribute, valueFilter: Filter, leniency: Leniency): void {
  if (!attribute.multiValued) {
    throw new ScimError("invalidPath", `${attribute.name} has no values to filter with brackets.`);
  }
  compileValueFilter(valueFilter, attribute, leniency);
}

/** Of `urn:…:2.0:User`, a URN without an attribute, the last part is read as the attribute. */
function isOfOtherSchema(type: ResourceType, path: AttributePath): boolean {
  if (path.schemaUrn === undefined) return false;
  const ids = new Set([type.schema, ...type.extensions].map((schema) => schema.id.toLowerCase()));
  const urn = path.schemaUrn.toLowerCase();
  return !ids.has(urn) && !ids.has(`${urn}:${path.attribute.toLowerCase()}`);
}
