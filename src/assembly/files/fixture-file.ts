/** From the name of a fixture on the command line to the fixture: shipped ones by default. */

import { formatBytes } from "../../ground/text/quantities.ts";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { openFixture, type CheckApp } from "../../fixture/read.ts";
import { providerOf } from "../../idp/providers.ts";
import { isTooLargeToParse } from "../../yaml/yaml-document.ts";
import type { Disk } from "../../world/disk.ts";
import type { Io } from "../../world/io.ts";
import { inPieces } from "./in-pieces.ts";
import { loadTables, longToRead, textOf, type ReadingWatcher } from "./fixture-tables.ts";
import { withSlashes } from "../../files/slashes.ts";
import { FileTooLarge, fileProblem, readSmallBytes } from "../../files/read-small-file.ts";

/** Ends with a separator, so that it is not a prefix of a sibling's path. */
const shippedFolder = fileURLToPath(new URL("../../../fixtures/", import.meta.url));

/** Some ten thousand users; a larger directory belongs into tables beside the file, for YAML is slow to read. */
export const maxFixtureBytes = 4 * 1024 * 1024;

const nameHint = "Check the name of the YAML file; astro-scim fixture new writes one to start from.";
const sizeHint = `A YAML file may have up to ${formatBytes(maxFixtureBytes)}: put users, groups and memberships into CSV files (docs/fixture.md, Tables).`;

/** Whether `loadFixture` reads so much YAML. */
export function isSmallEnough(text: string): boolean {
  return Buffer.byteLength(text) <= maxFixtureBytes && !isTooLargeToParse(text);
}

/** The path of a fixture that comes with the package: `okta-company.yaml`. */
export function shippedFixture(name: string): string {
  return resolve(shippedFolder, name);
}

/**
 * Reads a fixture with its tables. Where the folder has no `fixtures/okta-small.yaml`, that is the one of the package: so
 * that what the help and the reports name can be pasted anywhere.
 * @throws AppError `usage` where the name is empty; `invalid-file` where there is none, or it is not a valid fixture;
 * `interrupted`, where the watcher's signal is aborted
 */
export async function loadFixture(io: Io, file: string, watcher?: ReadingWatcher): Promise<Fixture> {
  if (file === "") throw new AppError("usage", "The name of the fixture is empty.", { hint: nameHint });
  const path = await fixturePath(io, file);
  // Neither macOS nor Windows tells names apart by case.
  const shipped = foldCase(path).startsWith(foldCase(shippedFolder));
  const name = shipped ? `fixtures/${withSlashes(path.slice(shippedFolder.length))}` : file;
  const text = await readText(io.disk, path, name);
  if (text.length >= longToRead) watcher?.started(name);
  const opened = openFixture(name, text);
  const { tables, files, areLong } = await loadTables(io, opened, { path, name, watcher });
  if (areLong || text.length >= longToRead) watcher?.checking(name);
  const turns = { timers: io.timers, signal: watcher?.signal };
  const fixture = await inPieces(opened.reading({ shipped, checkApp }, tables), name, turns);
  return files.length === 0 ? fixture : { ...fixture, tableFiles: files };
}

/** The provider's own language is none of the file's. */
const checkApp: CheckApp = ({ app, start }, search) =>
  providerOf(app)
    .mistakes(start, search)
    .map((mistake) => ({ ...mistake, path: ["app", ...mistake.path] }));

/** Where the fixture of that name is. */
export async function fixturePath(io: Io, file: string): Promise<string> {
  const path = resolve(io.cwd, file);
  const shippedName = /^fixtures\/((?:(?:okta|entra)\/)?[\w-]+\.yaml)$/.exec(withSlashes(file))?.[1];
  if (shippedName === undefined || (await io.disk.exists(path))) return path;
  const shipped = shippedFixture(shippedName);
  return (await io.disk.exists(shipped)) ? shipped : path;
}

async function readText(disk: Disk, path: string, file: string): Promise<string> {
  const bytes = await readSmallBytes(disk, path, maxFixtureBytes).catch((cause: unknown) => {
    throw new AppError("invalid-file", `The fixture ${file} cannot be read: ${fileProblem(cause)}.`, {
      hint: cause instanceof FileTooLarge ? sizeHint : nameHint,
      cause,
    });
  });
  const text = textOf(bytes);
  if (text !== undefined) return text;
  throw new AppError("invalid-file", `The fixture ${file} is not a text file.`, {
    hint: "A fixture is YAML; save it as UTF-8.",
  });
}
