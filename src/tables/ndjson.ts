/** A table with one JSON object a line (NDJSON): each is an entry as a fixture writes it inline. */

import { isJsonObject } from "../ground/json.ts";
import type { ValuePath } from "../yaml/mistake.ts";
import { noRows } from "./csv.ts";
import { tooManyRows } from "./csv-rows.ts";
import { maxRows, rowsInATurn, type TableReading, type TableSource } from "./table.ts";
import { refused, TableText, type TextMistake } from "./table-text.ts";

/** Empty lines are left out. */
export function* readNdjson(source: TableSource): TableReading {
  const text = new TableText(source);
  const entries: unknown[] = [];
  const offsets: number[] = [];
  const mistakes: TextMistake[] = [];
  yield 0;
  for (let offset = 0, end = 0; offset < text.text.length; offset = end + 1) {
    end = lineEnd(text.text, offset);
    const line = text.text.slice(offset, end);
    if (isBlank(line)) continue;
    if (offsets.length === maxRows) return refused(text, [tooManyRows(text.file, offset)]);
    const entry = objectOf(line);
    if (entry === undefined) mistakes.push(noObject(offset, offset + line.length === text.text.length));
    entries.push(entry);
    offsets.push(offset);
    if (offsets.length % rowsInATurn === 0) yield offsets.length;
  }
  if (mistakes.length > 0) return refused(text, mistakes);
  if (entries.length === 0) return refused(text, [noRows(text.file, 0)]);
  const place = (row: number, path: ValuePath) => {
    const offset = offsets[row] ?? 0;
    return text.place(offset + keyOffset(text.text, offset, path));
  };
  return { kind: "table", table: { file: text.file, entries, place } };
}

function lineEnd(text: string, start: number): number {
  const found = text.indexOf("\n", start);
  return found === -1 ? text.length : found;
}

function isBlank(line: string): boolean {
  return !line.startsWith("{") && line.trim() === "";
}

function objectOf(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function noObject(offset: number, isEnd: boolean): TextMistake {
  return {
    offset,
    message: "This line is not a JSON object.",
    hint: isEnd
      ? "If the file was cut off, export it again."
      : "Each line is one entry: an object in braces, without line breaks.",
    ...(isEnd ? { isCut: true } : {}),
  };
}

/** Where the last key of a path stands in its line; 0 where it is not there. */
function keyOffset(text: string, start: number, path: ValuePath): number {
  const key = path.findLast((segment) => typeof segment === "string");
  if (key === undefined) return 0;
  const end = text.indexOf("\n", start);
  return Math.max(0, text.slice(start, end === -1 ? undefined : end).indexOf(JSON.stringify(key)));
}
