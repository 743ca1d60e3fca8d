/** Why provisioning failed, which the System Log alone tells: an app user has no text of its error. */

import { AppError } from "../../../ground/errors.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import type { AppUser } from "../../../management/okta/app-users.ts";
import { listLogEvents, untilNow, type LogEvent } from "../../../management/okta/system-log.ts";
import type { OktaUser } from "../../../management/okta/users.ts";

/** The System Log keeps 90 days (Okta API: System Log). */
const logDays = 90;
/** The newest failures of an app; those before them are of users who have newer ones, mostly. */
const mostEvents = 2000;

export interface LogReading {
  readonly appId: string;
  readonly now: Date;
}

/** The last failure of a user's provisioning. */
export interface ProvisioningError {
  readonly error: string;
  readonly at: string;
}

export interface ReadErrors {
  readonly of: (appUser: AppUser, user: OktaUser) => ProvisioningError | undefined;
}

export const noErrors: ReadErrors = { of: () => undefined };

/** No errors where the credentials may not read the log. */
export async function readErrors(api: ManagementApi, reading: LogReading): Promise<ReadErrors> {
  const { appId } = reading;
  const events = await logEvents(api, reading, {
    filter: `target.id eq "${appId}" and outcome.result eq "FAILURE" and (eventType sw "application.provision" or eventType sw "app.user_management")`,
  });
  const byTarget = new Map<string, ProvisioningError>();
  for (const event of events) {
    const error = errorOf(event);
    if (error === undefined) continue;
    for (const name of targetsOf(event)) {
      const known = byTarget.get(name);
      // Events of one job come together, and the one of the whole job may have no reason.
      if (known === undefined) byTarget.set(name, error);
    }
  }
  return {
    of: ({ id, credentials }, { profile }) =>
      byTarget.get(id) ??
      byTarget.get((credentials?.userName ?? "").toLowerCase()) ??
      byTarget.get(profile.login.toLowerCase()),
  };
}

/** Events of the app in the time that the log keeps; none where the credentials may not read it. */
export async function logEvents(
  api: ManagementApi,
  { now }: LogReading,
  { filter }: { readonly filter: string },
): Promise<readonly LogEvent[]> {
  const since = new Date(now.getTime() - logDays * 86_400_000);
  try {
    return await listLogEvents(api, { filter, since, until: untilNow(now), atMost: mostEvents });
  } catch (error) {
    if (error instanceof AppError && error.code === "permission-missing") return [];
    throw error;
  }
}

function errorOf({ outcome, displayMessage, published }: LogEvent): ProvisioningError | undefined {
  const text = outcome?.reason ?? displayMessage ?? "";
  return text === "" ? undefined : { error: text.trim().replace(/\.$/, ""), at: published };
}

/** Users by id, and by the names that the log has for them. */
function targetsOf({ target }: LogEvent): readonly string[] {
  return (target ?? [])
    .filter(({ type }) => type === "User" || type === "AppUser")
    .flatMap(({ id, alternateId }) => [id ?? [], alternateId?.toLowerCase() ?? []].flat());
}
