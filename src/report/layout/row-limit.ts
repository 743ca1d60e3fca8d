/** A limit for rows that are written one after the other: the first of each kind are, the others are counted. */

import type { Style } from "../style.ts";
import { mostRows, showAll } from "./counted.ts";

/** What a row has in common with others. */
export interface RowKind {
  readonly kind: string;
  /** Kinds that differ in a detail: where there are too many of them, they count as one. */
  readonly family: string;
  /** `12 more users created`. */
  readonly more: (count: number) => string;
  readonly moreOfFamily: (count: number) => string;
}

export class RowLimit {
  readonly #all: boolean;
  readonly #kinds = new Map<string, { rows: number; hidden: number; more: RowKind["more"] }>();
  readonly #kindsOfFamily = new Map<string, Set<string>>();

  constructor({ all = false }: Pick<Style, "all">) {
    this.#all = all;
  }

  /** Whether the next row of that kind is written. */
  admits({ kind, family, more, moreOfFamily }: RowKind): boolean {
    if (this.#all) return true;
    const kinds = this.#kindsOfFamily.get(family) ?? new Set();
    this.#kindsOfFamily.set(family, kinds);
    const isAlone = kinds.has(kind) || kinds.size < mostRows;
    if (isAlone) kinds.add(kind);
    const key = JSON.stringify(isAlone ? [family, kind] : [family]);
    const counted = this.#kinds.get(key) ?? { rows: 0, hidden: 0, more: isAlone ? more : moreOfFamily };
    this.#kinds.set(key, counted);
    const isShown = isAlone && counted.rows < mostRows;
    if (isShown) counted.rows += 1;
    else counted.hidden += 1;
    return isShown;
  }

  /** A text for each kind of which rows were left out; it starts over after that. */
  take(): readonly string[] {
    const texts = [...this.#kinds.values()]
      .filter(({ hidden }) => hidden > 0)
      .map(({ hidden, more }) => `${more(hidden)} (${showAll})`);
    this.#kinds.clear();
    this.#kindsOfFamily.clear();
    return texts;
  }
}
