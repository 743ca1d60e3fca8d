/** A group as Microsoft Graph shows it. */

import type { DirectoryGroup } from "../../../directory/directory.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { Company } from "../../company/company.ts";
import { graphTime } from "./user.ts";

/** What a directory does not keep of a group, because provisioning does not ask for it. */
export interface GroupDetails {
  readonly description?: string;
  readonly mail?: string;
  readonly mailEnabled?: boolean;
  readonly mailNickname?: string;
  /** `Unified` of a Microsoft 365 group, `DynamicMembership`. */
  readonly groupTypes?: readonly string[];
  readonly membershipRule?: string;
  readonly membershipRuleProcessingState?: "On" | "Paused";
  /** `HiddenMembership`: only `Member.Read.Hidden` shows who is in it. */
  readonly visibility?: "Private" | "Public" | "HiddenMembership";
}

/** With every property. */
export function groupObject(
  group: DirectoryGroup,
  company: Company,
  details: GroupDetails | undefined = {},
): JsonObject {
  const times = company.timesOf(group.objectId);
  return {
    id: group.objectId,
    deletedDateTime: null,
    classification: null,
    createdDateTime: times === undefined ? null : graphTime(times.created),
    creationOptions: [],
    description: null,
    displayName: group.name,
    expirationDateTime: null,
    groupTypes: [],
    isAssignableToRole: null,
    mail: null,
    mailEnabled: false,
    mailNickname: group.name.replaceAll(/[^\w-]/g, ""),
    membershipRule: null,
    membershipRuleProcessingState: null,
    onPremisesDomainName: null,
    onPremisesLastSyncDateTime: null,
    onPremisesNetBiosName: null,
    onPremisesSamAccountName: null,
    onPremisesSecurityIdentifier: null,
    onPremisesSyncEnabled: null,
    preferredDataLocation: null,
    preferredLanguage: null,
    proxyAddresses: [],
    renewedDateTime: times === undefined ? null : graphTime(times.created),
    resourceBehaviorOptions: [],
    resourceProvisioningOptions: [],
    securityEnabled: group.securityEnabled ?? true,
    securityIdentifier: null,
    theme: null,
    uniqueName: null,
    visibility: null,
    onPremisesProvisioningErrors: [],
    ...details,
  };
}

/** All of them are shown without `$select`. */
export function isGroupProperty(name: string): boolean {
  return groupProperties.has(name);
}

const groupProperties: ReadonlySet<string> = new Set(
  (
    "id deletedDateTime classification createdDateTime creationOptions description displayName expirationDateTime " +
    "groupTypes isAssignableToRole mail mailEnabled mailNickname membershipRule membershipRuleProcessingState " +
    "onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesSamAccountName " +
    "onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation preferredLanguage proxyAddresses " +
    "renewedDateTime resourceBehaviorOptions resourceProvisioningOptions securityEnabled securityIdentifier theme " +
    "uniqueName visibility onPremisesProvisioningErrors assignedLabels assignedLicenses licenseProcessingState"
  ).split(" "),
);

export const filterableGroupProperties: ReadonlySet<string> = new Set([
  "id",
  "displayName",
  "mail",
  "mailEnabled",
  "mailNickname",
  "securityEnabled",
  "createdDateTime",
  "description",
  "visibility",
]);
