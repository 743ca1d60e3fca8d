/** From the name of a fixture on the command line to the fixture: shipped ones by default. */

import { access, readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { readFixture } from "../fixture/read.ts";
import type { Io } from "./io.ts";

/** Ends with a separator, so that it is no prefix of a sibling's path. */
const shippedFolder = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** A larger directory belongs in another kind of file: YAML is slow to read. */
const maxFixtureBytes = 20 * 1024 * 1024;

/** The path of a fixture that comes with the package: `okta-company.yaml`. */
export function shippedFixture(name: string): string {
  return resolve(shippedFolder, name);
}

/**
 * Reads a fixture. Where the folder has no `fixtures/okta-small.yaml`, that is the one of the package: so that what
 * the help and the reports name can be pasted anywhere.
 * @throws AppError `invalid-file` where there is none, or where it is not a valid fixture
 */
export async function loadFixture(io: Io, file: string): Promise<Fixture> {
  const path = await pathOf(io, file);
  const shipped = path.startsWith(shippedFolder);
  const name = shipped ? `fixtures/${path.slice(shippedFolder.length)}` : file;
  return readFixture(name, await readText(path, name), { shipped });
}

async function pathOf(io: Io, file: string): Promise<string> {
  const path = resolve(io.cwd, file);
  const shippedName = /^fixtures\/([\w-]+\.yaml)$/.exec(file)?.[1];
  if (shippedName === undefined || (await isThere(path))) return path;
  const shipped = shippedFixture(shippedName);
  return (await isThere(shipped)) ? shipped : path;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function readText(path: string, file: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxFixtureBytes) {
      throw new AppError("invalid-file", `${file} is larger than ${maxFixtureBytes / 1024 / 1024} MiB.`);
    }
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid-file", `The fixture ${file} cannot be read: ${reasonOf(error)}.`, {
      hint: "Name a YAML file, or leave the name out for the one that comes with astro-scim.",
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
      return "reading it is not allowed";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
