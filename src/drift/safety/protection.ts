/** What no repair touches: the entries of a `protect` list resolved to accounts and Teams, once, and checked by id. */

import type { HeldState, HeldTeam, HeldUser } from "../../astro/held.ts";
import type { ExpectedState, StateKey } from "../../astro/state.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isOrganizationOwner } from "../compare/users/owner.ts";
import type { UserMatch } from "../compare/users/match-users.ts";
import type { TeamPair } from "../compare/teams/match-teams.ts";

/** What was found for the entries of a list. */
export interface Protection {
  /** SCIM ids of protected accounts. */
  readonly userIds: ReadonlySet<string>;
  /** SCIM ids of protected Teams. */
  readonly teamIds: ReadonlySet<string>;
  /** SCIM ids of organization owners, where the server says who they are: they are never deleted or renamed. */
  readonly ownerIds: ReadonlySet<string>;
  /** Keys of users and Teams of the directory that are protected, for what has no id yet; and the entries themselves. */
  readonly keys: ReadonlySet<StateKey>;
  readonly warnings: readonly ProtectWarning[];
}

/** An entry that may not protect what was meant. */
export interface ProtectWarning {
  readonly entry: string;
  readonly problem: "matches-nobody" | "blanks";
}

/** An account as the provider remembers it. */
export interface RememberedAccount {
  /** The userName that the provider sent last. */
  readonly userName: string;
  readonly scimId: string;
}

/** Where an entry may be found. */
export interface ProtectScope {
  readonly expected: ExpectedState;
  readonly held: HeldState;
  readonly match: UserMatch;
  readonly teamOf: ReadonlyMap<StateKey, TeamPair>;
  readonly remembered: readonly RememberedAccount[];
}

const nothing: ReadonlySet<string> = new Set();

/**
 * Resolves a list. An entry means every account that has it as its userName, as one of its e-mail addresses or as its
 * id; the account of the directory's user with that name or address; the account that the provider remembers by that
 * name; and every Team of that name, in Astro or in the directory. Case does not matter.
 */
export function resolveProtection(entries: readonly string[], scope: ProtectScope): Protection {
  const ownerIds = ownersIn(scope.held);
  if (entries.length === 0) {
    return { userIds: nothing, teamIds: nothing, ownerIds, keys: nothing, warnings: [] };
  }
  const names = namesIn(scope);
  const userIds = new Set<string>();
  const teamIds = new Set<string>();
  const keys = new Set<StateKey>();
  const warnings: ProtectWarning[] = [];
  for (const entry of new Set(entries)) {
    const name = entry.trim();
    if (name !== entry) warnings.push({ entry, problem: "blanks" });
    const key = foldCase(name);
    const found = [...(names.get(key) ?? []), ...(names.get(idName(name)) ?? [])];
    if (found.length === 0) warnings.push({ entry, problem: "matches-nobody" });
    keys.add(key);
    for (const { userId, teamId, expectedKey } of found) {
      if (userId !== undefined) userIds.add(userId);
      if (teamId !== undefined) teamIds.add(teamId);
      if (expectedKey !== undefined) keys.add(expectedKey);
    }
  }
  return { userIds, teamIds, ownerIds, keys, warnings };
}

/** What a name stands for. */
interface Found {
  readonly userId?: string | undefined;
  readonly teamId?: string | undefined;
  readonly expectedKey?: StateKey;
}

/** Everything that can be named: by its folded name, and by its id. */
function namesIn({ expected, held, match, teamOf, remembered }: ProtectScope): ReadonlyMap<string, Found[]> {
  const names = new Map<string, Found[]>();
  const note = (name: string, found: Found): void => {
    const others = names.get(name);
    if (others === undefined) names.set(name, [found]);
    else others.push(found);
  };
  for (const { key, emails, scimId } of [...allAccounts(held), ...hiddenAccounts(held)]) {
    const found = { userId: scimId };
    for (const name of new Set([key, ...emails, idName(scimId)])) note(name, found);
  }
  for (const { key, attributes } of expected.users.values()) {
    const found = { userId: match.heldOf(key)?.scimId, expectedKey: key };
    const addresses = Object.entries(attributes).flatMap(([path, value]) =>
      path.startsWith("emails") ? [foldCase(value)] : [],
    );
    for (const name of new Set([key, ...addresses])) note(name, found);
  }
  for (const { userName, scimId } of remembered) note(foldCase(userName), { userId: scimId });
  for (const { key, scimId } of allTeams(held)) {
    note(key, { teamId: scimId });
    note(idName(scimId), { teamId: scimId });
  }
  for (const { key } of expected.teams.values()) {
    note(key, { teamId: teamOf.get(key)?.held.scimId, expectedKey: key });
  }
  return names;
}

/** Folded names have no capital letter, so none of them can be taken for an id. */
function idName(scimId: string): string {
  return `ID ${scimId}`;
}

/** A user's role is the highest of the direct one and those of the user's Teams (Astro docs: User permissions). */
function ownersIn(held: HeldState): ReadonlySet<string> {
  const direct = allAccounts(held).filter(({ roles = [] }) => roles.some(isOrganizationOwner));
  const teams = allTeams(held).filter(({ iam }) => isOrganizationOwner(iam?.roles?.organizationRole ?? ""));
  return new Set([
    ...direct.map(({ scimId }) => scimId),
    ...teams.flatMap(({ memberIds }) => [...memberIds]),
  ]);
}

function allAccounts(held: HeldState): readonly HeldUser[] {
  return [...held.users.values(), ...held.namesakeUsers];
}

function allTeams(held: HeldState): readonly HeldTeam[] {
  return [...held.teams.values(), ...held.namesakeTeams];
}

/** Those that the list of users leaves out and that are in a Team. */
function hiddenAccounts(held: HeldState): readonly Pick<HeldUser, "key" | "emails" | "scimId">[] {
  return allTeams(held).flatMap(({ unseenMembers }) =>
    unseenMembers.flatMap(({ scimId, account }) => (account === undefined ? [] : [{ ...account, scimId }])),
  );
}
