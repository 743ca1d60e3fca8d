/** The header of a CSV table: which column each cell of a row belongs to. */

import { nearestName } from "../ground/text/nearest-name.ts";
import { columnNamed, type Column, type Columns } from "./columns.ts";
import type { TextMistake } from "./table-text.ts";

export interface HeaderCell {
  readonly name: string;
  readonly offset: number;
}

export interface Header {
  readonly columns: readonly Column[];
  readonly mistakes: readonly TextMistake[];
}

export function readHeader(cells: readonly HeaderCell[], columns: Columns): Header {
  const found: Column[] = [];
  const mistakes: TextMistake[] = [];
  const seen = new Set<string>();
  for (const { name, offset } of cells) {
    const column = columnNamed(name, columns);
    const problem = seen.has(name)
      ? { message: `The column "${name}" is there twice.` }
      : wrong(name, columns);
    seen.add(name);
    if (problem !== undefined) mistakes.push({ offset, ...problem });
    else if (column !== undefined) found.push(column);
  }
  // That a column is missing is not a mistake of its own where it may be there, mistyped.
  if (mistakes.length > 0) return { columns: found, mistakes };
  for (const names of columns.required) {
    if (names.some((name) => seen.has(name))) continue;
    const message = `The header has no column ${names.map((name) => `"${name}"`).join(" or ")}.`;
    mistakes.push({ offset: 0, message, hint: "The first line must name the columns." });
  }
  return { columns: found, mistakes };
}

function wrong(name: string, columns: Columns): Omit<TextMistake, "offset"> | undefined {
  if (name === "") return { message: "This column has no name." };
  const column = columnNamed(name, columns);
  const known = [...columns.kinds.keys()];
  if (column === undefined) {
    const nearest = nearestName(name, known);
    const open = columns.open === undefined ? "" : ` Other attributes: ${columns.open}.NAME.`;
    const hint =
      nearest === undefined ? `Known columns: ${known.join(", ")}.${open}` : `Did you mean "${nearest}"?`;
    return { message: `Unknown column "${name}".`, hint };
  }
  const { inside } = column;
  if (inside === undefined || !columns.kinds.has(inside)) return undefined;
  return {
    message: `"${inside}" does not belong under "${column.key}".`,
    hint: `Name the column ${inside}.`,
  };
}
