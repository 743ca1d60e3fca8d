/** A table read to its end. */

import type { Table, TableReading } from "../../src/tables/table.ts";

export interface ReadOutcome {
  readonly table?: Table;
  readonly entries?: readonly unknown[];
  /** `2:1 This row …` */
  readonly mistakes?: readonly string[];
}

export function outcomeOf(reading: TableReading): ReadOutcome {
  for (;;) {
    const { done, value } = reading.next();
    if (done !== true) continue;
    if (value.kind === "table") return { table: value.table, entries: value.table.entries };
    return {
      mistakes: value.mistakes.map(({ message, hint, place }) =>
        [`${place.line}:${place.column}`, message, typeof hint === "string" ? hint : ""].join(" ").trim(),
      ),
    };
  }
}
