/** Who is in which Team since when, from both sides, in constant time. */

/** Ids in the order in which they were added: of a Set, or the keys of a Map. */
export type HeldIds = Pick<ReadonlySet<string>, "size" | "has" | "keys">;

const noIds: ReadonlySet<string> = new Set();

/** The one record of memberships: a Team's members and a user's Teams are always each other's mirror. */
export class Memberships {
  readonly #members = new Map<string, Map<string, number>>();
  readonly #teams = new Map<string, Set<string>>();

  /** Ids of the users in a Team, in the order in which they joined. */
  membersOf(teamId: string): HeldIds {
    return this.#members.get(teamId) ?? noIds;
  }

  /** Ids of the Teams that a user is in, in the order of joining. */
  teamsOf(userId: string): HeldIds {
    return this.#teams.get(userId) ?? noIds;
  }

  /** When a user joined a Team, as `join` was told; undefined for who is no member. */
  joinedAfterMs(teamId: string, userId: string): number | undefined {
    return this.#members.get(teamId)?.get(userId);
  }

  /** `afterMs`: since the store was made; of who is a member already the first time counts. */
  join(teamId: string, userId: string, afterMs: number): void {
    const members = this.#members.get(teamId);
    if (members === undefined) this.#members.set(teamId, new Map([[userId, afterMs]]));
    else if (!members.has(userId)) members.set(userId, afterMs);
    const teams = this.#teams.get(userId);
    if (teams === undefined) this.#teams.set(userId, new Set([teamId]));
    else teams.add(teamId);
  }

  leave(teamId: string, userId: string): void {
    drop(this.#members, teamId, userId);
    drop(this.#teams, userId, teamId);
  }
}

function drop(
  held: Map<string, { readonly size: number; delete(value: string): boolean }>,
  key: string,
  value: string,
): void {
  const ids = held.get(key);
  ids?.delete(value);
  if (ids?.size === 0) held.delete(key);
}
