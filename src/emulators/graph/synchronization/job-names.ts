/** The ids and names that a synchronization job has. */

import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { guidOf } from "../graph-ids.ts";
import type { GraphContext } from "../graph-route.ts";
import { settingsOf } from "../routes/service-principals.ts";

export const sourceDirectory = "Azure Active Directory";

/** `scim` of an app of one's own (Microsoft Graph: Configure provisioning using Microsoft Graph APIs); inferred for the gallery's. */
export function templateOf({ integration }: EntraAppSettings): string {
  return integration === "gallery" ? "astro" : "scim";
}

/** The target directory as the schema names it. */
export function targetDirectory({ integration }: EntraAppSettings): string {
  return integration === "gallery" ? "Astro" : "customappsso";
}

/** `scim.{tenant}.{guid}`. */
export function jobIdOf(context: Pick<GraphContext, "company" | "tenantId">): string {
  const template = templateOf(settingsOf(context));
  return [template, context.tenantId.replaceAll("-", ""), guidOf(context.company.appId, "job")].join(".");
}

/** The one rule of the job's schema. */
export function ruleIdOf({ company }: Pick<GraphContext, "company">): string {
  return guidOf(company.appId, "rule");
}

export const userObjectName = "User";
export const groupObjectName = "Group";
export const targetUserName = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const targetGroupName = "urn:ietf:params:scim:schemas:core:2.0:Group";
