/** Directories in files: a fixture, or tables. */

import { AppError } from "../../ground/errors.ts";
import type { Io } from "../../world/io.ts";
import { fixturePath, loadFixture } from "../files/fixture-file.ts";
import type { ReadingWatcher } from "../files/fixture-tables.ts";
import { fixtureSource, type FixtureChoice } from "../fixture-source.ts";
import type { OpenSource, PreparedSource } from "./prepared-source.ts";
import type { LiveName, SourceName } from "./source-name.ts";

export interface FileChoice extends FixtureChoice {
  readonly watcher: ReadingWatcher;
}

type FileName = Exclude<SourceName, LiveName>;

/** @throws AppError invalid-file; usage, for a step of a timeline where there is none; interrupted */
export async function prepareFile(io: Io, name: FileName, choice: FileChoice): Promise<PreparedSource> {
  if (name.kind === "fixture") return preparedFixture(io, name, choice);
  throw new AppError("usage", "Tables are not read yet.");
}

async function preparedFixture(
  io: Io,
  name: Extract<SourceName, { readonly kind: "fixture" }>,
  { watcher, ...choice }: FileChoice,
): Promise<PreparedSource> {
  const fixture = await loadFixture(io, name.file, watcher);
  const tables = (fixture.tableFiles ?? []).map((file) => ({ use: "the fixture's table", file }));
  return {
    name,
    fixture,
    files: [{ use: "the fixture", file: await fixturePath(io, name.file) }, ...tables],
    notes: [],
    open: () => withoutConnection(fixtureSource(io, fixture, choice)),
  };
}

function withoutConnection(source: OpenSource["source"]): OpenSource {
  return { source, close: async () => {} };
}
