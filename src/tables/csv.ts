/** A CSV table, by the names in its header. */

import { isJsonObject } from "../ground/json.ts";
import { plural } from "../ground/text/plural.ts";
import type { ValuePath } from "../yaml/mistake.ts";
import { cellValue } from "./cell.ts";
import type { Column, Columns } from "./columns.ts";
import { cellOffset, csvRows, type CsvRow } from "./csv-rows.ts";
import { readHeader } from "./header.ts";
import { rowsInATurn, type TableReading, type TableSource } from "./table.ts";
import { refused, TableText, type TextMistake } from "./table-text.ts";

/** An empty cell is a key that is not there. */
export function* readCsv(source: TableSource, known: Columns): TableReading {
  const text = new TableText(source);
  yield 0;
  const { rows: all, separator, mistake } = csvRows(text);
  if (mistake !== undefined) return refused(text, [mistake]);
  const [head, ...rows] = all;
  if (head === undefined) return refused(text, [isEmpty(text.file)]);
  const offsetOf = ({ offset }: CsvRow, index: number): number =>
    cellOffset(text.text, offset, { index, separator });
  const header = readHeader(
    head.cells.map((name, index) => ({ name: name.trim(), offset: offsetOf(head, index) })),
    known,
  );
  const mistakes: TextMistake[] = [...header.mistakes];
  if (mistakes.length > 0) return refused(text, mistakes);
  if (rows.length === 0) return refused(text, [noRows(text.file, head.offset)]);
  const { columns } = header;
  const entries: unknown[] = [];
  for (const [number, row] of rows.entries()) {
    if (number % rowsInATurn === 0) yield number;
    if (row.cells.length !== columns.length)
      mistakes.push(wrongCount(row, columns.length, number === rows.length - 1));
    else {
      const { entry, twice } = entryOf(row.cells, columns);
      if (twice !== undefined) mistakes.push(givenTwice(row.offset, twice));
      entries.push(entry);
    }
  }
  if (mistakes.length > 0) return refused(text, mistakes);
  const { file } = text;
  const place = (number: number, path: ValuePath) => {
    const row = rows[number] ?? head;
    const index = columnOf(path, columns);
    return text.place(index === -1 ? row.offset : offsetOf(row, index));
  };
  return { kind: "table", table: { file, entries, place } };
}

export function isEmpty(file: string): TextMistake {
  return { offset: 0, message: `${file} is empty.`, isCut: true };
}

export function noRows(file: string, offset: number): TextMistake {
  return {
    offset,
    message: `${file} has no rows.`,
    hint: "If there really are none, leave the file out.",
    isCut: true,
  };
}

export function wrongCount({ cells, offset }: CsvRow, expected: number, isLast: boolean): TextMistake {
  const message = `This row has ${plural(cells.length, "cell")}, but the header names ${plural(expected, "column")}.`;
  if (cells.length > expected)
    return { offset, message, hint: "Put a cell that holds the separator in double quotes." };
  return isLast
    ? { offset, message, hint: "If the file was cut off, export it again.", isCut: true }
    : { offset, message, isCut: true };
}

function givenTwice(offset: number, name: string): TextMistake {
  return { offset, message: `This row has "${name}" in two columns.`, hint: "Leave one of them empty." };
}

/** `twice`: the name of a column whose value is in the column of the whole object, too. */
function entryOf(
  cells: readonly string[],
  columns: readonly Column[],
): { readonly entry: unknown; readonly twice: string | undefined } {
  const entry: Record<string, unknown> = {};
  const inside: (readonly [name: string, value: unknown])[] = [];
  let open = "";
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? "";
    if (cell === "") continue;
    if (column.inside === undefined) entry[column.key] = cellValue(cell, column.kind);
    else {
      open = column.key;
      inside.push([column.inside, cell]);
    }
  }
  if (inside.length === 0) return { entry, twice: undefined };
  const object = entry[open] ?? {};
  // What is not an object stays: the checks of the entries refuse it.
  if (!isJsonObject(object)) return { entry, twice: undefined };
  entry[open] = Object.fromEntries([...Object.entries(object), ...inside]);
  const twice = inside.find(([name]) => Object.hasOwn(object, name));
  return { entry, twice: twice && `${open}.${twice[0]}` };
}

/** -1 where no column has it. */
function columnOf([key, inside]: ValuePath, columns: readonly Column[]): number {
  const exact = columns.findIndex(
    (column) => column.key === key && column.inside !== undefined && column.inside === inside,
  );
  return exact === -1
    ? columns.findIndex((column) => column.key === key && column.inside === undefined)
    : exact;
}
