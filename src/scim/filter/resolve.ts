/** Which attribute of the schemas a filter speaks of, and which one of its sub-attributes it compares. */

import { ScimError } from "../error.ts";
import { lenient, type Leniency } from "../leniency.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import { resolveAttributePath, type ResolvedPath } from "../path.ts";
import { findByName, type Attribute, type ResourceType } from "../schema/attribute.ts";
import type { AttributePath } from "./ast.ts";
import { printAttributePath } from "./attribute-path.ts";

/**
 * Finds the attribute that a filter names. Deviation: `email` alone is read as `emails`, the name that Okta's
 * console gives its unique identifier.
 * @throws ScimError invalidFilter for an unknown attribute, with the nearest name, and for one that is
 * never returned: a filter would tell it letter by letter.
 */
export function resolveFilterPath(
  type: ResourceType,
  path: AttributePath,
  leniency: Leniency = lenient,
): ResolvedPath {
  const resolved = resolveAttributePath(type, withoutAlias(path), leniency);
  if (resolved === undefined) throw unknownAttribute(printAttributePath(path), path.attribute, namesOf(type));
  const { attribute, subAttribute } = resolved;
  if (attribute?.returned === "never" || subAttribute?.returned === "never") {
    throw new ScimError("invalidFilter", `${printAttributePath(path)} cannot be used in a filter.`);
  }
  return resolved;
}

/** Whether resources of the type have what a filter names. */
export function hasFilterPath(
  type: ResourceType,
  path: AttributePath,
  leniency: Leniency = lenient,
): boolean {
  return resolveAttributePath(type, withoutAlias(path), leniency) !== undefined;
}

/**
 * Finds the sub-attribute that a filter in brackets names; of an attribute without sub-attributes, `value` is
 * the attribute itself (RFC 7643 §2.4).
 * @throws ScimError invalidFilter for an unknown sub-attribute, with the nearest name.
 */
export function resolveInValue(attribute: Attribute, path: AttributePath): Attribute | "itself" {
  const simple = path.schemaUrn === undefined && path.subAttribute === undefined;
  const found = simple ? findByName(attribute.subAttributes, path.attribute) : undefined;
  if (found !== undefined) return found;
  if (simple && attribute.type !== "complex" && path.attribute.toLowerCase() === "value") return "itself";
  const names = attribute.type === "complex" ? attribute.subAttributes.map((one) => one.name) : ["value"];
  throw unknownAttribute(`${attribute.name}.${printAttributePath(path)}`, path.attribute, names);
}

/**
 * The path with the sub-attribute that a comparison compares where a complex attribute stands alone: its
 * `value` (RFC 7644 §3.4.2.2: `emails co "example.com"`).
 * @throws ScimError invalidFilter where there is no `value`.
 */
export function comparedPath(resolved: ResolvedPath): ResolvedPath & { readonly compared: Attribute } {
  const { attribute, subAttribute } = resolved;
  if (attribute === undefined) {
    throw new ScimError("invalidFilter", "An extension cannot be compared: use one of its attributes.");
  }
  if (subAttribute !== undefined) return { ...resolved, compared: subAttribute };
  if (attribute.type !== "complex") return { ...resolved, compared: attribute };
  const value = findByName(attribute.subAttributes, "value");
  if (value !== undefined) return { ...resolved, subAttribute: value, compared: value };
  const names = attribute.subAttributes.map((one) => `${attribute.name}.${one.name}`);
  throw new ScimError(
    "invalidFilter",
    `${attribute.name} cannot be compared: use one of ${names.join(", ")}.`,
  );
}

/**
 * Deviation: `email` is `emails` (RFC 7643 §4.1.2 has no other), for Astro's set-up page names `email` as Okta's unique
 * identifier field.
 */
function withoutAlias(path: AttributePath): AttributePath {
  return path.attribute.toLowerCase() === "email" ? { ...path, attribute: "emails" } : path;
}

function namesOf(type: ResourceType): readonly string[] {
  return [type.schema.attributes, type.commonAttributes, ...type.extensions.map((one) => one.attributes)]
    .flat()
    .map((one) => one.name);
}

function unknownAttribute(written: string, name: string, known: readonly string[]): ScimError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  return new ScimError("invalidFilter", `Unknown attribute ${written.slice(0, 200)}.${hint}`);
}
