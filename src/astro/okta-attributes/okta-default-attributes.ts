/**
 * What an app of the App Integration Wizard has in its profile beside the attributes that Astro documents, each with the
 * place that it is sent to; nothing is mapped to them unless the fixture does (Okta: default attributes of a SCIM app, as
 * Auth0's and Ninjio's set-up pages list them).
 */

import { enterpriseUserSchemaUrn } from "../../scim/urn.ts";
import type { OktaDataType } from "./okta-data-type.ts";

export interface DefaultAttribute {
  readonly path: string;
  readonly type: OktaDataType;
}

const core = ["title", "nickName", "preferredLanguage", "locale", "timezone", "userType"] as const;
const nameParts = ["middleName", "honorificPrefix", "honorificSuffix"] as const;
const addressParts = ["streetAddress", "locality", "region", "postalCode", "country"] as const;
const enterprise = ["employeeNumber", "costCenter", "organization", "division", "department"] as const;

/** By name in the app. */
export const defaultAppAttributes: ReadonlyMap<string, DefaultAttribute> = new Map([
  ...core.map((name) => text(name, name)),
  ...nameParts.map((name) => text(name, `name.${name}`)),
  text("emailType", "emails[primary eq true].type"),
  text("primaryPhone", "phoneNumbers[primary eq true].value"),
  text("primaryPhoneType", "phoneNumbers[primary eq true].type"),
  text("addressType", "addresses[primary eq true].type"),
  ...addressParts.map((name) => text(name, `addresses[primary eq true].${name}`)),
  ...enterprise.map((name) => text(name, `${enterpriseUserSchemaUrn}:${name}`)),
  text("managerValue", `${enterpriseUserSchemaUrn}:manager.value`),
  text("managerDisplayName", `${enterpriseUserSchemaUrn}:manager.displayName`),
  // Okta support: How to Add Multi-value Roles in SCIM Cloud Integration: by default an array of texts.
  ["roles", { path: "roles", type: "string array" }],
]);

function text(name: string, path: string): [string, DefaultAttribute] {
  return [name, { path, type: "string" }];
}
