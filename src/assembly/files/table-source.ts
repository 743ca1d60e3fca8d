/** Files of a directory as a source: read as a whole when it is made, or not at all. */

import { resolve } from "node:path";
import type { DirectorySource, ProvidedDirectory } from "../../directory/source.ts";
import { FileChanged, fileProblem, FileTooLarge, readSteadyBytes } from "../../files/read-small-file.ts";
import { AppError } from "../../ground/errors.ts";
import { formatBytes } from "../../ground/text/quantities.ts";
import { decode } from "../../sources/tables/decode.ts";
import { directoryFromTables, type TablesOptions } from "../../sources/tables/directory.ts";
import type { FileText } from "../../sources/tables/read-part.ts";
import type { TableFile } from "../../sources/tables/table-spec.ts";
import type { Io } from "../../world/io.ts";
import { longToRead, type ReadingWatcher } from "./fixture-tables.ts";
import { takeTurn } from "./in-pieces.ts";

/** A million rows and some to spare. */
const maxFileBytes = 256 * 1024 * 1024;

export interface TableSourceOptions extends TablesOptions {
  /** As messages name the source, and as `--from` takes it. Default: the names of the files. */
  readonly name?: string | undefined;
  readonly watcher?: ReadingWatcher | undefined;
}

/**
 * Reads the files that `tableFilesOf` found. The directory has the app as Astro documents it; attributes for which no file has a
 * column are in `notEvaluated`.
 * @throws AppError source-incomplete, where a file is cut off, changes while it is read, or names somebody whom no file has;
 * invalid-file, where one cannot be read or is wrong; usage, where the files do not make a directory; interrupted
 */
export async function tableSource(
  io: Io,
  files: readonly TableFile[],
  { name, watcher, ...options }: TableSourceOptions = {},
): Promise<DirectorySource> {
  refuseTwice(files);
  const texts: FileText[] = [];
  let areLong = false;
  for (const file of files) {
    const text = await readText(io, file);
    areLong ||= text.length >= longToRead;
    if (text.length >= longToRead) watcher?.started(file.file);
    texts.push({ ...file, text });
  }
  const whole = name ?? files.map(({ file }) => file).join(",");
  if (areLong) watcher?.checking(whole);
  const provided = await readInTurns(io, directoryFromTables(texts, options), { whole, watcher });
  return { name: whole, read: async () => provided };
}

async function readInTurns(
  io: Io,
  reading: Generator<unknown, ProvidedDirectory>,
  { whole, watcher }: { readonly whole: string; readonly watcher: ReadingWatcher | undefined },
): Promise<ProvidedDirectory> {
  for (;;) {
    const { done, value } = reading.next();
    await takeTurn(whole, { timers: io.timers, signal: watcher?.signal });
    if (done === true) return value;
  }
}

/** @throws AppError usage */
function refuseTwice(files: readonly TableFile[]): void {
  const seen = new Set<string>();
  for (const { file } of files) {
    if (seen.has(file)) {
      throw new AppError("usage", `${file} is given twice.`, { hint: "Name each file once." });
    }
    seen.add(file);
  }
}

async function readText(io: Io, { file }: TableFile): Promise<string> {
  const bytes = await readSteadyBytes(io.disk, resolve(io.cwd, file), maxFileBytes).catch(
    (cause: unknown) => {
      const code = cause instanceof FileChanged ? "source-incomplete" : "invalid-file";
      throw new AppError(code, `${file} cannot be read: ${fileProblem(cause)}.`, {
        hint:
          cause instanceof FileTooLarge
            ? `A file may have up to ${formatBytes(maxFileBytes)}.`
            : "Check the name of the file.",
        cause,
      });
    },
  );
  const decoded = decode(file, bytes);
  if (decoded.kind === "text") return decoded.text;
  throw new AppError(decoded.isCut ? "source-incomplete" : "invalid-file", decoded.message, {
    hint: decoded.isCut
      ? "If the file was cut off, export it again."
      : 'Save it as UTF-8 or UTF-16: spreadsheets call it "CSV UTF-8".',
  });
}
