/** Who is in which Team, from both sides, in constant time. */

import type { MemberDelta } from "./member-edits.ts";

const nobody: ReadonlySet<string> = new Set();

/** The one record of memberships: a Team's members and a user's Teams are always each other's mirror. */
export class Memberships {
  readonly #members = new Map<string, Set<string>>();
  readonly #teams = new Map<string, Set<string>>();

  /** Ids of the users in a Team, in the order in which they joined. */
  membersOf(teamId: string): ReadonlySet<string> {
    return this.#members.get(teamId) ?? nobody;
  }

  /** Ids of the Teams that a user is in, in the order of joining. */
  teamsOf(userId: string): ReadonlySet<string> {
    return this.#teams.get(userId) ?? nobody;
  }

  /** Carries out a delta; gives back who joined and who left: nobody where the Team has the same members afterwards. */
  change(teamId: string, delta: MemberDelta): readonly string[] {
    if (!delta.cleared && delta.removed.size === 0 && delta.added.size === 0) return [];
    const before = this.membersOf(teamId);
    if (delta.cleared && sameMembers(before, delta.added)) return [];
    const leaving = delta.cleared ? [...before].filter((id) => !delta.added.has(id)) : [...delta.removed];
    const joining = [...delta.added].filter((id) => !before.has(id));
    for (const id of leaving) this.#leave(teamId, id);
    for (const id of joining) this.#join(teamId, id);
    return [...leaving, ...joining];
  }

  /** Takes a user out of every Team; gives back the Teams' ids. */
  endAllOf(userId: string): readonly string[] {
    const teams = [...this.teamsOf(userId)];
    for (const teamId of teams) this.#leave(teamId, userId);
    return teams;
  }

  /** Takes everybody out of a Team that is about to go; gives back the users' ids. */
  dissolve(teamId: string): readonly string[] {
    const users = [...this.membersOf(teamId)];
    for (const userId of users) this.#leave(teamId, userId);
    return users;
  }

  #join(teamId: string, userId: string): void {
    put(this.#members, teamId, userId);
    put(this.#teams, userId, teamId);
  }

  #leave(teamId: string, userId: string): void {
    drop(this.#members, teamId, userId);
    drop(this.#teams, userId, teamId);
  }
}

function sameMembers(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}

function put(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function drop(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
