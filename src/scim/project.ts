/** Which attributes of a resource an answer shows: `attributes`, `excludedAttributes`, and `returned`. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../ground/json.ts";
import { lenient, type Leniency } from "./leniency.ts";
import { findByName, type Attribute, type ResourceType } from "./schema/attribute.ts";
import { selectAttributes, type Selection } from "./list/selection.ts";

/** What the client asked for: names with commas in a URL, a list in a search body (RFC 7644 §3.4.3). */
export interface ProjectionQuery {
  readonly attributes?: string | readonly string[] | undefined;
  readonly excludedAttributes?: string | readonly string[] | undefined;
}

/** What to show of the resources of one type; made once, applied to many. */
export interface Projection {
  readonly type: ResourceType;
  /** Undefined where nothing in particular was asked for: what is returned by default is shown. */
  readonly requested: Selection | undefined;
  readonly excluded: Selection | undefined;
}

/**
 * Reads `attributes` and `excludedAttributes` (RFC 7644 §3.9): names in any case, with or without URN;
 * unknown ones are ignored. The RFC calls the two mutually exclusive: where both come, both are applied.
 */
export function parseProjection(
  query: ProjectionQuery,
  type: ResourceType,
  leniency: Leniency = lenient,
): Projection {
  return {
    type,
    requested: selectAttributes(query.attributes, type, leniency),
    excluded: selectAttributes(query.excludedAttributes, type, leniency),
  };
}

/**
 * The resource with what the projection shows of it. `returned` decides first (RFC 7643 §7): `always` and
 * `never` whatever was asked for, `request` only where the attribute itself was named.
 */
export function project(resource: JsonObject, projection: Projection): JsonObject {
  const { type } = projection;
  return projectObject(resource, projection, visibilityOfResource(projection), (name) => {
    const extension = type.extensions.find((schema) => schema.id === name);
    if (extension === undefined) return partOf(findCore(type, name), "");
    return { key: name, returned: "default", parts: extension.attributes, prefix: `${name}:` };
  });
}

/** Whether nothing in particular was asked for: without `returned: request` a resource is shown as it is. */
export function showsDefault({ requested, excluded }: Projection): boolean {
  return requested === undefined && excluded === undefined;
}

/** Whether an attribute of the core schema can be shown at all: a Team's members are not read for nothing. */
export function projectionNeeds(projection: Projection, attributeName: string): boolean {
  const part = partOf(findCore(projection.type, attributeName), "");
  return part !== undefined && visibilityOf(part, projection, visibilityOfResource(projection)) !== "hidden";
}

/** Of what is shown in part, only what was named is shown. */
type Visibility = "shown" | "in-part" | "hidden";

/** A place in a resource: an extension, an attribute or a sub-attribute. */
interface Part {
  /** Its key in a `Selection`; `prefix` comes before the names of what is inside. */
  readonly key: string;
  readonly prefix: string;
  readonly returned: Attribute["returned"];
  readonly parts: readonly Attribute[];
}

function partOf(attribute: Attribute | undefined, prefix: string): Part | undefined {
  if (attribute === undefined) return undefined;
  const key = `${prefix}${attribute.name}`;
  return { key, prefix: `${key}.`, returned: attribute.returned, parts: attribute.subAttributes };
}

function findCore(type: ResourceType, name: string): Attribute | undefined {
  return findByName(type.schema.attributes, name) ?? findByName(type.commonAttributes, name);
}

function visibilityOfResource(projection: Projection): Visibility {
  return projection.requested === undefined ? "shown" : "in-part";
}

function visibilityOf(part: Part, projection: Projection, within: Visibility): Visibility {
  const { requested, excluded } = projection;
  if (part.returned === "never") return "hidden";
  if (part.returned === "always") return "shown";
  if (excluded?.whole.has(part.key) === true) return "hidden";
  if (requested?.whole.has(part.key) === true) return "shown";
  if (part.returned === "request") return "hidden";
  if (within === "shown") return "shown";
  return requested?.inPart.has(part.key) === true ? "in-part" : "hidden";
}

/** What no schema knows is shown where everything is. */
function projectObject(
  object: JsonObject,
  projection: Projection,
  within: Visibility,
  find: (name: string) => Part | undefined,
): JsonObject {
  const entries = Object.entries(object).flatMap(([name, value]): readonly [string, JsonValue][] => {
    const part = find(name);
    if (part === undefined) return within === "shown" ? [[name, value]] : [];
    const kept = projectValue(value, part, projection, visibilityOf(part, projection, within));
    return kept === undefined ? [] : [[name, kept]];
  });
  return Object.fromEntries(entries);
}

/** Undefined where nothing is left to show. */
function projectValue(
  value: JsonValue,
  part: Part,
  projection: Projection,
  visibility: Visibility,
): JsonValue | undefined {
  if (visibility === "hidden") return undefined;
  if (visibility === "shown" && isShownWhole(part, projection)) return value;
  if (isJsonArray(value)) {
    const values = value
      .map((one) => projectValue(one, part, projection, visibility))
      .filter((one) => one !== undefined);
    return values.length === 0 && value.length > 0 ? undefined : values;
  }
  if (!isJsonObject(value)) return value;
  const shown = projectObject(value, projection, visibility, (name) =>
    partOf(findByName(part.parts, name), part.prefix),
  );
  return Object.keys(shown).length === 0 ? undefined : shown;
}

/** Saves looking at each of 50,000 members to find that each is shown as it is. */
function isShownWhole(part: Part, projection: Projection): boolean {
  return (
    projection.excluded?.inPart.has(part.key) !== true &&
    part.parts.every((one) => one.subAttributes.length === 0 && one.returned === "default")
  );
}
