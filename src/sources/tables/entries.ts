/** What entries say, before anything of them is checked. */

import { isJsonArray, isJsonObject } from "../../ground/json.ts";

/** A text that is not empty. */
export function textIn(entry: unknown, key: string): string | undefined {
  const value = isJsonObject(entry) ? entry[key] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a fixture calls a user: the e-mail address, and in Entra the user principal name where there is none. */
export function userNameIn(entry: unknown): string | undefined {
  return textIn(entry, "email") ?? textIn(entry, "mail") ?? textIn(entry, "userPrincipalName");
}

/** The groups that a user's entry names: one, or a list. */
export function groupNamesIn(entry: unknown): readonly string[] {
  const groups = isJsonObject(entry) ? entry["groups"] : undefined;
  const list = isJsonArray(groups) ? groups : [groups];
  return list.flatMap((group) => {
    const name = typeof group === "string" ? group.trim() : "";
    return name === "" ? [] : [name];
  });
}
