/**
 * Paths of mapped attributes, the keys of `AstroUser.attributes`: read from a resource, and turned into the
 * part of a resource that holds a value. `displayName`, `name.givenName`, `emails[primary eq true].value`,
 * and any of them behind the URN of an extension.
 */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import type { Filter } from "../scim/filter/ast.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { parsePatchPath } from "../scim/path.ts";

/** A path taken apart. */
export interface MappedPath {
  readonly text: string;
  /** URN of the extension; undefined for the core schema. */
  readonly extension: string | undefined;
  readonly attribute: string;
  /**
   * Which of several values is meant: `primary eq true`, `type eq "work"`. Entra's console writes `primary eq "True"`, which
   * means the boolean: `written` is the value as the text has it.
   */
  readonly selector:
    | {
        readonly attribute: string;
        readonly value: string | boolean;
        readonly written: string | boolean;
      }
    | undefined;
  readonly subAttribute: string | undefined;
}

const coreUserUrn = "urn:ietf:params:scim:schemas:core:2.0:user";

/**
 * Takes a path apart.
 * @throws ScimError invalidPath or invalidFilter for what is not a path; RangeError for a path whose brackets hold
 * more than one comparison with `eq`.
 */
export function parseMappedPath(text: string): MappedPath {
  const { attributePath, valueFilter } = parsePatchPath(text);
  const { schemaUrn, attribute, subAttribute } = attributePath;
  return {
    text,
    extension: schemaUrn?.toLowerCase() === coreUserUrn ? undefined : schemaUrn,
    attribute,
    selector: valueFilter === undefined ? undefined : selectorOf(valueFilter, text),
    subAttribute,
  };
}

/**
 * The value that a resource has at a path; undefined where it has none, or an empty one. Of several values
 * without the one that `primary eq true` asks for, a single one is it: servers drop the mark.
 */
export function readMappedValue(resource: JsonObject, path: MappedPath): string | undefined {
  const container = path.extension === undefined ? resource : resource[path.extension];
  if (!isJsonObject(container) || !Object.hasOwn(container, path.attribute)) return undefined;
  const value = selected(container[path.attribute], path);
  return textOf(path.subAttribute === undefined || !isJsonObject(value) ? value : value[path.subAttribute]);
}

/** Puts mapped values together as the attributes of a resource, `schemas` apart; parts of one value are one. */
export function buildMappedAttributes(values: readonly (readonly [MappedPath, JsonValue])[]): JsonObject {
  return values.reduce<JsonObject>((resource, [path, value]) => withMappedValue(resource, path, value), {});
}

/** The resource with another value at a path; undefined takes it away, and what holds nothing else with it. */
export function withMappedValue(
  resource: JsonObject,
  path: MappedPath,
  value: JsonValue | undefined,
): JsonObject {
  const { extension, attribute } = path;
  if (extension === undefined)
    return withMember(resource, attribute, changed(resource[attribute], path, value));
  const inner = resource[extension];
  const container = isJsonObject(inner) ? inner : {};
  const within = withMember(container, attribute, changed(container[attribute], path, value));
  return withMember(resource, extension, Object.keys(within).length === 0 ? undefined : within);
}

function selectorOf(filter: Filter, text: string): MappedPath["selector"] {
  if (filter.kind === "compare" && filter.operator === "eq" && filter.path.subAttribute === undefined) {
    const { value } = filter;
    if (typeof value === "string" || typeof value === "boolean") {
      const { attribute } = filter.path;
      return { attribute, value: selectorValue(attribute, value), written: value };
    }
  }
  throw new RangeError(`a mapped path may have one filter, an eq comparison: ${text}`);
}

/** `primary` is a boolean of every multi-valued attribute (RFC 7643 §2.4). */
function selectorValue(attribute: string, value: string | boolean): string | boolean {
  const text = foldCase(String(value));
  const isBoolean = foldCase(attribute) === "primary" && (text === "true" || text === "false");
  return isBoolean ? text === "true" : value;
}

function selected(value: JsonValue | undefined, path: MappedPath): JsonValue | undefined {
  const { selector } = path;
  if (selector === undefined || value === undefined) return isJsonArray(value) ? value[0] : value;
  const values = (isJsonArray(value) ? value : [value]).filter(isJsonObject);
  const found = values.find((one) => isSelected(one[selector.attribute], selector.value));
  if (found !== undefined) return found;
  return selector.value === true && values.length === 1 ? values[0] : undefined;
}

/** Servers answer booleans as the strings "True" and "true", too. */
function isSelected(actual: JsonValue | undefined, wanted: string | boolean): boolean {
  if (typeof actual !== "string" && typeof actual !== "boolean") return false;
  return foldCase(String(actual)) === foldCase(String(wanted));
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A server's `__proto__` is a member like any other, never a prototype: none is assigned here. */
function withMember(object: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}

function changed(
  before: JsonValue | undefined,
  path: MappedPath,
  value: JsonValue | undefined,
): JsonValue | undefined {
  return value === undefined ? reduced(before, path) : extended(before, path, value);
}

/** What is left without the value at the path. */
function reduced(
  before: JsonValue | undefined,
  { selector, subAttribute }: MappedPath,
): JsonValue | undefined {
  if (selector !== undefined) {
    const values = (isJsonArray(before) ? before : []).flatMap((one) => {
      if (!isJsonObject(one) || one[selector.attribute] !== selector.value) return [one];
      // Without its value there is no entry; any other part is taken out of it.
      if (subAttribute === undefined || subAttribute === "value") return [];
      const { [subAttribute]: _, ...others } = one;
      return Object.keys(others).some((name) => name !== selector.attribute) ? [others] : [];
    });
    return values.length === 0 ? undefined : values;
  }
  if (subAttribute === undefined || !isJsonObject(before)) return undefined;
  const others = withMember(before, subAttribute, undefined);
  return Object.keys(others).length === 0 ? undefined : others;
}

function extended(before: JsonValue | undefined, path: MappedPath, value: JsonValue): JsonValue {
  const { selector, subAttribute } = path;
  if (selector === undefined) {
    if (subAttribute === undefined) return value;
    return { ...(isJsonObject(before) ? before : {}), [subAttribute]: value };
  }
  const part = { [subAttribute ?? "value"]: value, [selector.attribute]: selector.value };
  const values = isJsonArray(before) ? before : [];
  const index = values.findIndex((one) => isJsonObject(one) && one[selector.attribute] === selector.value);
  const held = values[index];
  return isJsonObject(held) ? values.with(index, { ...held, ...part }) : [...values, part];
}
