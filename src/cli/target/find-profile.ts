/** Where profiles are kept, and how one is found by its name. */

import { dirname, join, resolve } from "node:path";

import { AppError } from "../../errors.ts";
import { nearestName } from "../../scim/nearest-name.ts";
import type { Io } from "../io.ts";
import { parseProfiles } from "./parse-profiles.ts";
import type { Profiles, ProfileSettings } from "./profile.ts";
import { fileProblem, isMissing, readSmallFile } from "./read-small-file.ts";

const fileName = "astro-scim.yaml";
const maxProfileBytes = 256 * 1024;

/** A profile with the place it comes from. */
export interface Profile extends ProfileSettings {
  readonly name: string;
  /** The file, absolute. Relative paths in the profile begin at its folder. */
  readonly file: string;
}

interface ProfileFile {
  readonly file: string;
  readonly profiles: Profiles;
}

/**
 * The profile of that name: in the nearest `astro-scim.yaml` from the working folder upwards, else in the user's
 * configuration folder.
 * @throws AppError usage, where there is none of that name; invalid-file, where a file is not valid.
 */
export async function findProfile(name: string, io: Io): Promise<Profile> {
  const nearest = await firstFile(foldersUpwards(io.cwd));
  const own = await firstFile(userFolders(io));
  const files = [nearest, own].filter((file) => file !== undefined);
  for (const { file, profiles } of files) {
    const settings = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
    if (settings !== undefined) return { ...settings, name, file };
  }
  throw unknownProfile(name, files);
}

function foldersUpwards(start: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}

/** XDG Base Directory Specification: `$XDG_CONFIG_HOME`, by default `~/.config`. */
function userFolders({ env }: Io): readonly string[] {
  const home = env["HOME"] ?? env["USERPROFILE"];
  const base = env["XDG_CONFIG_HOME"] || (home === undefined ? undefined : join(home, ".config"));
  return base === undefined ? [] : [join(base, "astro-scim")];
}

async function firstFile(folders: readonly string[]): Promise<ProfileFile | undefined> {
  for (const folder of folders) {
    const file = join(folder, fileName);
    const text = await readIfThere(file);
    if (text !== undefined) return { file, profiles: parseProfiles(file, text) };
  }
  return undefined;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readSmallFile(file, maxProfileBytes);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new AppError("invalid-file", `${file} can't be read: ${fileProblem(error)}.`, { cause: error });
  }
}

function unknownProfile(name: string, files: readonly ProfileFile[]): AppError {
  if (files.length === 0) {
    return new AppError("usage", `There is no ${fileName} in which to look for profile "${name}".`, {
      hint: `Put one into this folder or one above it, or into ~/.config/astro-scim/, or name the target with --url.`,
    });
  }
  const known = files.flatMap(({ profiles }) => Object.keys(profiles));
  const nearest = nearestName(name, known);
  const where = files.map(({ file }) => file).join(" and ");
  const suggestion =
    nearest === undefined ? `Known profiles: ${known.join(", ")}.` : `Did you mean "${nearest}"?`;
  return new AppError("usage", `There is no profile "${name}" in ${where}.`, { hint: suggestion });
}
