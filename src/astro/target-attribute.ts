/** The attributes of Astro's SCIM resources as targets of a mapping: found in the schemas, with their types. */

import { AppError } from "../ground/errors.ts";
import { nearestName } from "../ground/text/nearest-name.ts";
import { ScimError } from "../scim/error.ts";
import { resolveAttributePath, type ResolvedPath } from "../scim/path.ts";
import type { Attribute, ResourceType } from "../scim/schema/attribute.ts";
import { userResourceType } from "../scim/schema/user.ts";
import { enterpriseUserSchemaUrn } from "../scim/urn.ts";
import { attributeNameOf, documentedAttributes, isAttributeName } from "./attributes.ts";
import { parseMappedPath, type MappedPath } from "./mapped-path.ts";

/** `objects`: a list of objects, which only an app role function makes. `reference`: another object. */
export type TargetType = "text" | "boolean" | "number" | "objects" | "reference";

export interface TargetAttribute {
  readonly path: MappedPath;
  readonly type: TargetType;
  /** Whether capital and small letters make a difference when values are compared. */
  readonly caseExact: boolean;
}

/**
 * The attribute that a mapping names.
 * @throws AppError invalid-file for what is not a path, for an attribute that the resource does not have, with the
 * nearest, for one that only the server writes, and for a whole complex attribute
 */
export function targetAttribute(text: string, type: ResourceType): TargetAttribute {
  const path = parsed(text);
  if (isOfCustomExtension(path)) return { path, type: "text", caseExact: false };
  const resolved = resolveAttributePath(type, {
    ...(path.extension === undefined ? {} : { schemaUrn: path.extension }),
    attribute: path.attribute,
    ...(path.subAttribute === undefined ? {} : { subAttribute: path.subAttribute }),
  });
  const found = resolved?.subAttribute ?? resolved?.attribute;
  if (resolved === undefined || found === undefined) throw unknownTarget(text, path, type);
  if (found.mutability === "readOnly") {
    throw new AppError(
      "invalid-file",
      `The target attribute ${text} is the server's own: nothing can be mapped to it.`,
    );
  }
  return { path: spelledOut(path, resolved), type: typeOf(found, text), caseExact: found.caseExact };
}

/**
 * An attribute of a user that Astro does not document, by its path.
 * @throws AppError invalid-file as `targetAttribute`, and for one that is documented, holds no text, or is not for a
 * mapping to decide
 */
export function otherUserAttribute(text: string): TargetAttribute {
  const target = targetAttribute(text, userResourceType);
  const name = attributeNameOf(target.path.text);
  if (name !== undefined) throw new AppError("invalid-file", `The attribute ${text} is called ${name} here.`);
  if (target.type !== "text" || reserved.has(target.path.text)) {
    throw new AppError(
      "invalid-file",
      `The attribute ${text} cannot be named here: it holds no text, or belongs to the account itself.`,
    );
  }
  return target;
}

