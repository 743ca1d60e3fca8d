/** Attribute paths: read from text, found in the schemas, followed into a resource. */

import { isJsonArray, isJsonObject, type JsonArray, type JsonObject } from "../ground/json.ts";
import { ScimError } from "./error.ts";
import type { AttributePath, Filter } from "./filter/ast.ts";
import { isAttributeName, splitAttributePath } from "./filter/attribute-path.ts";
import { parseValueFilterAt } from "./filter/parse.ts";
import { lenient, type Leniency } from "./leniency.ts";
import { findByName, type Attribute, type ResourceType, type Schema } from "./schema/attribute.ts";

/** The path of a PATCH operation: `emails[type eq "work"].value` (RFC 7644 §3.5.2, figure 7). */
export interface PatchPath {
  readonly attributePath: AttributePath;
  readonly valueFilter: Filter | undefined;
}

/** An attribute path whose parts were found in the schemas of a resource type. */
export interface ResolvedPath {
  /** Undefined for the core schema and the common attributes. */
  readonly extension: Schema | undefined;
  /** Undefined where the extension as a whole is meant. */
  readonly attribute: Attribute | undefined;
  readonly subAttribute: Attribute | undefined;
}

/**
 * Parses `name.familyName` or `urn:…:User:name.familyName` (RFC 7644 §3.10).
 * @throws ScimError invalidPath
 */
export function parseAttributePath(text: string): AttributePath {
  const path = splitAttributePath(text);
  if (path === undefined) throw invalidPath("an attribute path such as name.familyName", text, 0);
  return path;
}

/**
 * Parses the path of a PATCH operation (RFC 7644 §3.5.2: `attrPath / valuePath [subAttr]`).
 * @throws ScimError invalidPath; invalidFilter for what stands between the brackets; with the position from 1
 */
export function parsePatchPath(text: string, leniency: Leniency = lenient): PatchPath {
  const bracket = text.indexOf("[");
  if (bracket === -1) return { attributePath: parseAttributePath(text), valueFilter: undefined };
  const attributePath = parseAttributePath(text.slice(0, bracket));
  if (attributePath.subAttribute !== undefined) {
    throw invalidPath("an attribute, not a sub-attribute, before '['", text, bracket);
  }
  const { filter, end } = parseValueFilterAt(text, bracket + 1, leniency);
  if (end === text.length) return { attributePath, valueFilter: filter };
  const subAttribute = text.slice(end + 1);
  if (text.charAt(end) !== "." || !isAttributeName(subAttribute)) {
    throw invalidPath("'.' and the name of a sub-attribute, or the end of the path", text, end);
  }
  return { attributePath: { ...attributePath, subAttribute }, valueFilter: filter };
}

/**
 * Finds a path in the schemas of a resource type, names and URNs in any case (RFC 7643 §2.1); undefined where
 * nobody has such an attribute. Without a URN the core schema comes first, then the common attributes.
 * Deviation: then the extensions, for Entra's documents write `manager` and mean the enterprise extension's.
 */
export function resolveAttributePath(
  type: ResourceType,
  path: AttributePath,
  leniency: Leniency = lenient,
): ResolvedPath | undefined {
  if (path.schemaUrn === undefined) {
    const core = resolveIn(type, undefined, path);
    if (core !== undefined || leniency.extensionWithoutUrn === "refuse") return core;
    return firstDefined(type.extensions, (extension) => resolveIn(type, extension, path));
  }
  const schema = findSchema(type, path.schemaUrn);
  if (schema !== undefined) return resolveIn(type, extensionOf(type, schema), path);
  return resolveUrnItself(type, `${path.schemaUrn}:${path.attribute}`, path.subAttribute);
}

/**
 * The values at a path, one entry for each value: null where a value of a complex attribute lacks the
 * sub-attribute, none at all where the attribute is unassigned (RFC 7643 §2.5).
 * The resource has the schemas' spelling of its names.
 */
export function valuesAt(resource: JsonObject, resolved: ResolvedPath): JsonArray {
  const container = resolved.extension === undefined ? resource : resource[resolved.extension.id];
  if (container == null) return [];
  if (resolved.attribute === undefined) return [container];
  if (!isJsonObject(container)) return [];
  const value = container[resolved.attribute.name];
  if (value == null) return [];
  const values = isJsonArray(value) ? value : [value];
  const { subAttribute } = resolved;
  if (subAttribute === undefined) return values;
  return values.map((one) => (isJsonObject(one) ? (one[subAttribute.name] ?? null) : null));
}

function resolveIn(
  type: ResourceType,
  extension: Schema | undefined,
  path: AttributePath,
): ResolvedPath | undefined {
  const attribute = findAttribute(type, extension, path.attribute);
  if (attribute === undefined) return undefined;
  if (path.subAttribute === undefined) return { extension, attribute, subAttribute: undefined };
  const subAttribute = findByName(attribute.subAttributes, path.subAttribute);
  return subAttribute === undefined ? undefined : { extension, attribute, subAttribute };
}

/** A URN that has no attribute behind it, or a dot before its attribute: the last colon was part of it. */
function resolveUrnItself(
  type: ResourceType,
  urn: string,
  attributeName: string | undefined,
): ResolvedPath | undefined {
  const schema = findSchema(type, urn);
  if (schema === undefined) return undefined;
  const extension = extensionOf(type, schema);
  if (attributeName !== undefined) return resolveIn(type, extension, { attribute: attributeName });
  return extension === undefined ? undefined : { extension, attribute: undefined, subAttribute: undefined };
}

function findAttribute(
  type: ResourceType,
  extension: Schema | undefined,
  name: string,
): Attribute | undefined {
  if (extension !== undefined) return findByName(extension.attributes, name);
  return findByName(type.schema.attributes, name) ?? findByName(type.commonAttributes, name);
}

function findSchema(type: ResourceType, urn: string): Schema | undefined {
  const wanted = urn.toLowerCase();
  return [type.schema, ...type.extensions].find((schema) => schema.id.toLowerCase() === wanted);
}

function extensionOf(type: ResourceType, schema: Schema): Schema | undefined {
  return schema === type.schema ? undefined : schema;
}

function firstDefined<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function invalidPath(expected: string, text: string, offset: number): ScimError {
  const rest = text.slice(offset, offset + 40);
  const found = rest === "" ? "nothing" : JSON.stringify(rest);
  return new ScimError("invalidPath", `Expected ${expected} but found ${found} at position ${offset + 1}.`);
}
