/** Users about whom the provider sends nothing, as a section of a drift: listed, not counted. */

import type { LeftAsFound } from "../../drift/compare/left-as-found.ts";
import { countedRows } from "../layout/counted.ts";
import { rowLines } from "../layout/rows.ts";
import type { Style } from "../style.ts";

export const leftAsFoundTitle =
  "Active, and not changed: the provider sends nothing about these users (not counted)";

export function leftAsFoundLines(entries: readonly LeftAsFound[], style: Style): readonly string[] {
  const rows = countedRows(
    entries,
    { sign: "?", noun: "user", nameOf: ({ userName }) => userName, textOf: ({ reason }) => reason },
    style,
  );
  return rowLines(rows, style);
}
