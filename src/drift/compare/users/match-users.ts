/** Which account belongs to which user of the directory: by userName, else by the provider's own id. */

import type { HeldState, HeldUser } from "../../../astro/held.ts";
import { linkedAccounts, type LinkedUsers } from "../provider-links.ts";
import type { ExpectedState, ExpectedUser, StateKey } from "../../../astro/state.ts";
import type { Boundary } from "../outside/boundary.ts";

export interface UserMatch {
  /** The account of an expected user. */
  heldOf(expectedKey: StateKey): HeldUser | undefined;
  /** What tells that the account of an expected user, which has another userName, is that user's. */
  evidenceOf(expectedKey: StateKey): "external-id" | "linked";
  /** The expected user to whom an account belongs; a second account with one name belongs to no user. */
  expectedOf(account: HeldUser): ExpectedUser | undefined;
}

interface MatchedBy {
  readonly linkedUsers: LinkedUsers;
  readonly outside: Pick<Boundary, "userIds">;
}

/**
 * Matches as a provider does at first (by userName), then, for users whose name no account has, by `externalId`, and by the
 * provider's link: a user who was renamed on one side. An `externalId` that stands twice on one side says nothing; that of an
 * account outside is another directory's, which may give the same ids (Entra's mailNickname). A link is the provider's own,
 * wherever it leads.
 */
export function matchUsers(
  expected: ExpectedState,
  held: HeldState,
  { linkedUsers, outside }: MatchedBy,
): UserMatch {
  const nameless = [...expected.users.values()].filter((user) => !held.users.has(user.key));
  const accounts = [...held.users.values()].filter(({ key }) => !expected.users.has(key));
  const accountOf = uniqueByExternalId(accounts.filter(({ scimId }) => !outside.userIds.has(scimId)));
  const renamedTo = new Map<StateKey, HeldUser>();
  const renamedFrom = new Map<StateKey, ExpectedUser>();
  for (const [externalId, user] of uniqueByExternalId(nameless)) {
    const account = accountOf.get(externalId);
    if (account === undefined) continue;
    renamedTo.set(user.key, account);
    renamedFrom.set(account.key, user);
  }
  const byLink = new Set<StateKey>();
  for (const [key, account] of linkedAccounts(linkedUsers, expected, accounts)) {
    const user = expected.users.get(key);
    if (user === undefined || held.users.has(key)) continue;
    if (renamedTo.has(key) || renamedFrom.has(account.key)) continue;
    byLink.add(key);
    renamedTo.set(key, account);
    renamedFrom.set(account.key, user);
  }
  return {
    evidenceOf: (key) => (byLink.has(key) ? "linked" : "external-id"),
    heldOf: (key) => held.users.get(key) ?? renamedTo.get(key),
    expectedOf: ({ key, scimId }) => {
      if (held.users.get(key)?.scimId !== scimId) return undefined;
      return expected.users.get(key) ?? renamedFrom.get(key);
    },
  };
}

function uniqueByExternalId<User extends { readonly externalId: string | undefined }>(
  users: readonly User[],
): ReadonlyMap<string, User> {
  const found = new Map<string, User>();
  const twice = new Set<string>();
  for (const user of users) {
    if (user.externalId === undefined) continue;
    if (found.has(user.externalId)) twice.add(user.externalId);
    found.set(user.externalId, user);
  }
  for (const externalId of twice) found.delete(externalId);
  return found;
}
