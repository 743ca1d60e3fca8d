/** An account of the target as an import reads it. */

import { readMappedValue } from "../../../astro/mapped-path.ts";
import { isListType, type OktaDataType } from "../../../astro/okta-attributes/okta-data-type.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { areAppValues, type AppAttribute, type AppValue } from "../mapping/app-attributes.ts";
import type { AppProfile } from "../mapping/mapping.ts";

export interface RemoteAccount {
  readonly scimId: string;
  readonly active: boolean;
  readonly profile: AppProfile;
}

/** Undefined for what has neither an id nor a userName: Okta can make nothing of it. */
export function readAccount(
  resource: JsonValue,
  attributes: readonly AppAttribute[],
): RemoteAccount | undefined {
  if (!isJsonObject(resource)) return undefined;
  const { id, userName } = resource;
  if (typeof id !== "string" || typeof userName !== "string") return undefined;
  const values = attributes.flatMap((attribute) => {
    const value =
      heldValue(resource, attribute) ??
      (attribute.name === "email" ? firstEmail(resource["emails"]) : undefined);
    return value === undefined ? [] : [[attribute.name, value] as const];
  });
  const read = Object.fromEntries(values);
  if (!areAppValues(read)) throw new TypeError("a documented attribute holds a text");
  return { scimId: id, active: !isInactive(resource), profile: { userName, attributes: read } };
}

/** Inferred: the text `false`, which a Java client reads as the boolean, counts as false; what says nothing is active. */
export function isInactive({ active }: JsonObject): boolean {
  return active === false || (typeof active === "string" && active.toLowerCase() === "false");
}

/** In the data type of the attribute; undefined for what has another one, or is not there. */
function heldValue(resource: JsonObject, { path, type }: AppAttribute): AppValue | undefined {
  if (isListType(type)) return heldList(resource, path, type);
  const text = readMappedValue(resource, path);
  if (type === "string" || text === undefined) return text;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Servers give the values of a list as they were sent, or each as an object with a value (RFC 7643 §2.4). */
function heldList(
  resource: JsonObject,
  { extension, attribute }: AppAttribute["path"],
  type: OktaDataType,
): AppValue | undefined {
  const container = extension === undefined ? resource : resource[extension];
  const list = isJsonObject(container) ? container[attribute] : undefined;
  const values = (isJsonArray(list) ? list : []).flatMap((one) => {
    const value = isJsonObject(one) ? one["value"] : one;
    const held = type === "string array" || typeof value !== "string" ? value : Number(value);
    return typeof held === "string" || typeof held === "number" ? [held] : [];
  });
  return values.length === 0 ? undefined : values;
}

/** Okta reads the entry with `primary: true`; Inferred: the first one where none is marked. */
function firstEmail(emails: JsonValue | undefined): string | undefined {
  const first = (isJsonArray(emails) ? emails : []).find(isJsonObject);
  const value = first?.["value"];
  return typeof value === "string" && value !== "" ? value : undefined;
}
