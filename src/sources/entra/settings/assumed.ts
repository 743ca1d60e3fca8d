/** Settings that Microsoft Graph keeps among the secrets of the job, or nowhere: what the caller states, else what is documented. */

import {
  documentedEntraSettings,
  type EntraAppSettings,
  type EntraIntegration,
} from "../../../directory/entra-app-settings.ts";
import type { AssumedSetting } from "../../../directory/provider-finding.ts";
import { plural } from "../../../ground/text/plural.ts";
import type { SynchronizationJob } from "../../../management/graph/synchronization-jobs.ts";

/** What the caller knows of the app; undefined: the documented value is assumed. */
export interface StatedSettings {
  /** Settings > Scope. */
  readonly scope?: EntraAppSettings["scope"] | undefined;
  readonly skipOutOfScopeDeletions?: boolean | undefined;
  /** Whether the Tenant URL ends with `?aadOptscim062020`. */
  readonly flag?: boolean | undefined;
  /** The claim by which Astro knows a person at single sign-on. */
  readonly ssoAttribute?: string | undefined;
}

type Values = Pick<EntraAppSettings, "scope" | "skipOutOfScopeDeletions" | "flag" | "ssoAttribute">;

export function assumedSettings(
  stated: StatedSettings,
  job: Pick<SynchronizationJob, "templateId" | "id">,
  integration: EntraIntegration,
): { readonly values: Values; readonly assumed: readonly AssumedSetting[] } {
  const { scope, skipOutOfScopeDeletions, ssoAttribute } = documentedEntraSettings;
  const isGallery = integration === "gallery";
  return {
    values: {
      scope: stated.scope ?? scope,
      skipOutOfScopeDeletions: stated.skipOutOfScopeDeletions ?? skipOutOfScopeDeletions,
      flag: isGallery ? false : (stated.flag ?? documentedEntraSettings.flag),
      ssoAttribute: stated.ssoAttribute ?? ssoAttribute,
    },
    assumed: [
      ...(stated.skipOutOfScopeDeletions === undefined ? [skipAssumed] : []),
      ...(stated.flag === undefined && !isGallery ? [flagAssumed] : []),
      ...(stated.ssoAttribute === undefined ? [ssoAssumed] : []),
      ...(isGallery ? [galleryAssumed(job)] : []),
    ],
  };
}

/**
 * Nothing, where the scope is stated. With Sync all, users who are not assigned would be taken for leavers, so it is said how many users the
 * job has synchronized where they are more than those who are assigned: users who have left are among them, too.
 */
export function scopeAssumed(
  { scope }: StatedSettings,
  { status }: Pick<SynchronizationJob, "status">,
  assigned: number,
): readonly AssumedSetting[] {
  if (scope !== undefined) return [];
  const counts = status.synchronizedEntryCountByType ?? [];
  const synchronized = counts.find(({ key }) => key.toLowerCase() === "user")?.value ?? 0;
  const counted =
    synchronized > assigned
      ? `; the job has synchronized ${plural(synchronized, "user")}, and ${plural(assigned, "user")} are assigned`
      : "";
  return [
    {
      setting: "Settings > Scope",
      value: "Sync only assigned users and groups",
      why: `Microsoft Graph does not show SyncAll${counted}`,
    },
  ];
}

const skipAssumed: AssumedSetting = {
  setting: "SkipOutOfScopeDeletions",
  value: "off",
  why: "Microsoft Graph does not show it",
};

const flagAssumed: AssumedSetting = {
  setting: "aadOptscim062020 in the Tenant URL",
  value: "set",
  why: "Microsoft Graph does not show the Tenant URL",
};

const ssoAssumed: AssumedSetting = {
  setting: "the claim by which Astro knows a person at single sign-on",
  value: documentedEntraSettings.ssoAttribute,
  why: "it is not read from the app's single sign-on",
};

function galleryAssumed({ templateId, id }: Pick<SynchronizationJob, "templateId" | "id">): AssumedSetting {
  return {
    setting: "the kind of the app",
    value: "Astro's app of the gallery",
    why: `the job's template is ${templateId ?? id.split(".")[0] ?? "not named"} and not scim, which an app of your own has`,
  };
}

/** Without the log nothing says who was skipped, and whose export failed. */
export const logNotRead: AssumedSetting = {
  setting: "Provisioning logs",
  value: "nobody was skipped, and nothing failed",
  why: "the log was not read: Microsoft Graph shows it only with a licence of Microsoft Entra ID P1 or P2",
};