/** Whether `otherUserAttribute` knows it. */
export function isOtherUserAttribute(text: string): boolean {
  try {
    otherUserAttribute(text);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Whether a path leads into an extension that no schema of Astro's users is. */
export function isCustomExtension(text: string): boolean {
  return isOfCustomExtension(parsed(text));
}

/**
 * The path of an attribute that is named as documented, or by a path in any spelling.
 * @throws AppError invalid-file as `otherUserAttribute`
 */
export function userAttributePath(name: string): string {
  return isAttributeName(name) ? documentedAttributes[name].path : otherUserAttribute(name).path.text;
}

/** Whether a path names a list as a whole, such as `roles`: not one of its values, nor a part of them. */
export function isWholeList(text: string): boolean {
  const found = knownAttribute(text);
  return found?.attribute?.multiValued === true && found.subAttribute === undefined && !text.includes("[");
}

/** Whether a path names what only the server writes: it takes what a client sends and drops it (RFC 7643 §7, `readOnly`). */
export function isServersOwn(text: string): boolean {
  const found = knownAttribute(text);
  return (found?.subAttribute ?? found?.attribute)?.mutability === "readOnly";
}

/** An attribute of a user in the core schema or the enterprise extension. */
function knownAttribute(text: string): ResolvedPath | undefined {
  const { extension, attribute, subAttribute } = parsed(text);
  return resolveAttributePath(userResourceType, {
    ...(extension === undefined ? {} : { schemaUrn: extension }),
    attribute,
    ...(subAttribute === undefined ? {} : { subAttribute }),
  });
}

/**
 * The path under which `diff` shows a user's attribute, of its documented name or of any spelling of its path.
 * @throws AppError invalid-file as `targetAttribute`
 */
export function comparedAttributePath(name: string): string {
  return isAttributeName(name)
    ? documentedAttributes[name].path
    : targetAttribute(name, userResourceType).path.text;
}

/** What identifies an account or is used at sign-in. */
const reserved: ReadonlySet<string> = new Set(["schemas", "userName", "externalId", "password"]);

/** The path in the spelling of the schemas; `manager` alone is the enterprise extension's. */
function spelledOut(path: MappedPath, { extension, attribute, subAttribute }: ResolvedPath): MappedPath {
  const { selector } = path;
  const names = {
    extension: extension?.id,
    attribute: attribute?.name ?? path.attribute,
    subAttribute: subAttribute?.name,
  };
  const selected =
    selector === undefined ? "" : `[${selector.attribute} eq ${JSON.stringify(selector.written)}]`;
  const prefix = names.extension === undefined ? "" : `${names.extension}:`;
  const suffix = names.subAttribute === undefined ? "" : `.${names.subAttribute}`;
  return { ...names, selector, text: `${prefix}${names.attribute}${selected}${suffix}` };
}

function parsed(text: string): MappedPath {
  try {
    return parseMappedPath(text);
  } catch (error) {
    if (!(error instanceof ScimError) && !(error instanceof RangeError)) throw error;
    throw new AppError(
      "invalid-file",
      `The target attribute ${text} is not an attribute path: ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

/** A custom extension takes any attribute (Microsoft: Customize user provisioning attribute-mappings, custom attributes). */
function isOfCustomExtension({ extension }: MappedPath): boolean {
  return extension !== undefined && extension.toLowerCase() !== enterpriseUserSchemaUrn.toLowerCase();
}

function typeOf({ name, type, subAttributes }: Attribute, text: string): TargetType {
  switch (type) {
    case "boolean":
      return "boolean";
    case "integer":
    case "decimal":
      return "number";
    case "complex":
      if (name === "members" || name === "manager") return "reference";
      if (name === "roles") return "objects";
      throw new AppError("invalid-file", `The target attribute ${text} has parts: map one of them.`, {
        hint: `Parts of ${name}: ${subAttributes.map((one) => one.name).join(", ")}.`,
      });
    case "string":
    case "dateTime":
    case "reference":
    case "binary":
      return "text";
    default:
      return type satisfies never;
  }
}

function unknownTarget(text: string, { attribute, subAttribute }: MappedPath, type: ResourceType): AppError {
  const written = subAttribute === undefined ? attribute : `${attribute}.${subAttribute}`;
  const nearest = nearestName(written, namesOf(type));
  return new AppError("invalid-file", `A ${type.name} has no attribute ${text} to map to.`, {
    hint:
      nearest === undefined
        ? "Write a custom attribute after the URN of its extension: urn:ietf:params:scim:schemas:extension:…:2.0:User:name."
        : `Did you mean ${nearest}?`,
  });
}

function namesOf({ schema, extensions, commonAttributes }: ResourceType): readonly string[] {
  const attributes = [schema, ...extensions].flatMap((one) => one.attributes);
  return [...attributes, ...commonAttributes].flatMap(({ name, subAttributes }) => [
    name,
    ...subAttributes.map((part) => `${name}.${part.name}`),
  ]);
}
