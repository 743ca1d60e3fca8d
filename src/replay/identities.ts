/** Which id of the target stands for which recorded one. */

/** The endpoint below which a resource lives. */
export type ResourceKind = "Users" | "Groups";

const kinds: readonly ResourceKind[] = ["Users", "Groups"];

/**
 * Grows while a recording is replayed. Ids are kept apart by kind: there are servers that count users and groups
 * each from 1 (Deviation: RFC 7643 §3.1 asks for ids that are unique over all resources).
 */
export class Identities {
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** How many ids have a counterpart. */
  get size(): number {
    return this.#given.size;
  }

  /** The first counterpart of an id stays. */
  learn(kind: ResourceKind, recordedId: string, givenId: string): void {
    const key = keyOf(kind, recordedId);
    if (this.#given.has(key)) return;
    this.#given.set(key, givenId);
    this.#taken.add(keyOf(kind, givenId));
  }

  /** The target's id; without a kind that of the user or else of the Team, as for a member. */
  given(recordedId: string, kind?: ResourceKind): string | undefined {
    return among(kind)
      .map((one) => this.#given.get(keyOf(one, recordedId)))
      .find((id) => id !== undefined);
  }

  /** True for an id of the target that stands for a recorded one. */
  isTaken(givenId: string, kind?: ResourceKind): boolean {
    return among(kind).some((one) => this.#taken.has(keyOf(one, givenId)));
  }
}

function among(kind: ResourceKind | undefined): readonly ResourceKind[] {
  return kind === undefined ? kinds : [kind];
}

function keyOf(kind: ResourceKind, id: string): string {
  return `${kind}/${id}`;
}
