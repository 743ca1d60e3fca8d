/** A JSON file with a list of entries, or with the lists of a directory by their names. */

import { isJsonArray, isJsonObject, type JsonValue } from "../../ground/json.ts";
import type { PartKind } from "./part.ts";
import { maxRows, type Table } from "../../tables/table.ts";
import type { TableText } from "../../tables/table-text.ts";
import type { ValuePath } from "../../yaml/mistake.ts";
import { fileError } from "./file-error.ts";
import { jsonOffsets } from "./json-offsets.ts";

export interface JsonFile {
  /** `idp` of the file, whatever it is. */
  readonly idp: JsonValue | undefined;
  readonly lists: readonly JsonList[];
}

export interface JsonList {
  /** Undefined where the file is the list itself: its entries tell what they are. */
  readonly kind: PartKind | undefined;
  readonly table: Table;
}

const kinds: readonly PartKind[] = ["users", "groups", "memberships"];

/** @throws AppError source-incomplete where the file is cut off, or empty; invalid-file where it is not JSON, or has no such list */
export function readJson(text: TableText): JsonFile {
  const value = parsed(text);
  if (isJsonArray(value))
    return { idp: undefined, lists: [{ kind: undefined, table: tableOf(text, value, []) }] };
  if (!isJsonObject(value)) throw notADirectory(text, []);
  const lists = kinds.flatMap((kind) => {
    const list = value[kind];
    if (list === undefined) return [];
    if (!isJsonArray(list)) throw notADirectory(text, Object.keys(value));
    return [{ kind, table: tableOf(text, list, [kind]) }];
  });
  const others = Object.keys(value).filter((key) => key !== "idp" && !kinds.some((kind) => kind === key));
  if (lists.length === 0 || others.length > 0) throw notADirectory(text, Object.keys(value));
  return { idp: value["idp"], lists };
}

function parsed(text: TableText): JsonValue {
  const at = (offset: number, message: string, hint: string, isCut: boolean) =>
    fileError(text.file, [{ message, hint, place: text.place(offset) }], { isCut });
  if (text.text.trim() === "") throw at(0, `${text.file} is empty.`, "Export it again.", true);
  try {
    const value: JsonValue = JSON.parse(text.text);
    return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const { isOpen, end } = jsonOffsets(text.text);
    if (isOpen)
      throw at(end, `${text.file} ends within its JSON.`, "If the file was cut off, export it again.", true);
    throw at(0, `${text.file} is not JSON.`, "For one object in each line, use ndjson:FILE.", false);
  }
}

function tableOf(text: TableText, entries: readonly JsonValue[], path: readonly string[]): Table {
  const { file } = text;
  if (entries.length === 0 || entries.length > maxRows) {
    const message = entries.length === 0 ? `${file} has an empty list.` : `${file} has too many entries.`;
    throw fileError(file, [{ message, hint: undefined, place: text.place(0) }], {
      isCut: entries.length === 0,
    });
  }
  let starts: readonly number[] | undefined;
  const place = (row: number, inside: ValuePath) => {
    starts ??= jsonOffsets(text.text).entries.get(path[0] ?? "") ?? [];
    const start = starts[row] ?? 0;
    const key = inside.findLast((segment) => typeof segment === "string");
    const end = starts[row + 1] ?? text.text.length;
    const found = key === undefined ? -1 : text.text.slice(start, end).indexOf(JSON.stringify(key));
    return text.place(start + Math.max(0, found));
  };
  return { file, entries, place };
}

function notADirectory(text: TableText, keys: readonly string[]): Error {
  const has = keys.length === 0 ? "" : ` It has ${keys.map((key) => JSON.stringify(key)).join(", ")}.`;
  const message = `${text.file} is not a directory in JSON.${has}`;
  const hint =
    "Expected is a list of objects, or an object with the lists users, groups and memberships (and idp).";
  return fileError(text.file, [{ message, hint, place: text.place(0) }], { isCut: false });
}
