/** Properties of a user of Microsoft Graph, and the source attributes of provisioning that hold their values. */

import type { DirectoryUser, ProfileValue } from "../../../directory/directory.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { badRequest } from "../graph-error.ts";

/** Property of Graph → source attribute, where they hold the same value (Microsoft Graph: user; Microsoft: Customize attribute mappings). */
const attributes: Readonly<Record<string, string>> = {
  ...sameName(
    "city companyName country department displayName employeeHireDate employeeId employeeLeaveDateTime employeeType " +
      "givenName jobTitle mail mailNickname onPremisesDistinguishedName onPremisesSamAccountName " +
      "onPremisesSecurityIdentifier onPremisesUserPrincipalName postalCode preferredLanguage state streetAddress " +
      "surname usageLocation userPrincipalName userType",
  ),
  faxNumber: "facsimileTelephoneNumber",
  mobilePhone: "mobile",
  officeLocation: "physicalDeliveryOfficeName",
  onPremisesImmutableId: "immutableId",
  onPremisesSyncEnabled: "dirSyncEnabled",
};

/** Properties with several values. */
const lists: Readonly<Record<string, string>> = {
  otherMails: "otherMails",
  proxyAddresses: "proxyAddresses",
};

/** Properties with parts, and the source attribute of each part. */
const parts: Readonly<Record<string, readonly (readonly [part: string, attribute: string])[]>> = {
  employeeOrgData: [
    ["costCenter", "employeeOrgData.costCenter"],
    ["division", "employeeOrgData.division"],
  ],
  onPremisesExtensionAttributes: Array.from({ length: 15 }, (_, index) => {
    const name = `extensionAttribute${index + 1}`;
    return [name, name] as const;
  }),
};

/** What a list shows without `$select` (Microsoft Graph: List users). */
export const defaultUserProperties = [
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
  "id",
] as const;

const ownProperties = ["id", "accountEnabled", "businessPhones", "createdDateTime", "deletedDateTime"];

const known: ReadonlySet<string> = new Set([
  ...ownProperties,
  ...Object.keys(attributes),
  ...Object.keys(lists),
  ...Object.keys(parts),
  // Properties that Graph has, and that no company here has a value of.
  ...(
    "aboutMe ageGroup assignedLicenses assignedPlans authorizationInfo birthday consentProvidedForMinor " +
    "creationType customSecurityAttributes externalUserState externalUserStateChangeDateTime hireDate identities " +
    "imAddresses infoCatalogs interests isManagementRestricted isResourceAccount lastPasswordChangeDateTime " +
    "legalAgeGroupClassification licenseAssignmentStates mailboxSettings mySite onPremisesDomainName " +
    "onPremisesLastSyncDateTime onPremisesProvisioningErrors passwordPolicies passwordProfile pastProjects " +
    "preferredDataLocation preferredName provisionedPlans responsibilities schools securityIdentifier " +
    "serviceProvisioningErrors showInAddressList signInActivity signInSessionsValidFromDateTime skills"
  ).split(" "),
]);

/** A directory extension is a property under its own name (Microsoft Graph: Add custom data). */
const extension = /^extension_\w+$/;

export function isUserProperty(name: string): boolean {
  return known.has(name) || extension.test(name);
}

/** What `$filter` may name. */
export const filterableUserProperties: ReadonlySet<string> = new Set([
  "id",
  "accountEnabled",
  "createdDateTime",
  ...Object.keys(attributes),
]);

/** The value of a property that a user's profile holds; null where it has none. */
export function propertyOf({ profile }: DirectoryUser, name: string): JsonValue {
  const valueOf = (attribute: string): ProfileValue =>
    Object.hasOwn(profile, attribute) ? (profile[attribute] ?? null) : null;
  const attribute = own(attributes, name) ?? (extension.test(name) ? name : undefined);
  if (attribute !== undefined) return valueOf(attribute);
  if (name === "businessPhones") return asList(valueOf("businessPhones") ?? valueOf("telephoneNumber"));
  const list = own(lists, name);
  if (list !== undefined) return asList(valueOf(list));
  const ofProperty = own(parts, name);
  if (ofProperty === undefined) return null;
  return Object.fromEntries(ofProperty.map(([part, partAttribute]) => [part, valueOf(partAttribute)]));
}

/**
 * What a change of properties makes of the profile.
 * @throws GraphError 400 for a property that a client cannot write, or with a value of another type
 */
export function profileChange(properties: JsonObject): Readonly<Record<string, ProfileValue>> {
  return Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => changesBy(name, value)));
}

function changesBy(name: string, value: JsonValue): readonly (readonly [string, ProfileValue])[] {
  const attribute = own(attributes, name) ?? (extension.test(name) ? name : undefined);
  if (attribute !== undefined) return [[attribute, textOf(name, value)]];
  if (name === "businessPhones") return [["telephoneNumber", listOf(name, value)[0] ?? null]];
  const list = own(lists, name);
  if (list !== undefined) return [[list, listOf(name, value)]];
  const ofProperty = own(parts, name);
  if (ofProperty === undefined || !isJsonObject(value)) {
    throw badRequest(`Property '${name}' is read-only or does not exist, and cannot be set.`);
  }
  return ofProperty.flatMap(([part, partAttribute]) =>
    Object.hasOwn(value, part) ? [[partAttribute, textOf(part, value[part] ?? null)] as const] : [],
  );
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function textOf(name: string, value: JsonValue): ProfileValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  throw badRequest(`Invalid value specified for property '${name}' of resource 'User'.`);
}

function listOf(name: string, value: JsonValue): readonly string[] {
  const texts = isJsonArray(value) ? value.filter((one) => typeof one === "string") : undefined;
  if (texts !== undefined && isJsonArray(value) && texts.length === value.length) return texts;
  throw badRequest(`Invalid value specified for property '${name}' of resource 'User'.`);
}

function asList(value: ProfileValue): readonly string[] {
  if (value === null) return [];
  return typeof value === "object" ? value : [String(value)];
}

function sameName(names: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, name]));
}
