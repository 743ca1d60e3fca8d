/** The SCIM bodies of users: what Okta sends to create one, and what it makes of one that it read. */

import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
} from "../../../ground/json.ts";
import type { OktaFidelity } from "../../../fidelity/table.ts";
import { userSchemaUrn } from "../../../scim/urn.ts";
import { appAttributeNames, type AppAttribute, type AppProfile } from "../mapping/mapping.ts";

/** A user of Okta as the app knows it. */
export interface AppAccount {
  /** The Okta user id, `00u…`. */
  readonly oktaId: string;
  readonly profile: AppProfile;
}

/**
 * The body of `POST /Users`, keys in the order of Okta's own sample. `password` is a placeholder that Okta sends
 * even where passwords are not synchronized (Okta: "Okta and SCIM Version 2.0", create the user).
 */
export function newUserBody(
  { oktaId, profile }: AppAccount,
  password: string,
  fidelity: OktaFidelity,
): JsonObject {
  const { givenName, familyName, email, displayName, profileUrl } = sentAttributes(profile, fidelity);
  const name = withoutUndefined({ givenName, familyName });
  return withoutUndefined({
    schemas: [userSchemaUrn],
    userName: profile.userName,
    name: Object.keys(name).length === 0 ? undefined : name,
    emails: email === undefined ? undefined : [primaryEmail(email, fidelity)],
    displayName,
    profileUrl,
    externalId: fidelity.userExternalId === "send" ? oktaId : undefined,
    groups: [],
    password: fidelity.newUserPassword === "placeholder" ? password : undefined,
    active: true,
  });
}

/**
 * A user as read from the server with the app profile written over it: what Okta does not know travels back as
 * it came (Okta: "Okta and SCIM Version 2.0", update the user). Every attribute of the app is written, so an
 * unset one takes away what the server holds (support article on partial profile push). Inferred: by leaving it out.
 */
export function withAppProfile(
  current: JsonObject,
  { oktaId, profile }: AppAccount,
  fidelity: OktaFidelity,
): JsonObject {
  const { givenName, familyName, email, displayName, profileUrl } = sentAttributes(profile, fidelity);
  return withoutUndefined({
    ...current,
    userName: profile.userName,
    name: withName(current["name"], { givenName, familyName }),
    emails: withPrimaryEmail(current["emails"], email === undefined ? email : primaryEmail(email, fidelity)),
    displayName,
    profileUrl,
    externalId: fidelity.userExternalId === "send" ? oktaId : current["externalId"],
  });
}

export interface ProfilePatch {
  /** What was pushed last, where that is known. */
  readonly before: AppProfile | undefined;
  /** Only what differs from it; everything where it is not known. */
  readonly changesOnly: boolean;
}

/**
 * The value of a PATCH that makes an account what the app profile says. What lost its value cannot be left out.
 * Inferred throughout: no capture of such a PATCH is known.
 */
export function profilePatchValue(
  { oktaId, profile }: AppAccount,
  { before, changesOnly }: ProfilePatch,
  { unsetAttributes, userExternalId, ...fidelity }: OktaFidelity,
): JsonObject {
  const unset = unsetAttributes === "empty" ? "" : null;
  const isPartial = changesOnly && before !== undefined;
  const value = (name: AppAttribute): JsonValue | undefined => {
    const [now, then] = [profile.attributes[name], before?.attributes[name]];
    if (isPartial && now === then) return undefined;
    return now ?? (then === undefined && unsetAttributes === "omit" ? undefined : unset);
  };
  const name = withoutUndefined({ givenName: value("givenName"), familyName: value("familyName") });
  const email = value("email");
  return withoutUndefined({
    userName: isPartial && profile.userName === before.userName ? undefined : profile.userName,
    name: Object.keys(name).length === 0 ? undefined : name,
    emails: email === undefined ? undefined : email === null ? [] : [primaryEmail(email, fidelity)],
    displayName: value("displayName"),
    profileUrl: value("profileUrl"),
    externalId: !isPartial && userExternalId === "send" ? oktaId : undefined,
  });
}

type Sent = Readonly<Partial<Record<AppAttribute, JsonValue>>>;

/** Every attribute of the app, the unset ones as this Okta sends them. */
function sentAttributes({ attributes }: AppProfile, { unsetAttributes }: OktaFidelity): Sent {
  if (unsetAttributes === "omit") return attributes;
  const unset = unsetAttributes === "empty" ? "" : null;
  return Object.fromEntries(appAttributeNames.map((name) => [name, attributes[name] ?? unset]));
}

function primaryEmail(value: JsonValue, { emailType }: Pick<OktaFidelity, "emailType">): JsonObject {
  return emailType === "work" ? { primary: true, value, type: "work" } : { primary: true, value };
}

function withName(
  current: JsonValue | undefined,
  parts: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject | undefined {
  const name = withoutUndefined({ ...(isJsonObject(current) ? current : {}), ...parts });
  return Object.keys(name).length === 0 ? undefined : name;
}

/** Okta reads and writes the entry with `primary: true`. Inferred: without one, the only entry is taken for it. */
function withPrimaryEmail(
  current: JsonValue | undefined,
  email: JsonObject | undefined,
): JsonArray | undefined {
  const entries = isJsonArray(current) ? current : [];
  const marked = entries.findIndex((entry) => isJsonObject(entry) && entry["primary"] === true);
  const primary = marked === -1 && entries.length === 1 ? 0 : marked;
  const others = entries.filter((_, index) => index !== primary);
  if (email === undefined) return others.length === 0 ? undefined : others;
  if (primary === -1) return [...entries, email];
  return entries.map((entry, index) =>
    index === primary ? { ...(isJsonObject(entry) ? entry : {}), ...email } : entry,
  );
}

function withoutUndefined(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const body: MutableJsonObject = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) define(body, name, value);
  }
  return body;
}

/** A server's `__proto__` is a member like any other, never a prototype. */
function define(body: MutableJsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(body, name, { value, enumerable: true, configurable: true, writable: true });
}
