/** In which order the operations of a bulk request are carried out. */

/**
 * Groups of operations, by their index, one group after the other: each operation alone, in the order of the request,
 * except an operation that another one waits for, which comes before it. Those that wait for one another are one
 * group: a circle of references (RFC 7644 §3.7.1). `needs` says for which operations one has to wait.
 */
export function planBulk(
  count: number,
  needs: (index: number) => readonly number[],
): readonly (readonly number[])[] {
  const search = new CircleSearch(needs);
  for (let index = 0; index < count; index += 1) search.visit(index);
  return search.groups;
}

/** Tarjan's strongly connected components: they come out with what is needed before what needs it. */
class CircleSearch {
  readonly groups: (readonly number[])[] = [];
  readonly #needs: (index: number) => readonly number[];
  readonly #visitedAt = new Map<number, number>();
  /** Visited, and in no group yet. */
  readonly #open: number[] = [];

  constructor(needs: (index: number) => readonly number[]) {
    this.#needs = needs;
  }

  /** The earliest operation still open that is reached from this one. */
  visit(index: number): number {
    const known = this.#visitedAt.get(index);
    if (known !== undefined) return this.#open.includes(index) ? known : Number.POSITIVE_INFINITY;
    const visitedAt = this.#visitedAt.size;
    this.#visitedAt.set(index, visitedAt);
    this.#open.push(index);
    const earliest = Math.min(visitedAt, ...this.#needs(index).map((needed) => this.visit(needed)));
    if (earliest === visitedAt) this.groups.push(this.#open.splice(this.#open.indexOf(index)));
    return earliest;
  }
}
