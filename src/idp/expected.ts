/** What the directory, put through the app's mappings and assignments, says that Astro should hold. */

import type { ExpectedPresence, ExpectedState, ExpectedUser, AstroTeam, StateKey } from "../astro/state.ts";
import type { AppSettings } from "../directory/app-settings.ts";
import {
  assignedUserKeys,
  type Directory,
  type DirectoryUser,
  type UserKey,
} from "../directory/directory.ts";
import { foldCase } from "../scim/fold-case.ts";
import {
  appAttributes,
  compileMapping,
  isAppAttribute,
  isUnmappable,
  mapUser,
  type AppProfile,
} from "./okta/mapping.ts";

/**
 * The expected state. A suspended user may have an account or not, and may be in Teams or not (Okta: Understanding
 * SCIM: suspension sends nothing), so it is `either` and no Team lists it. Where two users map to one userName,
 * the one who is to be active holds it, the first of the directory if both are; the other is unmappable.
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function expectedState(directory: Directory, settings: AppSettings): ExpectedState {
  const accounts = expectedAccounts(directory, settings);
  return {
    users: new Map([...accounts.byKey].map(([key, { account }]) => [key, account])),
    teams: expectedTeams(directory, accounts.byKey),
    unmappable: accounts.unmappable,
  };
}

interface OwnedAccount {
  readonly owner: UserKey;
  readonly account: ExpectedUser;
}

interface Accounts {
  readonly byKey: ReadonlyMap<StateKey, OwnedAccount>;
  readonly unmappable: ExpectedState["unmappable"];
}

function expectedAccounts(directory: Directory, settings: AppSettings): Accounts {
  const mapping = compileMapping(settings, directory);
  const assigned = assignedUserKeys(directory);
  const byKey = new Map<StateKey, OwnedAccount>();
  const unmappable: { user: string; reason: string }[] = [];
  for (const user of directory.users.values()) {
    const standing = standingOf(user, assigned);
    const mapped = mapUser(mapping, user);
    if (isUnmappable(mapped)) {
      if (standing.presence === "active") unmappable.push({ user: user.key, reason: mapped.reason });
      continue;
    }
    const account = expectedUser(user, mapped, standing);
    const holder = byKey.get(account.key);
    if (holder === undefined || rank[account.presence] > rank[holder.account.presence]) {
      byKey.set(account.key, { owner: user.key, account });
    } else if (account.presence === "active") {
      unmappable.push({
        user: user.key,
        reason: `has the same userName as ${holder.owner}: ${mapped.userName}`,
      });
    }
  }
  return { byKey, unmappable };
}

/** Who holds a userName that several users map to. */
const rank: Readonly<Record<ExpectedPresence, number>> = { "not-active": 0, either: 1, active: 2 };

interface Standing {
  readonly presence: ExpectedPresence;
  readonly reason: string;
}

function standingOf(user: DirectoryUser, assigned: ReadonlySet<UserKey>): Standing {
  if (user.status === "deactivated") return { presence: "not-active", reason: "deactivated in Okta" };
  if (!assigned.has(user.key)) return { presence: "not-active", reason: "not assigned to the app" };
  if (user.status === "suspended") return { presence: "either", reason: "suspended in Okta" };
  return { presence: "active", reason: "assigned to the app" };
}

function expectedUser(user: DirectoryUser, profile: AppProfile, standing: Standing): ExpectedUser {
  return {
    key: foldCase(profile.userName),
    userName: profile.userName,
    scimId: undefined,
    externalId: user.objectId,
    active: standing.presence === "active",
    attributes: attributesByPath(profile),
    ...standing,
  };
}

function attributesByPath({ attributes }: AppProfile): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      isAppAttribute(name) ? [[appAttributes[name], value] as const] : [],
    ),
  );
}

/** The first of several pushed groups of one name makes the Team: Okta refuses a second mapping to it. */
function expectedTeams(
  directory: Directory,
  accounts: ReadonlyMap<StateKey, OwnedAccount>,
): ReadonlyMap<StateKey, AstroTeam> {
  const activeKeys = new Map<UserKey, StateKey>();
  for (const [key, { owner, account }] of accounts) {
    if (account.presence === "active") activeKeys.set(owner, key);
  }
  const teams = new Map<StateKey, AstroTeam>();
  for (const group of directory.groups.values()) {
    const key = foldCase(group.name);
    if (!directory.pushedGroups.has(group.key) || teams.has(key)) continue;
    const members = [...group.members].flatMap((member) => activeKeys.get(member) ?? []);
    teams.set(key, {
      key,
      displayName: group.name,
      scimId: undefined,
      members: new Set(members),
      unknownMembers: [],
    });
  }
  return teams;
}
