/** Ids of what a company does not keep itself: made of other ids, so that they stay the same. */

import { createHash } from "node:crypto";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `0oa`: an app. `00g`: a group. `prm`: a profile mapping. `oty`, `osc`: a user type and its schema. */
export type IdPrefix = "0oa" | "00g" | "prm" | "oty" | "osc" | "00u";

/** 20 characters, the same for the same name. */
export type OktaIds = (prefix: IdPrefix, name: string) => string;

/** Ids of one organization; another `salt` makes others. */
export function oktaIds(salt: string): OktaIds {
  return (prefix, name) => {
    const digest = createHash("sha256")
      .update(JSON.stringify([salt, prefix, name]))
      .digest();
    return prefix + [...digest.subarray(0, 17)].map((byte) => base62.charAt(byte % base62.length)).join("");
  };
}
