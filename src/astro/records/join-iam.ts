/** What SCIM shows of an organization joined with what IAM shows of it, by id. */

import { foldCase } from "../../ground/text/fold-case.ts";
import { allTeams, allUsers, type HeldState, type HeldTeam, type HeldUser } from "../held.ts";
import type { StateKey } from "../state.ts";
import { heldTeamFromIam, heldUserFromIam, organizationRoles } from "./held-from-iam.ts";
import type { IamSide } from "./iam-side.ts";
import type { TeamRecord, UserRecord } from "./record.ts";

export type Joined =
  | { readonly kind: "joined"; readonly held: HeldState }
  /** The same users have other ids in IAM, so nothing tells what belongs together. */
  | { readonly kind: "other-ids" }
  /** SCIM shows a Team that IAM does not: its list is no whole one, or was read before or after a change. */
  | { readonly kind: "team-not-shown"; readonly team: string };

/**
 * Inferred: a user and a Team have the same id in both APIs (Astro docs: Export audit logs names the parameters of SCIM paths as
 * those of its other paths). What only IAM shows is added, marked as hidden from SCIM. An owner by id or by name is an owner.
 */
export function joinIam(held: HeldState, { users, teams, members }: IamSide): Joined {
  const accounts = allUsers(held);
  const byId = new Map(users.map((user) => [user.id, user]));
  if (haveOtherIds(accounts, byId, users)) return { kind: "other-ids" };
  const teamById = new Map(teams.map((team) => [team.id, team]));
  const notShown = allTeams(held).find(({ scimId }) => !teamById.has(scimId));
  if (notShown !== undefined) return { kind: "team-not-shown", team: notShown.displayName };
  const owners = new Set(
    users
      .filter(({ roles }) => roles?.organizationRole === "ORGANIZATION_OWNER")
      .map(({ email }) => foldCase(email)),
  );
  const joinUser = (account: HeldUser): HeldUser => joinedUser(account, byId.get(account.scimId), owners);
  const scimIds = new Set(accounts.map(({ scimId }) => scimId));
  const hiddenUsers = users
    .filter(({ id }) => !scimIds.has(id))
    .map((user): HeldUser => ({ ...heldUserFromIam(user), isHiddenFromScim: true }));
  const teamIds = new Set(allTeams(held).map(({ scimId }) => scimId));
  const keyOf = new Map([...accounts, ...hiddenUsers].map(({ scimId, key }) => [scimId, key] as const));
  const hiddenTeams = teams
    .filter(({ id }) => !teamIds.has(id))
    .map((team): HeldTeam => {
      const memberIds = members.get(team.id) ?? [];
      return { ...heldTeamFromIam(team, { memberIds, keyOf }), isHiddenFromScim: true };
    });
  const hidden = new Map(hiddenUsers.map((user) => [user.scimId, user]));
  const joinTeam = (team: HeldTeam): HeldTeam => joinedTeam(team, teamById.get(team.scimId), hidden);
  const [userOf, namesakeUsers] = withHidden(
    [mapped(held.users, joinUser), held.namesakeUsers.map(joinUser)],
    hiddenUsers,
  );
  const [teamOf, namesakeTeams] = withHidden(
    [mapped(held.teams, joinTeam), held.namesakeTeams.map(joinTeam)],
    hiddenTeams,
  );
  return { kind: "joined", held: { users: userOf, namesakeUsers, teams: teamOf, namesakeTeams } };
}

function haveOtherIds(
  accounts: readonly HeldUser[],
  byId: ReadonlyMap<string, UserRecord>,
  users: readonly UserRecord[],
): boolean {
  if (accounts.some(({ scimId }) => byId.has(scimId))) return false;
  const names = new Set(users.map(({ email }) => foldCase(email)));
  return accounts.some(({ key, emails }) => names.has(key) || emails.some((email) => names.has(email)));
}

function joinedUser(
  account: HeldUser,
  record: UserRecord | undefined,
  owners: ReadonlySet<string>,
): HeldUser {
  const isOwnerByName = [account.key, ...account.emails].some((name) => owners.has(name));
  const inIam = [
    ...(record === undefined ? [] : organizationRoles(record)),
    ...(isOwnerByName ? ["ORGANIZATION_OWNER"] : []),
  ];
  if (record === undefined && !isOwnerByName) return account;
  const roles = [...new Set([...(account.roles ?? []), ...inIam])];
  return new JoinedAccount(account, roles, record);
}

/** A class for the same reason as `ReadAccount`. */
class JoinedAccount implements HeldUser {
  readonly key: HeldUser["key"];
  readonly userName: string;
  readonly scimId: string;
  readonly externalId: string | undefined;
  readonly active: boolean;
  readonly emails: readonly string[];
  readonly primaryEmail: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly version: string | undefined;
  readonly groupIds?: ReadonlySet<string>;
  readonly roles: readonly string[];
  readonly iam?: UserRecord;
  readonly #account: HeldUser;

  constructor(account: HeldUser, roles: readonly string[], record: UserRecord | undefined) {
    this.key = account.key;
    this.userName = account.userName;
    this.scimId = account.scimId;
    this.externalId = account.externalId;
    this.active = account.active;
    this.emails = account.emails;
    this.primaryEmail = account.primaryEmail;
    this.attributes = account.attributes;
    this.version = account.version;
    if (account.groupIds !== undefined) this.groupIds = account.groupIds;
    this.roles = roles;
    if (record !== undefined) this.iam = record;
    this.#account = account;
  }

  get fingerprint(): string {
    return this.#account.fingerprint;
  }
}

/** A member that SCIM does not know and IAM does is there: no repair removes it. */
function joinedTeam(
  team: HeldTeam,
  record: TeamRecord | undefined,
  hidden: ReadonlyMap<string, HeldUser>,
): HeldTeam {
  const found = team.unknownMembers.flatMap((id) => hidden.get(id) ?? []);
  return {
    ...team,
    ...(record === undefined ? {} : { iam: record }),
    unknownMembers: team.unknownMembers.filter((id) => !hidden.has(id)),
    unseenMembers: [
      ...team.unseenMembers,
      ...found.map((account) => ({ scimId: account.scimId, is: "hidden", account }) as const),
    ],
  };
}

/** A name that SCIM shows, too, stays with what SCIM shows. */
function withHidden<Item extends { readonly key: StateKey }>(
  [shown, namesakes]: readonly [ReadonlyMap<StateKey, Item>, readonly Item[]],
  hidden: readonly Item[],
): [ReadonlyMap<StateKey, Item>, readonly Item[]] {
  const all = new Map(shown);
  const others = [...namesakes];
  for (const item of hidden) {
    if (all.has(item.key)) others.push(item);
    else all.set(item.key, item);
  }
  return [all, others];
}

function mapped<Item>(
  items: ReadonlyMap<StateKey, Item>,
  change: (item: Item) => Item,
): ReadonlyMap<StateKey, Item> {
  return new Map([...items].map(([key, item]) => [key, change(item)]));
}
