/** What the provider remembers, in the terms of a comparison, and which Team or account each link leads to. */

import type { HeldState, HeldUser } from "../../astro/held.ts";
import type { LinkRules } from "../../astro/provider-link.ts";
import type { ExpectedState, StateKey } from "../../astro/state.ts";

/** One user or group of the provider. */
export interface ProviderLink {
  /** Of the expected user or Team; undefined where the directory expects none. */
  readonly key: StateKey | undefined;
  /** As the provider remembers it. */
  readonly name: string;
  /** Undefined where there is no link. */
  readonly scimId: string | undefined;
  /** Why the provider does nothing more by itself; undefined where it does. */
  readonly stopped: string | undefined;
}

/** A linked account or Team that the server's lists leave out, and that it shows when it is asked for the id. */
export interface UnlistedResource {
  readonly key: StateKey;
  /** userName or displayName. */
  readonly name: string;
}

export interface ProviderLinks {
  readonly rules: LinkRules;
  readonly users: readonly ProviderLink[];
  readonly teams: readonly ProviderLink[];
  /** By SCIM id. */
  readonly unlisted: {
    readonly users: ReadonlyMap<string, UnlistedResource>;
    readonly teams: ReadonlyMap<string, UnlistedResource>;
  };
}

/** SCIM id of the account to which the provider is linked, by the key of the expected user. */
export type LinkedUsers = ReadonlyMap<StateKey, string>;

export function linkedUsersOf(links: ProviderLinks | undefined): LinkedUsers {
  return new Map(
    (links?.users ?? []).flatMap(({ key, scimId }) =>
      key === undefined || scimId === undefined ? [] : [[key, scimId] as const],
    ),
  );
}

/** SCIM ids of all accounts to which the provider has a link; undefined where nothing says so. */
export function linkedIdsOf(links: ProviderLinks | undefined): ReadonlySet<string> | undefined {
  return links === undefined ? undefined : new Set(links.users.flatMap(({ scimId }) => scimId ?? []));
}

/**
 * The account to which a user is linked, where nothing says that it is somebody else's: no other user is linked to it, and
 * its `externalId` is not that of another user.
 */
export function linkedAccounts(
  linkedUsers: LinkedUsers,
  expected: ExpectedState,
  accounts: readonly HeldUser[],
): ReadonlyMap<StateKey, HeldUser> {
  const byId = new Map(accounts.map((account) => [account.scimId, account]));
  const times = new Map<string, number>();
  for (const scimId of linkedUsers.values()) times.set(scimId, (times.get(scimId) ?? 0) + 1);
  return new Map(
    [...linkedUsers].flatMap(([key, scimId]) => {
      const account = byId.get(scimId);
      const user = expected.users.get(key);
      if (account === undefined || user === undefined || times.get(scimId) !== 1) return [];
      const { externalId } = account;
      const isTold = externalId === undefined || user.externalId === undefined;
      return isTold || externalId === user.externalId ? [[key, account] as const] : [];
    }),
  );
}

/** The ids of all links that the lists do not show. */
export function unlistedIds(
  links: Pick<ProviderLinks, "users" | "teams">,
  held: HeldState,
): { readonly users: readonly string[]; readonly teams: readonly string[] } {
  const accounts = new Set([...held.users.values(), ...held.namesakeUsers].map(({ scimId }) => scimId));
  const teams = new Set([...held.teams.values(), ...held.namesakeTeams].map(({ scimId }) => scimId));
  const missing = (all: readonly ProviderLink[], listed: ReadonlySet<string>): readonly string[] => [
    ...new Set(
      all.flatMap(({ key, scimId }) =>
        key === undefined || scimId === undefined || listed.has(scimId) ? [] : [scimId],
      ),
    ),
  ];
  return { users: missing(links.users, accounts), teams: missing(links.teams, teams) };
}
