/** Entries that were made of rows, as a table: each remembers the row that it was made of. */

import type { FilePlace } from "../../ground/errors.ts";
import type { Table } from "../../tables/table.ts";
import type { ValuePath } from "../../yaml/mistake.ts";

type PlaceOf = (row: number, path: ValuePath) => FilePlace;

/** Gathers entries of one or several files. */
export class Gathering {
  readonly #entries: unknown[] = [];
  readonly #places: PlaceOf[] = [];
  readonly #placeOf: number[] = [];
  readonly #rowOf: number[] = [];
  #last: PlaceOf | undefined;

  /** `place` says where the parts of that row stand. */
  add(entry: unknown, row: number, place: PlaceOf): void {
    if (this.#last !== place) {
      this.#last = place;
      this.#places.push(place);
    }
    this.#entries.push(entry);
    this.#rowOf.push(row);
    this.#placeOf.push(this.#places.length - 1);
  }

  get size(): number {
    return this.#entries.length;
  }

  /** `file`: the name of the whole. */
  table(file: string): Table {
    const place: PlaceOf = (row, path) => {
      const placeOf = this.#places[this.#placeOf[row] ?? 0];
      if (placeOf === undefined) return { file, line: 1, column: 1, text: "" };
      return placeOf(this.#rowOf[row] ?? 0, path);
    };
    return { file, entries: this.#entries, place };
  }
}
