/** Users who are assigned for single sign-on alone: what Astro has of them is listed separately, and is not drift. */

import type { HeldUser } from "../../../astro/held.ts";
import type { ExpectedState } from "../../../astro/state.ts";
import type { Sides } from "../teams/memberships.ts";

export interface SsoOnlyEntry {
  /** As the directory calls the user. */
  readonly user: string;
  /** Of the account, where there is one, or as the mappings make it; undefined where they make none. */
  readonly userName: string | undefined;
  /** Whether there is an account: one that was invited by hand, for example. No provider deactivates it later. */
  readonly account: "active" | "inactive" | "missing";
  readonly scimId: string | undefined;
}

/** Whether every user who is assigned waits for Provision User: then nothing is provisioned, and no account was compared. */
export function areAllSsoOnly({ users, ssoOnly = [] }: ExpectedState): boolean {
  return ssoOnly.length > 0 && ![...users.values()].some(({ presence }) => presence === "active");
}

/** In the order of the directory. */
export function ssoOnlyEntries({ expected, match }: Sides): readonly SsoOnlyEntry[] {
  return (expected.ssoOnly ?? []).map(({ user, key }) => {
    const account = key === undefined ? undefined : match.heldOf(key);
    return {
      user,
      userName: account?.userName ?? expected.users.get(key ?? "")?.userName,
      account: stateOf(account),
      scimId: account?.scimId,
    };
  });
}

function stateOf(account: HeldUser | undefined): SsoOnlyEntry["account"] {
  if (account === undefined) return "missing";
  return account.active ? "active" : "inactive";
}
