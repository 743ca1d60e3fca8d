/** Tick boxes under Provisioning > To App that are off, with who switched them off as far as the System Log tells. */

import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { ProviderFinding } from "../../../directory/provider-finding.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import type { LogEvent } from "../../../management/okta/system-log.ts";
import { logEvents, type LogReading } from "./read-errors.ts";

interface Toggle {
  readonly isOn: (settings: OktaAppSettings) => boolean;
  /** The console's label. */
  readonly label: string;
  readonly effect: string;
  /** Its names in Okta's API, by which an event of the log speaks of it. */
  readonly names: RegExp;
}

const toggles: readonly Toggle[] = [
  {
    isOn: ({ createUsers }) => createUsers,
    label: "Create Users",
    effect: "Users who have no account in Astro never get one.",
    names: /PUSH_NEW_USERS|lifecycleCreate|createUsers|Create Users/i,
  },
  {
    isOn: ({ updateUserAttributes }) => updateUserAttributes,
    label: "Update User Attributes",
    effect: "Changed names and addresses never reach Astro.",
    names: /PUSH_PROFILE_UPDATES|updateUserAttributes|Update User Attributes/i,
  },
  {
    isOn: ({ deactivateUsers }) => deactivateUsers,
    label: "Deactivate Users",
    effect: "Users who lose the app keep an active account in Astro.",
    names: /PUSH_USER_DEACTIVATION|lifecycleDeactivate|deactivateUsers|Deactivate Users/i,
  },
];

export async function toggleFindings(
  api: ManagementApi,
  settings: OktaAppSettings,
  reading: LogReading,
): Promise<readonly ProviderFinding[]> {
  const off = toggles.filter(({ isOn }) => !isOn(settings));
  if (off.length === 0) return [];
  const events = await logEvents(api, reading, {
    filter: `target.id eq "${reading.appId}" and (eventType eq "application.lifecycle.update" or eventType sw "application.configuration")`,
  });
  return off.map(({ label, effect, names }) => ({
    kind: "toggle-off",
    toggle: label,
    effect,
    ...changeBy(events.find((event) => names.test(detailsOf(event)))),
  }));
}

/** The newest event that names the setting has made it what it is. */
function detailsOf({ target, debugContext, displayMessage, outcome }: LogEvent): string {
  const details = (target ?? []).map(({ changeDetails }) => changeDetails);
  return JSON.stringify([details, debugContext?.debugData, displayMessage, outcome?.reason]);
}

function changeBy(event: LogEvent | undefined): { since?: string; by?: string } {
  if (event === undefined) return {};
  const by = event.actor?.alternateId ?? event.actor?.displayName ?? undefined;
  return { since: event.published, ...(by === undefined ? {} : { by }) };
}
