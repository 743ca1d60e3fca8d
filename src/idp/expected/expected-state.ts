/** What the directory, put through the app's mappings and assignments, says that Astro should hold. */

import type {
  AttributeNotCompared,
  ExpectedPresence,
  ExpectedState,
  ExpectedUser,
  AstroTeam,
  SsoOnlyUser,
  StateKey,
} from "../../astro/state.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Directory, UserKey } from "../../directory/directory.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { providerOf } from "../providers.ts";
import type { AccountRules, MappedAccount, Standing } from "../accounts/accounts.ts";
import { isUnmappable } from "../accounts/unmappable.ts";

/**
 * The expected state. A user who is `either` is in no Team. If two users map to one userName, the one who should be active
 * holds it, the first of the directory if both are; the other is unmappable.
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function expectedState(directory: Directory, settings: AppSettings): ExpectedState {
  return expectedWithKeys(directory, settings).expected;
}

export interface ExpectedWithKeys {
  readonly expected: ExpectedState;
  /** The key of the account that is expected for a user, by the user's object id. */
  readonly userKeys: ReadonlyMap<string, StateKey>;
}

/** @throws AppError as `expectedState` */
export function expectedWithKeys(directory: Directory, settings: AppSettings): ExpectedWithKeys {
  const rules = providerOf(settings).accountRules(directory);
  const accounts = expectedAccounts(directory, rules);
  const activeKeys = activeKeysOf(accounts.byKey);
  const expected = {
    users: withReferences(accounts.byKey, activeKeys),
    teams: expectedTeams(rules, accounts.byKey, activeKeys),
    ...(rules.attributePaths === undefined ? {} : { attributePaths: rules.attributePaths }),
    unmappable: accounts.unmappable,
    ...(accounts.ssoOnly.length === 0 ? {} : { ssoOnly: accounts.ssoOnly }),
    notProvisioned: accounts.notProvisioned,
  };
  const userKeys = new Map<string, StateKey>();
  for (const [key, { owner }] of accounts.byKey) {
    const user = directory.users.get(owner);
    if (user !== undefined) userKeys.set(user.objectId, key);
  }
  return { expected, userKeys };
}

interface OwnedAccount {
  readonly owner: UserKey;
  readonly account: ExpectedUser;
  readonly references: MappedAccount["references"];
}

/**
 * References to users as references to their accounts. Who is to have none cannot be referred to: the provider leaves such a
 * reference out (Microsoft: Known issues for provisioning, manager).
 */
function withReferences(
  owned: ReadonlyMap<StateKey, OwnedAccount>,
  activeKeys: ReadonlyMap<UserKey, StateKey>,
): ReadonlyMap<StateKey, ExpectedUser> {
  const users = new Map<StateKey, ExpectedUser>();
  for (const [key, { account, references }] of owned) {
    users.set(key, references === undefined ? account : referring(account, references, activeKeys));
  }
  return users;
}

function referring(
  account: ExpectedUser,
  references: NonNullable<MappedAccount["references"]>,
  activeKeys: ReadonlyMap<UserKey, StateKey>,
): ExpectedUser {
  const known: [string, StateKey | null][] = [];
  const unknown: AttributeNotCompared[] = [];
  for (const [attribute, user] of Object.entries(references)) {
    const to = user === null ? null : activeKeys.get(user);
    if (to === undefined) unknown.push({ attribute, why: "refers-to-no-account" });
    else known.push([attribute, to]);
  }
  const notCompared = [...(account.notCompared ?? []), ...unknown];
  return { ...account, references: Object.fromEntries(known), notCompared };
}

interface Accounts {
  readonly byKey: ReadonlyMap<StateKey, OwnedAccount>;
  readonly unmappable: ExpectedState["unmappable"];
  readonly ssoOnly: readonly SsoOnlyUser[];
  readonly notProvisioned: NonNullable<ExpectedState["notProvisioned"]>;
}

const withoutAccount = "cannot have an account";

