/** The tables that a fixture names: read from files in its folder, all of them or none. */

import { formatBytes } from "../../ground/text/quantities.ts";
import { isUtf8 } from "node:buffer";
import { dirname, posix, resolve, sep } from "node:path";
import { fileProblem, FileTooLarge, readSteadyBytes } from "../../files/read-small-file.ts";
import type { OpenedFixture } from "../../fixture/read.ts";
import { tableFormat } from "../../fixture/schema/table-file.ts";
import type { Tables } from "../../fixture/tables/merge.ts";
import type { TableReference } from "../../fixture/tables/references.ts";
import { takeTurn } from "./in-pieces.ts";
import { readCsv } from "../../tables/csv.ts";
import { readNdjson } from "../../tables/ndjson.ts";
import type { Table, TableOutcome } from "../../tables/table.ts";
import type { Io } from "../../world/io.ts";
import { mistakesError, type PlacedMistake } from "../../yaml/mistake.ts";

/** Who shows what is being read; called for what takes long alone. */
export interface ReadingWatcher {
  /** `file` as messages show it. */
  readonly started: (file: string) => void;
  readonly rows: (file: string, count: number) => void;
  /** All is read, and the whole is put together. */
  readonly checking: (file: string) => void;
  /** Whose end is the end of the reading, too. */
  readonly signal: AbortSignal;
}

/** Bytes that take a noticeable time. */
export const longToRead = 200 * 1024;

/** Rows that take a noticeable time to check. */
const manyRows = 5_000;

const mebibyte = 1024 * 1024;
/** A million rows and some to spare. */
const maxTableBytes = 256 * mebibyte;

/** Where the fixture is, and what it is called in messages. */
export interface FixtureOnDisk {
  readonly path: string;
  readonly name: string;
  readonly watcher: ReadingWatcher | undefined;
}

export interface LoadedTables {
  readonly tables: Tables;
  /** Their paths. */
  readonly files: readonly string[];
  readonly areLong: boolean;
}

/** @throws AppError invalid-file with what is wrong with any of them */
export async function loadTables(io: Io, opened: OpenedFixture, on: FixtureOnDisk): Promise<LoadedTables> {
  const tables = new Map<TableReference["key"], Table>();
  const files: string[] = [];
  const mistakes: PlacedMistake[] = [];
  let total = 0;
  let areLong = false;
  for (const reference of opened.references) {
    const found = await locate(io, reference, on);
    const outcome = found.kind === "path" ? await readTable(io, { reference, on, path: found.path }) : found;
    switch (outcome.kind) {
      case "table":
        tables.set(reference.key, outcome.table);
        areLong ||= outcome.table.entries.length >= manyRows;
        break;
      case "mistakes":
        mistakes.push(...outcome.mistakes);
        total += outcome.total;
        break;
      case "unreadable":
        mistakes.push({ ...outcome, place: opened.placeOf(reference) });
        total += 1;
    }
    if (found.kind === "path") files.push(found.path);
  }
  if (total > 0) throw mistakesError(on.name, mistakes, total);
  return { tables, files, areLong };
}

interface Unreadable {
  readonly kind: "unreadable";
  readonly message: string;
  readonly hint: string | undefined;
}

type Located = { readonly kind: "path"; readonly path: string } | Unreadable;

/** The file itself, links followed: it must be in the fixture's folder or below, wherever the fixture comes from. */
async function locate(io: Io, { name }: TableReference, { path }: FixtureOnDisk): Promise<Located> {
  try {
    const folder = await io.disk.realpath(dirname(path));
    const file = await io.disk.realpath(resolve(folder, name));
    if (file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return { kind: "path", path: file };
    const message = `The file ${name} is a link that leaves the fixture's folder.`;
    return { kind: "unreadable", message, hint: "Put the file itself into the folder." };
  } catch (cause) {
    return unreadable(name, cause);
  }
}

function unreadable(name: string, cause: unknown): Unreadable {
  const isTooLarge = cause instanceof FileTooLarge;
  return {
    kind: "unreadable",
    message: `The file ${name} cannot be read: ${fileProblem(cause)}.`,
    hint: isTooLarge
      ? `A table may have up to ${formatBytes(maxTableBytes)}.`
      : "The path is relative to the folder of the fixture.",
  };
}

interface TableOnDisk {
  readonly reference: TableReference;
  readonly on: FixtureOnDisk;
  readonly path: string;
}

async function readTable(io: Io, { reference, on, path }: TableOnDisk): Promise<TableOutcome | Unreadable> {
  const { name, columns } = reference;
  const file = posix.join(dirname(on.name).replaceAll("\\", "/"), name);
  const bytes = await readSteadyBytes(io.disk, path, maxTableBytes).catch((cause: unknown) =>
    unreadable(name, cause),
  );
  if (!Buffer.isBuffer(bytes)) return bytes;
  const text = textOf(bytes);
  if (text === undefined) return notText(name);
  const isLong = bytes.length >= longToRead;
  if (isLong) on.watcher?.started(file);
  const source = { file, text };
  const reading = tableFormat(name) === "csv" ? readCsv(source, columns) : readNdjson(source);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
    if (isLong) on.watcher?.rows(file, value);
    await takeTurn(file, { timers: io.timers, signal: on.watcher?.signal });
  }
}

function notText(name: string): Unreadable {
  const message = `The file ${name} is not UTF-8 text.`;
  return { kind: "unreadable", message, hint: 'Save it as UTF-8: spreadsheets call it "CSV UTF-8".' };
}

/** Undefined where the bytes are no UTF-8, or hold a NUL: pictures, archives, and texts in UTF-16. */
export function textOf(bytes: Buffer): string | undefined {
  return bytes.includes(0) || !isUtf8(bytes) ? undefined : bytes.toString("utf8");
}
