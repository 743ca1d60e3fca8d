/** Directories in files: a fixture, or tables. */

import { resolve } from "node:path";
import { isJsonObject } from "../../ground/json.ts";
import type { Io } from "../../world/io.ts";
import { readSmallFile } from "../../files/read-small-file.ts";
import { fixturePath, loadFixture, maxFixtureBytes } from "../files/fixture-file.ts";
import type { ReadingWatcher } from "../files/fixture-tables.ts";
import type { TableSourceOptions } from "../files/table-source.ts";
import { fixtureSource, type FixtureChoice } from "../fixture-source.ts";
import type { OpenSource, PreparedSource } from "./prepared-source.ts";
import type { LiveName, SourceName } from "./source-name.ts";

export interface FileChoice extends FixtureChoice, Pick<TableSourceOptions, "idp" | "app"> {
  readonly watcher: ReadingWatcher;
}

type FileName = Exclude<SourceName, LiveName>;
type FixtureName = Extract<FileName, { readonly kind: "fixture" }>;
type TablesName = Extract<FileName, { readonly kind: "tables" }>;

/**
 * Reads the files.
 * @throws AppError invalid-file; source-incomplete, for a table that is cut off; usage, for tables that make no directory; interrupted
 */
export async function prepareFile(io: Io, name: FileName, choice: FileChoice): Promise<PreparedSource> {
  if (name.kind === "fixture") return preparedFixture(io, name, choice);
  const fixture = await fixtureInJson(io, name);
  return fixture === undefined ? preparedTables(io, name, choice) : preparedFixture(io, fixture, choice);
}

async function preparedFixture(
  io: Io,
  name: FixtureName,
  { watcher, at, state }: FileChoice,
): Promise<PreparedSource> {
  const fixture = await loadFixture(io, name.file, watcher);
  const tables = (fixture.tableFiles ?? []).map((file) => ({ use: "the fixture's table", file }));
  return {
    name,
    fixture,
    files: [{ use: "the fixture", file: await fixturePath(io, name.file) }, ...tables],
    notes: [],
    open: () => withoutConnection(fixtureSource(io, fixture, { at, state })),
  };
}

async function preparedTables(
  io: Io,
  name: TablesName,
  { watcher, idp, app }: FileChoice,
): Promise<PreparedSource> {
  // What reads tables is loaded only where there are some.
  const { tableSource } = await import("../files/table-source.ts");
  const source = await tableSource(io, name.files, { name: name.text, watcher, idp, app });
  return {
    name,
    fixture: undefined,
    files: name.files.map(({ file }) => ({ use: "the directory's table", file })),
    notes: [],
    open: () => withoutConnection(source),
  };
}

/** JSON is YAML, too: a fixture may be written in it. */
async function fixtureInJson(io: Io, { files, text }: TablesName): Promise<FixtureName | undefined> {
  const [table, ...others] = files;
  if (table?.format !== "json" || others.length > 0 || table.file !== text) return undefined;
  try {
    const content: unknown = JSON.parse(
      await readSmallFile(io.disk, resolve(io.cwd, table.file), maxFixtureBytes),
    );
    return isJsonObject(content) && "idp" in content ? { kind: "fixture", file: table.file } : undefined;
  } catch {
    // Whatever is wrong is said when it is read as a table.
    return undefined;
  }
}

function withoutConnection(source: OpenSource["source"]): OpenSource {
  return { source, close: async () => {} };
}
