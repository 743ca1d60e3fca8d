/** CSV text as rows of cells (RFC 4180), and where they stand. */

import { formatCount } from "../ground/text/quantities.ts";
import Papa from "papaparse";
import { maxRows } from "./table.ts";
import type { TableText, TextMistake } from "./table-text.ts";

export interface CsvRows {
  readonly separator: string;
  readonly rows: readonly CsvRow[];
  /** That the text is not CSV, or too much of it: the rows are of no use then. */
  readonly mistake: TextMistake | undefined;
}

export interface CsvRow {
  readonly cells: readonly string[];
  readonly offset: number;
}

/** Empty lines are left out. */
export function csvRows({ file, text }: TableText): CsvRows {
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let mistake: TextMistake | undefined;
  let offset = 0;
  Papa.parse<string[]>(text, {
    delimiter: separator,
    newline: "\n",
    step: ({ data: cells, errors, meta: { cursor } }, parser) => {
      mistake = quoteMistake(errors);
      const isSeparatorLine = offset === 0 && separatorLine.test(text);
      if (!isSeparatorLine && (cells.length > 1 || cells[0] !== "")) rows.push({ cells, offset });
      if (rows.length > maxRows + 1) mistake = tooManyRows(file, offset);
      offset = cursor;
      if (mistake !== undefined) parser.abort();
    },
  });
  return { separator, rows, mistake };
}

/** The names in the header, without the spaces around them; none where there is nothing in the text. */
export function csvHeader({ text }: Pick<TableText, "text">): readonly string[] {
  const whole = text.trimStart();
  const parsed = Papa.parse<string[]>(whole.replace(separatorLine, ""), {
    delimiter: separatorOf(whole),
    newline: "\n",
    preview: 1,
  });
  return (parsed.data[0] ?? []).map((name) => name.trim()).filter((name) => name !== "");
}

/** Where a cell of a row starts. */
export function cellOffset(
  text: string,
  row: number,
  { index, separator }: { readonly index: number; readonly separator: string },
): number {
  let offset = row;
  for (let left = index; left > 0; left -= 1) {
    if (text[offset] === '"') {
      for (offset += 1; offset < text.length; offset += 1) {
        if (text[offset] !== '"') continue;
        if (text[offset + 1] !== '"') break;
        offset += 1;
      }
    }
    offset = text.indexOf(separator, offset) + 1;
  }
  return offset;
}

const separators = [",", ";", "\t"];

/** `sep=;`: a first line that Excel reads, and that is no row. */
const separatorLine = /^"?sep=([^\n"])"?[ \t]*(?:\n|$)/i;

/** Where a comma is the decimal mark, spreadsheets separate with semicolons; the header has no text that could hold either. */
function separatorOf(text: string): string {
  const stated = separatorLine.exec(text)?.[1];
  if (stated !== undefined) return stated;
  const end = text.indexOf("\n");
  const header = text.slice(0, end === -1 ? undefined : end);
  const [first = ","] = separators.toSorted(
    (one, other) => header.split(other).length - header.split(one).length,
  );
  return first;
}

/** Both kinds of it are found with the offset behind the mark that opens the cell. */
function quoteMistake([error]: readonly Papa.ParseError[]): TextMistake | undefined {
  if (error === undefined) return undefined;
  const offset = Math.max(0, (error.index ?? 1) - 1);
  return error.code === "MissingQuotes"
    ? {
        offset,
        message: "The quotation mark of this cell is never closed.",
        hint: "Close it; if the file was cut off, export it again.",
        isCut: true,
      }
    : {
        offset,
        message: "There is text after the closing quotation mark of this cell.",
        hint: 'Double a quotation mark inside a cell: "".',
      };
}

export function tooManyRows(file: string, offset: number): TextMistake {
  const most = formatCount(maxRows);
  return {
    offset,
    message: `${file} has more than ${most} rows.`,
    hint: `A table may have up to ${most} rows.`,
  };
}
