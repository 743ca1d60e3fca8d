/** An account of the target as an import reads it. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import type { AppAttribute, AppProfile } from "../mapping/mapping.ts";

export interface RemoteAccount {
  readonly scimId: string;
  readonly active: boolean;
  readonly profile: AppProfile;
}

/** Undefined for what has neither an id nor a userName: Okta can make nothing of it. */
export function readAccount(resource: JsonValue): RemoteAccount | undefined {
  if (!isJsonObject(resource)) return undefined;
  const { id, userName, active } = resource;
  if (typeof id !== "string" || typeof userName !== "string") return undefined;
  return { scimId: id, active: active !== false, profile: { userName, attributes: attributesOf(resource) } };
}

function attributesOf(resource: JsonObject): AppProfile["attributes"] {
  const name = isJsonObject(resource["name"]) ? resource["name"] : {};
  const values: Readonly<Record<AppAttribute, JsonValue | undefined>> = {
    givenName: name["givenName"],
    familyName: name["familyName"],
    email: primaryEmail(resource["emails"]),
    displayName: resource["displayName"],
    profileUrl: resource["profileUrl"],
  };
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [AppAttribute, string] => typeof entry[1] === "string" && entry[1] !== "",
    ),
  );
}

/** Okta reads the entry with `primary: true`; Inferred: the first one where none is marked. */
function primaryEmail(emails: JsonValue | undefined): JsonValue | undefined {
  const entries = (isJsonArray(emails) ? emails : []).filter(isJsonObject);
  return (entries.find((entry) => entry["primary"] === true) ?? entries[0])?.["value"];
}
