/** A user of the directory (Okta API: Users). */

import type { DirectoryUser, UserStatus } from "../../../directory/directory.ts";
import type { JsonObject, JsonValue } from "../../../ground/json.ts";
import { OktaError } from "../errors.ts";
import type { OktaContext } from "../context.ts";
import { timestamp } from "./times.ts";

/** What only Entra has counts as deactivated. */
const statuses: Readonly<Record<UserStatus, string>> = {
  active: "ACTIVE",
  staged: "STAGED",
  suspended: "SUSPENDED",
  deactivated: "DEPROVISIONED",
  blocked: "DEPROVISIONED",
  "soft-deleted": "DEPROVISIONED",
};

export function userStatus({ status }: Pick<DirectoryUser, "status">): string {
  return statuses[status];
}

export function userJson({ company, ids }: OktaContext, user: DirectoryUser, origin: string): JsonObject {
  const { objectId } = user;
  const times = company.timesOf(objectId);
  const self = `${origin}/api/v1/users/${objectId}`;
  const isActivated = user.status !== "staged";
  return {
    id: objectId,
    status: userStatus(user),
    created: timestamp(times?.created),
    activated: isActivated ? timestamp(times?.created) : null,
    statusChanged: timestamp(times?.updated),
    lastLogin: null,
    lastUpdated: timestamp(times?.updated),
    passwordChanged: null,
    type: { id: ids("oty", "user") },
    profile: profileJson(user),
    credentials: { provider: { type: "OKTA", name: "OKTA" } },
    _links: {
      self: { href: self },
      schema: { href: `${origin}/api/v1/meta/schemas/user/${ids("osc", "user")}` },
      type: { href: `${origin}/api/v1/meta/types/user/${ids("oty", "user")}` },
    },
  };
}

/** What is not set is absent, but for two attributes that Okta always shows. */
function profileJson(user: DirectoryUser): JsonObject {
  const set: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(user.profile)) if (value !== null) set.push([name, value]);
  const login = loginOf(user);
  return { mobilePhone: null, secondEmail: null, ...Object.fromEntries(set), login, email: emailOf(user) };
}

/** Every Okta user has one. */
export function loginOf({ key, profile }: DirectoryUser): string {
  return textOf(profile["login"]) ?? textOf(profile["email"]) ?? key;
}

export function emailOf({ key, profile }: DirectoryUser): string {
  return textOf(profile["email"]) ?? textOf(profile["login"]) ?? key;
}

/** First and last name, as the console and the System Log show a user. */
export function fullNameOf(user: DirectoryUser): string {
  const { firstName, lastName } = user.profile;
  const name = [firstName, lastName].filter((part) => typeof part === "string" && part !== "").join(" ");
  return name === "" ? loginOf(user) : name;
}

/** Whether a user begins with that in one of the attributes that `q` looks at. */
export function userBeginsWith(user: DirectoryUser, q: string): boolean {
  const { firstName, lastName } = user.profile;
  const texts = [firstName, lastName, emailOf(user), loginOf(user)];
  return texts.some((text) => typeof text === "string" && text.toLowerCase().startsWith(q.toLowerCase()));
}

/** @throws OktaError E0000006 for what the administrator's role does not reach */
export function requireVisible({ switches }: Pick<OktaContext, "switches">, id: string): void {
  if (switches.hidden.has(id)) throw new OktaError("E0000006");
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
