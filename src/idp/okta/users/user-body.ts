/** The SCIM bodies of users: what Okta sends to create one, and what it makes of one that it read. */

import { documentedAttributes } from "../../../astro/attributes.ts";
import { isListType } from "../../../astro/okta-attributes/okta-data-type.ts";
import { withMappedValue } from "../../../astro/mapped-path.ts";
import type { OktaFidelity } from "../../../fidelity/table.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from "../../../ground/json.ts";
import { userSchemaUrn } from "../../../scim/urn.ts";
import { isSameValue } from "../expression/value.ts";
import type { AppAttribute } from "../mapping/app-attributes.ts";
import type { AppProfile } from "../mapping/mapping.ts";
import type { RequestShapes } from "../requests/request-shapes.ts";

/** A user of Okta as the app knows it. */
export interface AppAccount {
  /** The Okta user id, `00u…`. */
  readonly oktaId: string;
  readonly profile: AppProfile;
}

/** How the bodies of an app are made. */
export type BodyShapes = Pick<RequestShapes, "attributes" | "fidelity">;

/**
 * The body of `POST /Users`, keys in the order of Okta's own sample. `password` is a placeholder that Okta sends
 * even where passwords are not synchronized (Okta: "Okta and SCIM Version 2.0", create the user).
 */
export function newUserBody(
  { oktaId, profile }: AppAccount,
  password: string,
  { attributes, fidelity }: BodyShapes,
): JsonObject {
  const body = { schemas: [userSchemaUrn], userName: profile.userName };
  return {
    ...withNamedExtensions(
      withValues(body, sentValues(profile, { attributes, fidelity }), fidelity),
      attributes,
    ),
    ...(fidelity.userExternalId === "send" ? { externalId: oktaId } : {}),
    groups: [],
    ...(fidelity.newUserPassword === "placeholder" ? { password } : {}),
    active: true,
  };
}

/**
 * A user as read from the server with the app profile written over it: what Okta does not know travels back as
 * it came (Okta: "Okta and SCIM Version 2.0", update the user). Every attribute of the app is written, so an
 * unset one takes away what the server holds (support article on partial profile push). Inferred: by leaving it out.
 */
export function withAppProfile(
  current: JsonObject,
  { oktaId, profile }: AppAccount,
  { attributes, fidelity }: BodyShapes,
): JsonObject {
  const renamed = { ...current, userName: profile.userName };
  return {
    ...withNamedExtensions(
      withValues(renamed, sentValues(profile, { attributes, fidelity }), fidelity),
      attributes,
    ),
    ...(fidelity.userExternalId === "send" ? { externalId: oktaId } : {}),
  };
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
  { attributes, fidelity }: BodyShapes,
): JsonObject {
  const { unsetAttributes, userExternalId } = fidelity;
  const isPartial = changesOnly && before !== undefined;
  const valuesOf = ({ name }: AppAttribute) => [profile.attributes[name], before?.attributes[name]] as const;
  const isChanged = (attribute: AppAttribute): boolean => {
    const [now = null, then = null] = valuesOf(attribute);
    return !isSameValue(now, then);
  };
  // A list is replaced as a whole, so of one that changes every value is sent.
  const lists = new Set(attributes.filter(isChanged).flatMap(listOf));
  const values = attributes.map((attribute): AppValue => {
    const isKept = !isChanged(attribute) && !listOf(attribute).some((list) => lists.has(list));
    if (isPartial && isKept) return [attribute, undefined];
    const [now, then] = valuesOf(attribute);
    const isLeftOut = then === undefined && unsetAttributes === "omit";
    return [attribute, now ?? (isLeftOut ? undefined : unsetValue(fidelity, attribute))];
  });
  const isSameName = isPartial && profile.userName === before.userName;
  const value = withValues(isSameName ? {} : { userName: profile.userName }, values, fidelity);
  return {
    ...withoutUnsetEntries(value),
    ...(!isPartial && userExternalId === "send" ? { externalId: oktaId } : {}),
  };
}

/** The list that an attribute is one value of. */
function listOf({ path }: AppAttribute): readonly string[] {
  return path.selector === undefined ? [] : [`${path.extension ?? ""}:${path.attribute}`];
}

/** Nothing is said of a value of a list that is gone: the list is the rest. */
function withoutUnsetEntries(value: JsonObject): JsonObject {
  const entries = Object.entries(value).map(([name, held]) => {
    const isSet = (one: JsonValue): boolean => !isJsonObject(one) || one["value"] !== null;
    return [name, isJsonArray(held) ? held.filter(isSet) : held] as const;
  });
  return Object.fromEntries(entries);
}

/** An attribute with what is sent of it; undefined: nothing, or what takes the value away. */
type AppValue = readonly [attribute: AppAttribute, value: JsonValue | undefined];

/** Every attribute of the app, the unset ones as this Okta sends them. */
function sentValues(profile: AppProfile, { attributes, fidelity }: BodyShapes): readonly AppValue[] {
  const unsetAs = (attribute: AppAttribute): JsonValue | undefined =>
    fidelity.unsetAttributes === "omit" ? undefined : unsetValue(fidelity, attribute);
  return attributes.map((attribute) => [attribute, profile.attributes[attribute.name] ?? unsetAs(attribute)]);
}

/** Only a text can be empty; a list is empty without entries. */
function unsetValue({ unsetAttributes }: OktaFidelity, { type }: AppAttribute): "" | null | JsonArray {
  if (unsetAttributes !== "empty") return null;
  if (isListType(type)) return [];
  return type === "string" ? "" : null;
}

/** The resource with the values at the places of their attributes. */
function withValues(resource: JsonObject, values: readonly AppValue[], fidelity: OktaFidelity): JsonObject {
  return values.reduce((body, [{ path }, value]) => {
    if (path.text !== primaryEmail) return withMappedValue(body, path, value);
    const { emails: before, ...others } = body;
    const emails = withPrimaryEmail(before, value === undefined ? undefined : addressOf(value, fidelity));
    return emails === undefined ? others : { ...body, emails };
  }, resource);
}

const primaryEmail = documentedAttributes.email.path;

/** Okta names the extensions that it sends. */
function withNamedExtensions(body: JsonObject, attributes: readonly AppAttribute[]): JsonObject {
  const schemas = isJsonArray(body["schemas"]) ? body["schemas"] : [];
  const sent = new Set(attributes.flatMap(({ path }) => path.extension ?? []).filter((urn) => urn in body));
  const missing = [...sent].filter((urn) => !schemas.includes(urn));
  return missing.length === 0 ? body : { ...body, schemas: [...schemas, ...missing] };
}

function addressOf(value: JsonValue, { emailType }: OktaFidelity): JsonObject {
  return emailType === "work" ? { primary: true, value, type: "work" } : { primary: true, value };
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
