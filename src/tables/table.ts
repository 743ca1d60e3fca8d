/** A table that was read from a file: its rows as entries, as a fixture would write them inline. */

import type { FilePlace } from "../ground/errors.ts";
import type { PlacedMistake, ValuePath } from "../yaml/mistake.ts";

/** The name and the text of a table's file. */
export interface TableSource {
  /** As messages show it. */
  readonly file: string;
  readonly text: string;
}

export interface Table {
  readonly file: string;
  /** Plain values, of which only the form of the table was checked. */
  readonly entries: readonly unknown[];
  /** Where a value of an entry stands; the start of the row where the row has none. */
  readonly place: (row: number, path: ValuePath) => FilePlace;
}

/** A table is read as a whole or not at all. */
export type TableOutcome =
  | { readonly kind: "table"; readonly table: Table }
  | {
      readonly kind: "mistakes";
      readonly mistakes: readonly PlacedMistake[];
      readonly total: number;
      /** The file looks cut off: more may be missing than the mistakes say. */
      readonly isCut: boolean;
    };

/** The reading of a table; yields the number of rows so far, so that others have their turn. */
export type TableReading = Generator<number, TableOutcome>;

/** A table may have as many rows. */
export const maxRows = 1_000_000;

/** Rows between two turns of others. */
export const rowsInATurn = 20_000;
