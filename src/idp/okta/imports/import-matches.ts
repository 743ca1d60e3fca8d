/** Whom of the directory an account of the target may belong to (Okta: Import users, matching rules). */

import type { DirectoryUser } from "../../../directory/directory.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { isUnmappable } from "../../accounts/unmappable.ts";
import { mapUser, type AppProfile } from "../mapping/mapping.ts";
import type { RunContext } from "../run-context.ts";

/** Okta username format matches, or email matches. */
export type ImportRule = "userName" | "email";

export interface Match {
  readonly user: DirectoryUser;
  readonly match: "exact" | "partial";
}

export type FindMatch = (account: AppProfile) => Match | undefined;

/** An exact match by the rule; else a partial one: first and last name are the same, the rest is not. */
export function matcherFor(context: RunContext, rule: ImportRule): FindMatch {
  const exact = new Map<string, DirectoryUser>();
  const partial = new Map<string, DirectoryUser>();
  for (const user of context.directory.users.values()) {
    if (user.status === "deactivated") continue;
    const name = rule === "email" ? user.profile["email"] : userNameOf(context, user);
    if (typeof name === "string" && !exact.has(foldCase(name))) exact.set(foldCase(name), user);
    const { firstName, lastName } = user.profile;
    const fullName = nameKey(firstName, lastName);
    if (fullName !== undefined && !partial.has(fullName)) partial.set(fullName, user);
  }
  return ({ userName, attributes }) => {
    const name = rule === "email" ? attributes.email : userName;
    const user = name === undefined ? undefined : exact.get(foldCase(name));
    if (user !== undefined) return { user, match: "exact" };
    const namesake = partial.get(nameKey(attributes.givenName, attributes.familyName) ?? "");
    return namesake === undefined ? undefined : { user: namesake, match: "partial" };
  };
}

function userNameOf({ mapping }: RunContext, user: DirectoryUser): string | undefined {
  const mapped = mapUser(mapping, user);
  return isUnmappable(mapped) ? undefined : mapped.userName;
}

function nameKey(first: unknown, last: unknown): string | undefined {
  return typeof first === "string" && typeof last === "string"
    ? JSON.stringify([foldCase(first), foldCase(last)])
    : undefined;
}
