/** The rows of a console's export, by the names of its columns, and where each cell stands. */

import { cellOffset, csvRows } from "../../../tables/csv-rows.ts";
import { noRows, wrongCount } from "../../../tables/csv.ts";
import { rowsInATurn } from "../../../tables/table.ts";
import { refused, type TableText, type TextMistake } from "../../../tables/table-text.ts";
import type { FilePlace } from "../../../ground/errors.ts";
import { columnKey, type ColumnNames } from "../columns.ts";
import { fileError } from "../file-error.ts";

export interface ExportRows {
  readonly file: string;
  readonly count: number;
  /** The header, as it is written. */
  readonly header: readonly string[];
  has(column: ColumnNames): boolean;
  /** The text of a cell, without spaces around it; empty where the file has no such column. */
  cell(row: number, column: ColumnNames): string;
  /** The cells of a row by the names of the header. */
  named(row: number): Iterable<readonly [name: string, value: string]>;
  /** Where a cell stands; the start of the row where the file has no such column. */
  place(row: number, column?: ColumnNames): FilePlace;
}

/** More mistakes than these say no more. */
const mostMistakes = 100;

/**
 * Reads an export to its end.
 * @throws AppError source-incomplete where it is cut off, or has no rows; invalid-file where it is not CSV
 */
export function* readExport(text: TableText): Generator<number, ExportRows> {
  const { file } = text;
  yield 0;
  const { rows: all, separator, mistake } = csvRows(text);
  if (mistake !== undefined) throw refusal(text, [mistake]);
  const [head, ...rows] = all;
  if (head === undefined || rows.length === 0) {
    const { hint: _, ...empty } = noRows(file, 0);
    throw refusal(text, [
      { ...empty, hint: "Export it again: an empty list looks the same as a missing one." },
    ]);
  }
  const header = head.cells.map((name) => name.trim());
  const mistakes: TextMistake[] = twice(header).map((message) => ({ offset: head.offset, message }));
  for (const [number, row] of rows.entries()) {
    if (number % rowsInATurn === 0) yield number;
    if (row.cells.length === header.length || mistakes.length >= mostMistakes) continue;
    mistakes.push(wrongCount(row, header.length, number === rows.length - 1));
  }
  if (mistakes.length > 0) throw refusal(text, mistakes);
  const indexes = new Map(header.map((name, index) => [columnKey(name), index]));
  const indexOf = (names: ColumnNames): number | undefined =>
    names.map((name) => indexes.get(columnKey(name))).find((index) => index !== undefined);
  return {
    file,
    count: rows.length,
    header,
    has: (column) => indexOf(column) !== undefined,
    cell: (row, column) => rows[row]?.cells[indexOf(column) ?? -1]?.trim() ?? "",
    named: (row) => header.map((name, index) => [name, rows[row]?.cells[index]?.trim() ?? ""] as const),
    place: (row, column) => {
      const { offset } = rows[row] ?? head;
      const index = column === undefined ? undefined : indexOf(column);
      return text.place(index === undefined ? offset : cellOffset(text.text, offset, { index, separator }));
    },
  };
}

/** Requires columns without which the export cannot be used. @throws AppError invalid-file */
export function requireColumns(rows: ExportRows, what: string, columns: readonly ColumnNames[]): void {
  const missing = columns.filter((column) => !rows.has(column)).map(([name]) => `"${name}"`);
  if (missing.length === 0) return;
  const message = `This looks like ${what}, but it lacks ${missing.join(" and ")}.`;
  const hint = `Its columns are ${rows.header.join(", ")}. Export it again with all columns.`;
  throw fileError(rows.file, [{ message, hint, place: rows.place(-1) }], { isCut: false });
}

function refusal(text: TableText, mistakes: readonly TextMistake[]): Error {
  const outcome = refused(text, mistakes);
  if (outcome.kind === "table") throw new TypeError("a refusal has mistakes");
  return fileError(text.file, outcome.mistakes, outcome);
}

function twice(header: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return header.flatMap((name) => {
    const key = columnKey(name);
    if (name === "") return ["A column has no name."];
    if (seen.has(key)) return [`The column "${name}" is there twice.`];
    seen.add(key);
    return [];
  });
}
