/** Tables in the format of the astro CLI (astro-cli, pkg/printutil): no borders, a space before each line. */

import stringWidth from "string-width";
import { printable } from "../../ground/text/printable.ts";

/** A column: its header, and the cell of an item; undefined where it has none. */
export interface Column<Item> {
  readonly header: string;
  readonly cell: (item: Item) => string | boolean | undefined;
}

/** Spaces between columns: those of the astro CLI, for its lists; and what lets most tables within a report fit 80 columns. */
export const gaps = { list: 5, within: 2 } as const;

/** Stands for what is not there, or is not known. */
const nothing = "-";

/** Whole lines, the header first; the header alone where there are no items. Nothing is cut off. */
export function tableLines<Item>(
  columns: readonly Column<Item>[],
  items: readonly Item[],
  gap: number,
): readonly string[] {
  const rows = [
    columns.map(({ header }) => header),
    ...items.map((item) => columns.map(({ cell }) => shown(cell(item)))),
  ].map((row) => row.map((text) => ({ text, width: stringWidth(text) })));
  const widths = columns.map((_, at) => widest(rows.map((row) => row[at]?.width ?? 0)) + gap);
  return rows.map((row) => {
    const cells = row.map(({ text, width }, at) => text + " ".repeat((widths[at] ?? 0) - width));
    return ` ${cells.join("")}`.trimEnd();
  });
}

function shown(cell: string | boolean | undefined): string {
  return cell === undefined || cell === "" ? nothing : printable(String(cell));
}

/** Not `Math.max(...)`: a list can be longer than a call may have arguments. */
function widest(widths: readonly number[]): number {
  return widths.reduce((most, width) => Math.max(most, width), 0);
}
