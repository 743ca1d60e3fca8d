/** What was read from a server: users and Teams with their SCIM ids, and how to tell whether one has changed since. */

import type { TeamRecord, UserRecord } from "./records/record.ts";
import type { AstroState, AstroTeam, AstroUser, StateKey } from "./state.ts";

/** What Astro's IAM API says of a user or a Team. */
interface InIam<Item> {
  /** Undefined where IAM was not read, or does not show it. */
  readonly iam?: Item;
  /** IAM shows it, and the lists of SCIM do not: nothing can be written to it over SCIM. */
  readonly isHiddenFromScim?: true;
}

/** A resource as it was seen: which one, and what to compare before it is written. */
export interface Seen {
  readonly scimId: string;
  /** `meta.version`, the entity tag, where the server gives one (RFC 7644 §3.14). */
  readonly version: string | undefined;
  /** Digest of what a repair looks at: two readings with the same fingerprint hold the same. */
  readonly fingerprint: string;
}

/** What is to be written to, as it was seen; of an account with the values at the mapped paths. */
export interface SeenForWriting extends Pick<Seen, "scimId" | "version"> {
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A user account that a server holds. */
export interface HeldUser extends AstroUser, Seen, InIam<UserRecord> {
  readonly scimId: string;
  /** All its e-mail addresses, in lower case. */
  readonly emails: readonly string[];
  /** Of these the one that is marked as primary, or the only one; undefined where neither is so. */
  readonly primaryEmail?: string | undefined;
  /** The roles that SCIM gives it, and its Organization role in IAM; undefined where neither says anything of its roles. */
  readonly roles: readonly string[] | undefined;
  /** Ids of the groups that it is in, where it was read by itself and shows them. */
  readonly groupIds?: ReadonlySet<string>;
}

/** A Team that a server holds, its members resolved to users. */
export interface HeldTeam extends AstroTeam, Seen, InIam<TeamRecord> {
  readonly scimId: string;
  /** Ids of its members, nested groups apart. */
  readonly memberIds: ReadonlySet<string>;
  /** Members that the list of users does not show and that may still exist: no repair removes them. */
  readonly unseenMembers: readonly UnseenMember[];
}

/** A member of a Team that the list of users does not show. */
export interface UnseenMember {
  /** Of a hidden account: what its own answer shows. */
  readonly account?: Pick<HeldUser, "key" | "emails" | "primaryEmail" | "active">;
  readonly scimId: string;
  /** `hidden`: an account that the list leaves out; `group`: a nested group; `unreadable`: asking for it failed. */
  readonly is: "hidden" | "group" | "unreadable";
}

/** A Team read by itself: its members are ids, for nothing says whose they are. */
export interface TeamAsRead extends Seen {
  readonly key: StateKey;
  readonly displayName: string;
  readonly memberIds: ReadonlySet<string>;
  /** The answer says who is in the Team, if only that nobody is; without it `memberIds` may say nothing. */
  readonly showsMembers: boolean;
  /** Those of `memberIds` that the server calls groups (RFC 7643 §4.2, `type`). */
  readonly nestedGroupIds: ReadonlySet<string>;
}

/** What a server holds. A name that it holds twice is in the map once; the others are listed separately. */
export interface HeldState extends AstroState {
  readonly users: ReadonlyMap<StateKey, HeldUser>;
  readonly teams: ReadonlyMap<StateKey, HeldTeam>;
  /** Accounts whose userName another account has too, except for its case: case-sensitive servers allow it. */
  readonly namesakeUsers: readonly HeldUser[];
  /** Teams whose name another Team has too: RFC 7643 §4.2 does not ask for unique names. */
  readonly namesakeTeams: readonly HeldTeam[];
}

/** SCIM ids of everything that a server holds. */
export interface HeldIds {
  readonly users: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
}

/** Every account, those included whose userName another one has. */
export function allUsers({ users, namesakeUsers }: HeldState): readonly HeldUser[] {
  return [...users.values(), ...namesakeUsers];
}

/** Every Team, those included whose name another one has. */
export function allTeams({ teams, namesakeTeams }: HeldState): readonly HeldTeam[] {
  return [...teams.values(), ...namesakeTeams];
}

/** The Teams of each member, by the member's SCIM id. */
export function teamsByMember(held: HeldState): ReadonlyMap<string, readonly HeldTeam[]> {
  const teamsOf = new Map<string, HeldTeam[]>();
  for (const team of allTeams(held)) {
    for (const id of team.memberIds) {
      const others = teamsOf.get(id);
      if (others === undefined) teamsOf.set(id, [team]);
      else others.push(team);
    }
  }
  return teamsOf;
}

/** The ids that nothing new can have. */
export function heldIds(held: HeldState): HeldIds {
  const idsOf = (items: readonly Seen[]) => new Set(items.map(({ scimId }) => scimId));
  return { users: idsOf(allUsers(held)), teams: idsOf(allTeams(held)) };
}
