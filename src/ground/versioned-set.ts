/** Sets that are values, as VersionedMap is for maps. */

import { VersionedMap, type Present } from "./versioned-map.ts";

/** Iterates as a Set does: in the order in which members came in. */
export class VersionedSet<Member extends Present> implements ReadonlySet<Member> {
  readonly #members: VersionedMap<Member, Member>;

  private constructor(members: VersionedMap<Member, Member>) {
    this.#members = members;
  }

  static of<Member extends Present>(members: Iterable<Member>): VersionedSet<Member> {
    if (members instanceof VersionedSet) return members;
    const pairs = [...members].map((member) => [member, member] as const);
    return new VersionedSet(VersionedMap.of(new Map(pairs)));
  }

  get size(): number {
    return this.#members.size;
  }

  has(member: Member): boolean {
    return this.#members.has(member);
  }

  with(...members: readonly Member[]): VersionedSet<Member> {
    const added = members.filter((member) => !this.has(member));
    return this.#edited((draft) => {
      for (const member of added) draft.set(member, member);
    }, added.length);
  }

  without(...members: readonly Member[]): VersionedSet<Member> {
    const removed = members.filter((member) => this.has(member));
    return this.#edited((draft) => {
      for (const member of removed) draft.delete(member);
    }, removed.length);
  }

  /** The members that only one of the two has; undefined where they have no base in common. */
  membersThatDiffer(other: ReadonlySet<Member>): ReadonlySet<Member> | undefined {
    return other instanceof VersionedSet ? this.#members.keysThatDiffer(other.#members) : undefined;
  }

  entries(): SetIterator<[Member, Member]> {
    return this.#members.entries();
  }

  keys(): SetIterator<Member> {
    return this.#members.keys();
  }

  values(): SetIterator<Member> {
    return this.#members.keys();
  }

  [Symbol.iterator](): SetIterator<Member> {
    return this.#members.keys();
  }

  forEach(tell: (member: Member, same: Member, set: ReadonlySet<Member>) => void): void {
    for (const member of this) tell(member, member, this);
  }

  #edited(
    change: (draft: ReturnType<VersionedMap<Member, Member>["draft"]>) => void,
    changes: number,
  ): VersionedSet<Member> {
    if (changes === 0) return this;
    const draft = this.#members.draft();
    change(draft);
    return new VersionedSet(draft.toVersion());
  }
}
