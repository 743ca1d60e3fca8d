/** Enterprise applications as Microsoft Graph shows them (Microsoft Graph: servicePrincipal). */

import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { Company } from "../../company/company.ts";
import { guidOf } from "../graph-ids.ts";

/** The template of "Create your own application", by which non-gallery apps are made (Microsoft Graph: Configure provisioning). */
const ownAppTemplate = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621";

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly object: JsonObject;
}

/** The app of the company. */
export function appPrincipal(company: Company, settings: EntraAppSettings): ServicePrincipal {
  const appId = guidOf(company.appId, "appId");
  const object = principalObject(company.appId, appId, company.appName);
  const isGallery = settings.integration === "gallery";
  return {
    id: company.appId,
    appId,
    object: {
      ...object,
      applicationTemplateId: isGallery ? guidOf("Astro", "gallery") : ownAppTemplate,
      appRoleAssignmentRequired: true,
      appRoles: settings.appRoles.map(({ id, value, displayName }) => ({
        allowedMemberTypes: ["User"],
        description: displayName,
        displayName,
        id,
        isEnabled: true,
        origin: "Application",
        value,
      })),
      preferredSingleSignOnMode: "saml",
    },
  };
}

/** An app that is there, and not provisioned by this company. */
export function otherPrincipal(company: Company, name: string, index: number): ServicePrincipal {
  const id = guidOf(company.appId, "other app", name, String(index));
  const appId = guidOf(id, "appId");
  return { id, appId, object: principalObject(id, appId, name) };
}

function principalObject(id: string, appId: string, displayName: string): JsonObject {
  return {
    id,
    deletedDateTime: null,
    accountEnabled: true,
    alternativeNames: [],
    appDescription: null,
    appDisplayName: displayName,
    appId,
    applicationTemplateId: null,
    appRoleAssignmentRequired: false,
    appRoles: [],
    description: null,
    disabledByMicrosoftStatus: null,
    displayName,
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    replyUrls: [],
    servicePrincipalNames: [appId],
    servicePrincipalType: "Application",
    signInAudience: "AzureADMyOrg",
    tags: [
      "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
      "WindowsAzureActiveDirectoryIntegratedApp",
    ],
  };
}

const further =
  "addIns appOwnerOrganizationId createdDateTime customSecurityAttributes info isDisabled keyCredentials " +
  "oauth2PermissionScopes passwordCredentials preferredTokenSigningKeyThumbprint resourceSpecificApplicationPermissions " +
  "samlSingleSignOnSettings tokenEncryptionKeyId verifiedPublisher";

const known: ReadonlySet<string> = new Set([
  ...Object.keys(principalObject("", "", "")),
  ...further.split(" "),
]);

export function isPrincipalProperty(name: string): boolean {
  return known.has(name);
}

export const filterablePrincipalProperties: ReadonlySet<string> = new Set([
  "id",
  "appId",
  "displayName",
  "accountEnabled",
  "servicePrincipalType",
  "applicationTemplateId",
]);
