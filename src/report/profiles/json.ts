/** Profiles as JSON. */

import type { ProfileReport, ProfilesReport, ProfileSummary } from "./report.ts";

export function profilesJson({ profiles }: ProfilesReport): object {
  return { schemaVersion: 1, profiles: profiles.map(summaryJson) };
}

export function profileJson({ profile, settings, variables }: ProfileReport): object {
  return { schemaVersion: 1, profile: summaryJson(profile), settings, variables };
}

function summaryJson({ directory, ...others }: ProfileSummary): object {
  return { ...others, directory: directory ?? null };
}
