/** What Entra's provisioning reads of a user or a group: the attributes by the names that its mappings use. */

import type { DirectoryGroup, DirectoryUser, ProfileValue } from "../../../directory/directory.ts";

/** Reads an attribute of one object; null where it is not set. */
export type AttributeReader = (name: string) => ProfileValue;

/** The attribute by which the default mappings disable: true for a user who should have no active account. */
export const softDeletedAttribute = "IsSoftDeleted";

/** Source attributes of a user (Microsoft: Customize user provisioning attribute-mappings; the portal's list). */
export const userSourceAttributes: ReadonlySet<string> = new Set([
  softDeletedAttribute,
  "accountEnabled",
  "alternativeSecurityIds",
  "appRoleAssignments",
  "assignedRoles",
  "businessPhones",
  "city",
  "companyName",
  "country",
  "createdDateTime",
  "department",
  "dirSyncEnabled",
  "displayName",
  "employeeHireDate",
  "employeeId",
  "employeeLeaveDateTime",
  "employeeOrgData.costCenter",
  "employeeOrgData.division",
  "employeeType",
  "facsimileTelephoneNumber",
  "givenName",
  "immutableId",
  "jobTitle",
  "mail",
  "mailNickname",
  "manager",
  "mobile",
  "netId",
  "objectId",
  "onPremisesDistinguishedName",
  "onPremisesSamAccountName",
  "onPremisesSecurityIdentifier",
  "onPremisesUserPrincipalName",
  "originalUserPrincipalName",
  "otherMails",
  "physicalDeliveryOfficeName",
  "postalCode",
  "preferredLanguage",
  "proxyAddresses",
  "sourceAnchor",
  "state",
  "streetAddress",
  "surname",
  "telephoneNumber",
  "usageLocation",
  "userPrincipalName",
  "userType",
  ...Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`),
]);

/** Source attributes of a group. */
export const groupSourceAttributes: ReadonlySet<string> = new Set([
  softDeletedAttribute,
  "description",
  "dirSyncEnabled",
  "displayName",
  "mail",
  "mailEnabled",
  "mailNickname",
  "members",
  "objectId",
  "onPremisesSecurityIdentifier",
  "owners",
  "proxyAddresses",
  "securityEnabled",
]);

/** A directory extension, by the name under which mappings have it. */
export function isDirectoryExtension(name: string): boolean {
  return name.startsWith("extension_");
}

/**
 * Reads a user. A guest's user principal name comes without `#EXT#` and what follows, and `originalUserPrincipalName`
 * has it whole (Microsoft: Customize user provisioning attribute-mappings).
 */
export function readerOfUser(user: DirectoryUser, softDeleted: boolean): AttributeReader {
  return (name) => {
    switch (name) {
      case softDeletedAttribute:
        return softDeleted;
      case "accountEnabled":
        return user.status !== "blocked";
      case "objectId":
        return user.objectId;
      case "userPrincipalName":
        return withoutGuestMark(profileValue(user, name));
      case "originalUserPrincipalName":
        return profileValue(user, "userPrincipalName");
      default:
        return profileValue(user, name);
    }
  };
}

export function readerOfGroup(group: DirectoryGroup): AttributeReader {
  return (name) => {
    switch (name) {
      case softDeletedAttribute:
      case "mailEnabled":
        return false;
      case "displayName":
        return group.name;
      case "objectId":
        return group.objectId;
      case "securityEnabled":
        return group.securityEnabled ?? true;
      default:
        return null;
    }
  };
}

function profileValue({ profile }: DirectoryUser, name: string): ProfileValue {
  return Object.hasOwn(profile, name) ? (profile[name] ?? null) : null;
}

const guestMark = "#EXT#";

function withoutGuestMark(name: ProfileValue): ProfileValue {
  if (typeof name !== "string") return name;
  const at = name.indexOf(guestMark);
  return at === -1 ? name : name.slice(0, at);
}
