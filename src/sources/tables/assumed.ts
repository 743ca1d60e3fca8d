/** What files of users do not say, and the directory takes for granted. */

import type { AssumedSetting } from "../../directory/provider-finding.ts";
import { nameList } from "../../ground/text/name-list.ts";
import type { Idp, Part } from "./part.ts";

/**
 * Entra disables the account of a user who is blocked, and its download shows that in a column that can be missing. Okta's report
 * lists who is assigned, and a deactivated user is not.
 */
export function assumedOf(people: readonly Part[], idp: Idp): readonly AssumedSetting[] {
  const silent = people.filter(({ keys }) => !keys.has("status"));
  if (idp !== "entra" || silent.length === 0) return [];
  const files = [...new Set(silent.map(({ table }) => table.file))];
  const have = files.length === 1 ? "has" : "have";
  return [
    {
      setting: "Account enabled",
      value: "yes, for every user",
      why: `${nameList(files)} ${have} no column accountEnabled, so a blocked user looks like an active one`,
    },
  ];
}
