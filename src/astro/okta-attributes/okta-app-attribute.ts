/** The attributes of the app's profile in Okta: the default ones, and those of the console's "Add Attribute". */

import { AppError } from "../../ground/errors.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { userSchemaUrn } from "../../scim/urn.ts";
import { attributeNames, documentedAttributes, isAttributeName, type AttributeName } from "../attributes.ts";
import { parseMappedPath, type MappedPath } from "../mapped-path.ts";
import { isListType, type OktaDataType } from "./okta-data-type.ts";
import { defaultAppAttributes, type DefaultAttribute } from "./okta-default-attributes.ts";
import { externalPath } from "./okta-external-name.ts";
import {
  isOtherUserAttribute,
  isServersOwn,
  isWholeList,
  otherUserAttribute,
  targetAttribute,
} from "../target-attribute.ts";

/** A row of the mappings with what "Add Attribute" asks for. */
export interface AddedAttribute {
  /** Okta expression. */
  readonly from: string;
  /** "External name": `title`, `name.middleName`, `roles.^[primary==true].value`. */
  readonly externalName?: string;
  /** "External namespace": the URN of a schema. */
  readonly externalNamespace?: string;
  /** "Data type": `string` unless said. */
  readonly type?: OktaDataType;
}

/** An expression alone, or with where its value goes. */
export type MappingEntry = string | AddedAttribute;

export interface AppAttribute {
  /** Its name in the app ("Variable name"), or the path of a SCIM user's attribute. */
  readonly name: string;
  readonly path: MappedPath;
  readonly type: OktaDataType;
  /** Whether the value that a target holds can be compared with the sent one, as text. */
  readonly isCompared: boolean;
}

export function expressionOf(entry: MappingEntry): string {
  return typeof entry === "string" ? entry : entry.from;
}

/** In the order in which they stand, the documented ones first. */
export function appAttributeNames(mappings: Readonly<Record<string, MappingEntry>>): readonly string[] {
  return [...new Set([...attributeNames, ...Object.keys(mappings)])];
}

/** Whether an attribute may be mapped by this name alone: it is known where its value goes. */
export function isKnownAppAttribute(name: string): boolean {
  return isAttributeName(name) || defaultAppAttributes.has(name) || isOtherUserAttribute(name);
}

/**
 * One attribute of the app; undefined for one without an external namespace, which Okta never sends (support article "Custom
 * Schema Attribute is Not Being Sent").
 * @throws AppError invalid-file for a place that no attribute of a SCIM user has, or that the data type does not fit
 */
export function appAttribute(name: string, entry: MappingEntry): AppAttribute | undefined {
  const added: Partial<AddedAttribute> = typeof entry === "string" ? {} : entry;
  if (isAttributeName(name)) return documentedAttribute(name, added);
  const known = knownPlace(name);
  const path = placeOf(name, added, known);
  return path === undefined ? undefined : checked(name, path, added.type ?? known?.type ?? "string");
}

/** Where it says, otherwise where an attribute of that name goes. */
function placeOf(
  name: string,
  { externalName, externalNamespace }: Partial<AddedAttribute>,
  known: DefaultAttribute | undefined,
): MappedPath | undefined {
  const place = known && parseMappedPath(known.path);
  if (externalName === undefined && externalNamespace === undefined) return place;
  const namespace = externalNamespace ?? (place && (place.extension ?? userSchemaUrn));
  return namespace === undefined ? undefined : externalPath(name, externalName ?? name, namespace);
}

/** For two attributes that are sent to one place, or one of which is a part of the other. */
export function samePlaceError(one: AppAttribute, other: AppAttribute): AppError {
  return new AppError(
    "invalid-file",
    `The attributes ${one.name} and ${other.name} of the app are both sent as ${other.path.text}.`,
    { hint: 'Map one of them to "", or give it another external name.' },
  );
}

function documentedAttribute(name: AttributeName, added: Partial<AddedAttribute>): AppAttribute {
  const { externalName, externalNamespace, type = "string" } = added;
  if (externalName !== undefined || externalNamespace !== undefined || type !== "string") {
    throw new AppError(
      "invalid-file",
      `Every app has the attribute ${name}: only its expression can be chosen.`,
      { hint: "Write the expression alone, or add an attribute with another name." },
    );
  }
  return { name, path: parseMappedPath(documentedAttributes[name].path), type, isCompared: true };
}

function knownPlace(name: string): DefaultAttribute | undefined {
  const standard = defaultAppAttributes.get(name);
  if (standard !== undefined || !isOtherUserAttribute(name)) return standard;
  return { path: otherUserAttribute(name).path.text, type: "string" };
}

/** @throws AppError invalid-file for a data type that the attribute of the schema does not hold */
function checked(name: string, path: MappedPath, type: OktaDataType): AppAttribute {
  if (isCustom(path)) return { name, path, type, isCompared: type === "string" };
  requireFitting(name, path, type);
  const isCompared = !isServersOwn(path.text) && (!isListType(type) || path.text === "roles");
  return { name, path, type, isCompared };
}

/** Of a schema that Astro does not have. */
function isCustom({ extension }: MappedPath): boolean {
  if (extension === undefined) return false;
  return !userResourceType.extensions.some(({ id }) => id.toLowerCase() === extension.toLowerCase());
}

function requireFitting(name: string, path: MappedPath, type: OktaDataType): void {
  if (isWholeList(path.text)) {
    if (isListType(type)) return;
    throw new AppError(
      "invalid-file",
      `The attribute ${name} is sent as ${path.text}, a list of values with parts, and its data type is ${type}.`,
      {
        hint: `Name one value, externalName: ${path.attribute}.^[primary==true].value, or set type: string array.`,
      },
    );
  }
  // Nothing that a client decides, and sent all the same.
  if (isServersOwn(path.text)) return;
  const fitting = typesFor[targetAttribute(path.text, userResourceType).type];
  if (fitting.includes(type)) return;
  throw new AppError(
    "invalid-file",
    `The attribute ${name} is sent as ${path.text}, which does not hold the data type ${type}.`,
    { hint: `Set type: ${fitting.join(" or ")}.` },
  );
}

const typesFor: Readonly<Record<ReturnType<typeof targetAttribute>["type"], readonly OktaDataType[]>> = {
  text: ["string"],
  boolean: ["boolean"],
  number: ["number", "integer"],
  // A manager is an object: its value and displayName are parts.
  reference: [],
  objects: ["string array"],
};

/** Names and URNs in any case (RFC 7643 §2.1); a whole attribute is the place of each of its parts. */
export function isSamePlace(one: MappedPath, other: MappedPath): boolean {
  if (one.text.toLowerCase() === other.text.toLowerCase()) return true;
  const isWhole = (path: MappedPath): boolean =>
    path.selector === undefined && path.subAttribute === undefined;
  const listOf = ({ extension = "", attribute }: MappedPath): string =>
    `${extension}:${attribute}`.toLowerCase();
  return listOf(one) === listOf(other) && (isWhole(one) || isWhole(other));
}