function expectedAccounts(directory: Directory, rules: AccountRules): Accounts {
  const byKey = new Map<StateKey, OwnedAccount>();
  const unmappable: { user: string; reason: string }[] = [];
  const ssoOnly: UserKey[] = [];
  const notProvisioned = new Map<UserKey, string>();
  const cannotHaveOne = (user: UserKey, reason: string): void => {
    unmappable.push({ user, reason });
    notProvisioned.set(user, withoutAccount);
  };
  for (const user of directory.users.values()) {
    const standing = rules.standing(user);
    const mapped = rules.account(user);
    if (standing.ssoOnly === true) ssoOnly.push(user.key);
    if (standing.presence !== "active") notProvisioned.set(user.key, standing.reason);
    if (isUnmappable(mapped)) {
      if (standing.presence === "active") cannotHaveOne(user.key, mapped.reason);
      continue;
    }
    const account = expectedUser(mapped, standing);
    const holder = byKey.get(account.key);
    if (holder === undefined || rank[account.presence] > rank[holder.account.presence]) {
      byKey.set(account.key, { owner: user.key, account, references: mapped.references });
    } else if (account.presence === "active") {
      cannotHaveOne(user.key, `has the same userName as ${holder.owner}: ${mapped.userName}`);
    }
  }
  if (ssoOnly.length === 0) return { byKey, unmappable, ssoOnly: [], notProvisioned };
  const keyOf = new Map([...byKey].map(([key, { owner }]) => [owner, key]));
  return {
    byKey,
    unmappable,
    ssoOnly: ssoOnly.map((user) => ({ user, key: keyOf.get(user) })),
    notProvisioned,
  };
}

/** Who holds a userName that several users map to. */
const rank: Readonly<Record<ExpectedPresence, number>> = { "not-active": 0, either: 1, active: 2 };

const noReferences: NonNullable<ExpectedUser["references"]> = {};

/** References are added once it is known who has an account. */
function expectedUser(mapped: MappedAccount, standing: Standing): ExpectedUser {
  const { userName, externalId, attributes } = mapped;
  const { atCreation, onlyAdded, fromUnknownId, notCompared, otherAttributes } = mapped;
  const { presence, reason, ssoOnly } = standing;
  // Spreading both would cost as much as everything else about a user.
  const user: { -readonly [Key in keyof ExpectedUser]: ExpectedUser[Key] } = {
    key: foldCase(userName),
    userName,
    scimId: undefined,
    externalId,
    active: presence === "active",
    attributes,
    references: noReferences,
    presence,
    reason,
  };
  if (atCreation !== undefined) user.atCreation = atCreation;
  if (onlyAdded !== undefined) user.onlyAdded = onlyAdded;
  if (fromUnknownId !== undefined) user.fromUnknownId = fromUnknownId;
  if (notCompared !== undefined) user.notCompared = notCompared;
  if (otherAttributes !== undefined) user.otherAttributes = otherAttributes;
  if (ssoOnly !== undefined) user.ssoOnly = ssoOnly;
  return user;
}

/** The first of several groups of one name makes the Team: neither provider makes a second one of it. */
function expectedTeams(
  rules: AccountRules,
  accounts: ReadonlyMap<StateKey, OwnedAccount>,
  activeKeys: ReadonlyMap<UserKey, StateKey>,
): ReadonlyMap<StateKey, AstroTeam> {
  const ssoOnlyKeys = new Map<UserKey, StateKey>();
  for (const [key, { owner, account }] of accounts) {
    if (account.ssoOnly === true) ssoOnlyKeys.set(owner, key);
  }
  const teams = new Map<StateKey, AstroTeam>();
  for (const { group, name } of rules.teams) {
    const key = foldCase(name);
    if (teams.has(key)) continue;
    const ssoOnlyMembers = keysOf(group.members, ssoOnlyKeys);
    teams.set(key, {
      key,
      displayName: name,
      scimId: undefined,
      members: keysOf(group.members, activeKeys),
      unknownMembers: [],
      ...(ssoOnlyMembers.size === 0 ? {} : { ssoOnlyMembers }),
    });
  }
  return teams;
}

/** The keys of those members who have one. */
function keysOf(members: Iterable<UserKey>, keyOf: ReadonlyMap<UserKey, StateKey>): ReadonlySet<StateKey> {
  const keys = new Set<StateKey>();
  if (keyOf.size === 0) return keys;
  for (const member of members) {
    const key = keyOf.get(member);
    if (key !== undefined) keys.add(key);
  }
  return keys;
}

/** Users who are to have an active account, with the key of it. */
function activeKeysOf(accounts: ReadonlyMap<StateKey, OwnedAccount>): ReadonlyMap<UserKey, StateKey> {
  const activeKeys = new Map<UserKey, StateKey>();
  for (const [key, { owner, account }] of accounts) {
    if (account.presence === "active") activeKeys.set(owner, key);
  }
  return activeKeys;
}
