/** An account of the target as an import reads it. */

import { readMappedValue } from "../../../astro/mapped-path.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../ground/json.ts";
import type { AppAttribute } from "../mapping/app-attributes.ts";
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
  const { id, userName, active } = resource;
  if (typeof id !== "string" || typeof userName !== "string") return undefined;
  const values = attributes.flatMap(({ name, path }) => {
    const value =
      readMappedValue(resource, path) ?? (name === "email" ? firstEmail(resource["emails"]) : undefined);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    scimId: id,
    active: active !== false,
    profile: { userName, attributes: Object.fromEntries(values) },
  };
}

/** Okta reads the entry with `primary: true`; Inferred: the first one where none is marked. */
function firstEmail(emails: JsonValue | undefined): string | undefined {
  const first = (isJsonArray(emails) ? emails : []).find(isJsonObject);
  const value = first?.["value"];
  return typeof value === "string" && value !== "" ? value : undefined;
}
