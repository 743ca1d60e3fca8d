/** The attributes of an app user, and where SCIM carries each (Okta API: Schemas, app user). */

import { attributeNames, isAttributeName } from "../../../astro/attributes.ts";
import { parseMappedPath, type MappedPath } from "../../../astro/mapped-path.ts";
import { appAttribute, type MappingEntry } from "../../../astro/okta-attributes/okta-app-attribute.ts";
import { isListType, type OktaDataType } from "../../../astro/okta-attributes/okta-data-type.ts";
import { defaultAppAttributes } from "../../../astro/okta-attributes/okta-default-attributes.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { OktaContext } from "../context.ts";
import { variableName } from "./app-attribute-name.ts";
import { timestamp } from "./times.ts";

export function appSchemaJson(context: OktaContext, origin: string): JsonObject {
  const { company, settings } = context;
  const { mappings } = settings();
  const times = company.timesOf(company.appId);
  const base = [...attributeNames, ...defaultAppAttributes.keys()].filter((name) => !isAdded(mappings[name]));
  const custom = Object.keys(mappings).filter((name) => !base.includes(name));
  const self = `${origin}/api/v1/meta/schemas/apps/${company.appId}/default`;
  return {
    id: self,
    $schema: "http://json-schema.org/draft-04/schema#",
    name: company.appName,
    title: `${company.appName} User`,
    lastUpdated: timestamp(times?.updated),
    created: timestamp(times?.created),
    definitions: {
      base: {
        id: "#base",
        type: "object",
        properties: { userName, ...propertiesOf(base, mappings) },
        required: ["userName"],
      },
      custom: { id: "#custom", type: "object", properties: propertiesOf(custom, mappings), required: [] },
    },
    type: "object",
    properties: { profile: { allOf: [{ $ref: "#/definitions/custom" }, { $ref: "#/definitions/base" }] } },
    _links: { self: { href: self } },
  };
}

/** It has no place of its own: the sign-on settings make it. */
const userName: JsonObject = {
  title: "Username",
  type: "string",
  required: true,
  scope: "NONE",
  master: { type: "PROFILE_MASTER" },
};

type Mappings = Readonly<Record<string, MappingEntry>>;

/** An attribute that says itself where it goes was added in the console. */
function isAdded(entry: MappingEntry | undefined): boolean {
  return entry !== undefined && typeof entry !== "string";
}

function propertiesOf(names: readonly string[], mappings: Mappings): JsonObject {
  return Object.fromEntries(names.map((name) => [variableName(name), propertyOf(name, mappings[name])]));
}

function propertyOf(name: string, entry: MappingEntry | undefined): JsonObject {
  const { path, type } = placeOf(name, entry);
  return {
    title: name,
    ...typeJson(type),
    ...(path === undefined ? {} : placeJson(path)),
    scope: "NONE",
    master: { type: "PROFILE_MASTER" },
  };
}

/** What is not sent has no place. */
function placeOf(
  name: string,
  entry: MappingEntry | undefined,
): { readonly path: MappedPath | undefined; readonly type: OktaDataType } {
  const standard = isAttributeName(name) ? undefined : defaultAppAttributes.get(name);
  if (entry === undefined && standard !== undefined) {
    return { path: parseMappedPath(standard.path), type: standard.type };
  }
  const attribute = appAttribute(name, entry ?? "");
  const stated = typeof entry === "object" ? entry.type : undefined;
  return { path: attribute?.path, type: attribute?.type ?? stated ?? "string" };
}

function typeJson(type: OktaDataType): JsonObject {
  return isListType(type) ? { type: "array", items: { type: type.replace(/ array$/, "") } } : { type };
}

const coreUserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

/** As the console writes it: `name.givenName`, `emails.^[primary==true].value`. */
function placeJson({ extension, attribute, selector, subAttribute }: MappedPath): JsonObject {
  const value = selector && (typeof selector.value === "boolean" ? selector.value : `'${selector.value}'`);
  const chosen = selector === undefined ? "" : `.^[${selector.attribute}==${value}]`;
  const part = subAttribute === undefined ? "" : `.${subAttribute}`;
  return {
    externalName: `${attribute}${chosen}${part}`,
    externalNamespace: extension ?? coreUserSchema,
  };
}
