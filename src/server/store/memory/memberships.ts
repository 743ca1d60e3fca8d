/** Who is in which Team, from both sides, in constant time. */

const noIds: ReadonlySet<string> = new Set();

/** The one record of memberships: a Team's members and a user's Teams are always each other's mirror. */
export class Memberships {
  readonly #members = new Map<string, Set<string>>();
  readonly #teams = new Map<string, Set<string>>();

  /** Ids of the users in a Team, in the order in which they joined. */
  membersOf(teamId: string): ReadonlySet<string> {
    return this.#members.get(teamId) ?? noIds;
  }

  /** Ids of the Teams that a user is in, in the order of joining. */
  teamsOf(userId: string): ReadonlySet<string> {
    return this.#teams.get(userId) ?? noIds;
  }

  join(teamId: string, userId: string): void {
    put(this.#members, teamId, userId);
    put(this.#teams, userId, teamId);
  }

  leave(teamId: string, userId: string): void {
    drop(this.#members, teamId, userId);
    drop(this.#teams, userId, teamId);
  }
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
