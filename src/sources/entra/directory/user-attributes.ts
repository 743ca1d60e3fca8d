/**
 * Attributes of users and groups under two names: those that provisioning maps (Microsoft: Customize user provisioning
 * attribute-mappings) and the properties by which Microsoft Graph has them (Microsoft Graph: user, group).
 */

import type { ProfileValue } from "../../../directory/directory.ts";
import { isDirectoryExtension } from "../../../idp/entra/mapping/source-attributes.ts";

/** Where Graph has an attribute. */
interface GraphPlace {
  /** What `$select` asks for. */
  readonly property: string;
  /** Within the property. */
  readonly part?: string;
  /** The property is a list, of which the attribute is the first value. */
  readonly isFirst?: true;
}

const same = (names: string): readonly (readonly [string, GraphPlace])[] =>
  names.split(" ").map((name) => [name, { property: name }]);

/** Without `employeeLeaveDateTime`, which needs a permission of its own (User-LifeCycleInfo.Read.All). */
const userPlaces: ReadonlyMap<string, GraphPlace> = new Map<string, GraphPlace>([
  ...same("businessPhones city companyName country createdDateTime department displayName employeeHireDate"),
  ...same("employeeId employeeType givenName jobTitle mail mailNickname"),
  ...same("onPremisesDistinguishedName onPremisesSamAccountName onPremisesSecurityIdentifier"),
  ...same("onPremisesUserPrincipalName otherMails postalCode preferredLanguage proxyAddresses state"),
  ...same("streetAddress surname usageLocation userPrincipalName userType"),
  ["dirSyncEnabled", { property: "onPremisesSyncEnabled" }],
  ["employeeOrgData.costCenter", { property: "employeeOrgData", part: "costCenter" }],
  ["employeeOrgData.division", { property: "employeeOrgData", part: "division" }],
  ["facsimileTelephoneNumber", { property: "faxNumber" }],
  ["immutableId", { property: "onPremisesImmutableId" }],
  ["mobile", { property: "mobilePhone" }],
  ["originalUserPrincipalName", { property: "userPrincipalName" }],
  ["physicalDeliveryOfficeName", { property: "officeLocation" }],
  ["telephoneNumber", { property: "businessPhones", isFirst: true }],
  ...Array.from({ length: 15 }, (_, index): [string, GraphPlace] => [
    `extensionAttribute${index + 1}`,
    { property: "onPremisesExtensionAttributes", part: `extensionAttribute${index + 1}` },
  ]),
]);

/** Attributes that are not read as a property: provisioning or this program makes them. */
const madeUserAttributes: ReadonlySet<string> = new Set([
  "IsSoftDeleted",
  "accountEnabled",
  "objectId",
  "manager",
  "appRoleAssignments",
]);

/** What `readerOfGroup` (idp/entra) knows of a group; other attributes are not kept in a directory. */
const groupAttributes: ReadonlySet<string> = new Set([
  "IsSoftDeleted",
  "displayName",
  "members",
  "objectId",
  "securityEnabled",
]);

/** Whether the value of an attribute can be had: it is a property of Graph, or made. */
export function isReadableOfUser(attribute: string): boolean {
  return madeUserAttributes.has(attribute) || placeOf(attribute) !== undefined;
}

export function isReadableOfGroup(attribute: string): boolean {
  return groupAttributes.has(attribute);
}

function placeOf(attribute: string): GraphPlace | undefined {
  if (isDirectoryExtension(attribute)) return { property: attribute };
  return userPlaces.get(attribute);
}

/** Read of every user: what identifies one, decides on the status and shows who it is. */
const alwaysRead = ["id", "userPrincipalName", "mail", "displayName", "accountEnabled", "userType"] as const;

/** The properties to ask for, so that these attributes can be evaluated. */
export function propertiesFor(attributes: Iterable<string>): readonly string[] {
  const properties = [...attributes].flatMap((attribute) => placeOf(attribute)?.property ?? []);
  return [...new Set([...alwaysRead, ...properties])];
}

/** Kept of every user, mapped or not. */
const alwaysKept = ["userPrincipalName", "mail", "displayName", "userType"] as const;

/**
 * The profile of a user by the names that mappings use. An attribute without a value is left out, but `mail`, which is null then:
 * whether somebody has one decides on provisioning.
 */
export function profileOf(
  user: Readonly<Record<string, unknown>>,
  attributes: Iterable<string>,
): Record<string, ProfileValue> {
  const profile: Record<string, ProfileValue> = {};
  for (const attribute of new Set([...alwaysKept, ...attributes])) {
    const place = placeOf(attribute);
    if (place === undefined || attribute === "originalUserPrincipalName") continue;
    const value = valueAt(user, place);
    if (value !== null) profile[attribute] = value;
  }
  return { mail: null, ...profile };
}

function valueAt(user: Readonly<Record<string, unknown>>, place: GraphPlace): ProfileValue {
  const whole = user[place.property];
  if (place.part !== undefined) {
    return isRecord(whole) ? profileValue(whole[place.part]) : null;
  }
  if (place.isFirst === true) return Array.isArray(whole) ? profileValue(whole[0]) : null;
  return profileValue(whole);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Of a list, its texts. */
function profileValue(value: unknown): ProfileValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (!Array.isArray(value)) return null;
  const texts = value.filter((one): one is string => typeof one === "string");
  return texts.length === 0 ? null : texts;
}
