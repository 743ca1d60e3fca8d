/** A directory read from files of a temporary folder, as the command line reads it. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tableSource, type TableSourceOptions } from "../../src/assembly/files/table-source.ts";
import type { ProvidedDirectory } from "../../src/directory/source.ts";
import { AppError } from "../../src/ground/errors.ts";
import { tableFilesOf } from "../../src/sources/tables/table-spec.ts";
import { fakeIo } from "./fake-io.ts";
import { tempFolder } from "./temp-folder.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes the files, and reads those that the spec names. */
export async function readDirectory(
  spec: string,
  files: Files,
  options: TableSourceOptions = {},
): Promise<ProvidedDirectory> {
  const folder = await tempFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const named = tableFilesOf(spec);
  if (named === undefined) throw new TypeError(`${spec} names no tables`);
  const source = await tableSource({ ...fakeIo(), cwd: folder }, named, options);
  return await source.read(undefined, new AbortController().signal);
}

/** `[CODE] message`, with the place before it. */
export async function refusalOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { place } = error;
    const at = place === undefined ? "" : `${place.file}:${place.line}:${place.column} `;
    return `[${error.code}] ${at}${error.message}`;
  }
  throw new Error("nothing was refused");
}

/** What a test looks at: everything in plain lists, by name. */
export function plainDirectory({ directory, app, notEvaluated = [] }: ProvidedDirectory) {
  const { users, groups, assignedUsers, assignedGroups, pushedGroups } = directory;
  return {
    idp: app.idp,
    users: [...users.values()].map(({ key, status, profile }) => ({ key, status, profile })),
    groups: [...groups.values()].map(({ name, members }) => ({ name, members: [...members].toSorted() })),
    assignedUsers: [...assignedUsers].toSorted(),
    assignedGroups: [...assignedGroups].toSorted(),
    pushedGroups: [...pushedGroups].toSorted(),
    notCompared: notEvaluated.map(({ attribute }) => attribute),
  };
}
