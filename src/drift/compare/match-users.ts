/** Which account belongs to which user of the directory: by userName, else by the provider's own id. */

import type { HeldState, HeldUser } from "../../astro/held.ts";
import type { ExpectedState, ExpectedUser, StateKey } from "../../astro/state.ts";
import type { Boundary } from "./boundary.ts";

export interface UserMatch {
  /** The account of an expected user. */
  heldOf(expectedKey: StateKey): HeldUser | undefined;
  /** The expected user to whom an account belongs; a second account with one name belongs to no user. */
  expectedOf(account: HeldUser): ExpectedUser | undefined;
}

/**
 * Matches as a provider does at first (by userName), then, for users whose name no account has, by `externalId`: a
 * user who was renamed in the directory. An `externalId` that stands twice on one side says nothing; that of an account
 * outside is another directory's, which may give the same ids (Entra's mailNickname).
 */
export function matchUsers(
  expected: ExpectedState,
  held: HeldState,
  outside: Pick<Boundary, "userIds">,
): UserMatch {
  const nameless = [...expected.users.values()].filter((user) => !held.users.has(user.key));
  const accounts = [...held.users.values()].filter(
    ({ key, scimId }) => !expected.users.has(key) && !outside.userIds.has(scimId),
  );
  const accountOf = uniqueByExternalId(accounts);
  const renamedTo = new Map<StateKey, HeldUser>();
  const renamedFrom = new Map<StateKey, ExpectedUser>();
  for (const [externalId, user] of uniqueByExternalId(nameless)) {
    const account = accountOf.get(externalId);
    if (account === undefined) continue;
    renamedTo.set(user.key, account);
    renamedFrom.set(account.key, user);
  }
  return {
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
