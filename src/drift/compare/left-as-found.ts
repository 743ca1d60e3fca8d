/** Users about whom the provider sends nothing, and whose account is active: listed separately, and no drift. */

import type { Sides } from "./teams/memberships.ts";

export interface LeftAsFound {
  readonly userName: string;
  readonly scimId: string;
  /** Why the user may have an account or not, in the words of the provider's console: "suspended in Okta". */
  readonly reason: string;
}

/** In the order of the directory; users who are assigned for single sign-on alone are in a list of their own. */
export function leftAsFound({ expected, match, outside }: Sides): readonly LeftAsFound[] {
  return [...expected.users.values()].flatMap(({ key, presence, ssoOnly, reason }) => {
    const account = match.heldOf(key);
    if (presence !== "either" || ssoOnly === true || account?.active !== true) return [];
    if (outside.userIds.has(account.scimId)) return [];
    return [{ userName: account.userName, scimId: account.scimId, reason }];
  });
}
