/** A user of Okta as a user of a directory. */

import type { DirectoryUser, ProfileValue, UserStatus } from "../../../directory/directory.ts";
import { AppError, oneLine } from "../../../ground/errors.ts";
import type { OktaUser } from "../../../management/okta/users.ts";

/** Okta API: Users, UserStatus. Who must set a password, or has forgotten it, keeps apps and groups. */
const statuses: ReadonlyMap<string, UserStatus> = new Map([
  ["STAGED", "staged"],
  ["PROVISIONED", "active"],
  ["ACTIVE", "active"],
  ["ACTIVATING", "active"],
  ["RECOVERY", "active"],
  ["PASSWORD_EXPIRED", "active"],
  ["LOCKED_OUT", "active"],
  ["SUSPENDED", "suspended"],
  ["DEPROVISIONED", "deactivated"],
]);

/**
 * Under its login, which is one user's alone in an organization.
 * @throws AppError source-incomplete for a status that is not known: whether the user should have an account is unknown, too
 */
export function directoryUser({ id, status, profile }: OktaUser): DirectoryUser {
  const known = statuses.get(status);
  if (known === undefined) {
    throw new AppError(
      "source-incomplete",
      `The user ${oneLine(profile.login)} has the status ${oneLine(status)} in Okta, which is not known here.`,
      {
        hint: "A newer version of astro-scim may know it.",
      },
    );
  }
  return { key: profile.login, objectId: id, status: known, profile: profileOf(profile) };
}

/** Attributes that are objects have no place in an expression. */
function profileOf(profile: Readonly<Record<string, unknown>>): DirectoryUser["profile"] {
  const entries = Object.entries(profile).flatMap(([name, value]): [string, ProfileValue][] => {
    if (Array.isArray(value)) return [[name, value.filter(isPrimitive).map(String)]];
    return value === null || isPrimitive(value) ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
