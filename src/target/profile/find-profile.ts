/** Where profiles are kept, and how one is found by its name. */

import { createHash } from "node:crypto";
import { dirname, join, relative, resolve } from "node:path";

import { AppError } from "../../ground/errors.ts";
import { nearestName } from "../../ground/text/nearest-name.ts";
import type { Disk } from "../../world/disk.ts";
import type { Io } from "../../world/io.ts";
import { parseProfiles } from "./parse-profiles.ts";
import type { Profiles, ProfileSettings } from "./profile.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { isMissing } from "../../files/system-error.ts";
import { configFolder } from "../user-folders.ts";

const fileName = "astro-scim.yaml";
/** More than any file of profiles has. */
export const maxProfileBytes = 256 * 1024;

/** A profile with the place it comes from. */
export interface Profile extends ProfileSettings {
  readonly name: string;
  /** The file, absolute. Relative paths in the profile begin at its folder. */
  readonly file: string;
  /** For people: `profile "prod" of ./astro-scim.yaml`. */
  readonly label: string;
  /** Undefined where the file is the user's own; else what agreeing to it is bound to. */
  readonly foreign: ForeignFile | undefined;
}

/** A file that is not the user's own: it came with a repository, say. */
export interface ForeignFile {
  /** Without symbolic links. */
  readonly realPath: string;
  /** SHA-256 of its text. */
  readonly sha256: string;
  /** The user's own file has a profile of the same name, which may be the one that is meant. */
  readonly hidesOwn: boolean;
}

/** The files in which profiles may be looked for, as far as they are there. */
export async function profileFiles(io: Io): Promise<readonly string[]> {
  const folders = [...foldersUpwards(io.cwd), configFolder(io)].filter((folder) => folder !== undefined);
  const files = folders.map((folder) => join(folder, fileName));
  const areThere = await Promise.all(files.map(io.disk.exists));
  return files.filter((_, index) => areThere[index]);
}

interface ProfileFile {
  readonly file: string;
  readonly text: string;
  readonly profiles: Profiles;
}

/**
 * The profile of that name: in the nearest `astro-scim.yaml` from the working folder upwards, else in the user's
 * configuration folder.
 * @throws AppError usage, where there is none of that name; invalid-file, where a file is not valid.
 */
export async function findProfile(name: string, io: Io): Promise<Profile> {
  const { files, own } = await filesInReach(io);
  const chosen = files.find(({ profiles }) => Object.hasOwn(profiles, name));
  const profile = chosen === undefined ? undefined : await profileOf(chosen, name, { own, io });
  if (profile === undefined) throw unknownProfile(name, files);
  return profile;
}

/** Every profile that `findProfile` finds, by name. @throws AppError invalid-file, where a file is not valid */
export async function allProfiles(io: Io): Promise<readonly Profile[]> {
  const { files, own } = await filesInReach(io);
  const found = new Map<string, Profile>();
  for (const file of files) {
    for (const name of Object.keys(file.profiles)) {
      if (found.has(name)) continue;
      const profile = await profileOf(file, name, { own, io });
      if (profile !== undefined) found.set(name, profile);
    }
  }
  return [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

/**
 * The profile of that name in this file; undefined where file or profile is not there.
 * @throws AppError invalid-file, where a file is not valid
 */
export async function findProfileIn(
  { file, name }: { readonly file: string; readonly name: string },
  io: Io,
): Promise<Profile | undefined> {
  const folder = configFolder(io);
  const own = folder === undefined ? undefined : await firstFile(io.disk, [folder]);
  const text = await readIfThere(io.disk, file);
  if (text === undefined) return undefined;
  const read = { file, text, profiles: parseProfiles(file, text) };
  const isOwn = own !== undefined && (await isSame(io.disk, read, own));
  return profileOf(isOwn ? own : read, name, { own, io });
}

interface InReach {
  /** The nearest one first. */
  readonly files: readonly ProfileFile[];
  /** That of the user's configuration folder. */
  readonly own: ProfileFile | undefined;
}

async function filesInReach(io: Io): Promise<InReach> {
  const folder = configFolder(io);
  const own = folder === undefined ? undefined : await firstFile(io.disk, [folder]);
  const found = await firstFile(io.disk, foldersUpwards(io.cwd));
  // The user's own file by another way is the same file, and its relative paths begin where it is.
  const nearest =
    found !== undefined && own !== undefined && (await isSame(io.disk, found, own)) ? own : found;
  return { files: [...new Set([nearest, own])].filter((file) => file !== undefined), own };
}

async function profileOf(
  chosen: ProfileFile,
  name: string,
  { own, io }: { readonly own: ProfileFile | undefined; readonly io: Io },
): Promise<Profile | undefined> {
  const { file, text, profiles } = chosen;
  const settings = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (settings === undefined) return undefined;
  const foreign =
    chosen === own
      ? undefined
      : {
          realPath: await realPathOf(io.disk, file),
          sha256: createHash("sha256").update(text).digest("hex"),
          hidesOwn: own !== undefined && Object.hasOwn(own.profiles, name),
        };
  return { ...settings, name, file, label: `profile "${name}" of ${shown(file, io)}`, foreign };
}

/**
 * The file that has the profile of that name; undefined where none has it.
 * @throws AppError invalid-file, where a file is not valid
 */
export async function fileOfProfile(name: string, io: Io): Promise<string | undefined> {
  const { files } = await filesInReach(io);
  return files.find(({ profiles }) => Object.hasOwn(profiles, name))?.file;
}

async function isSame(disk: Disk, one: ProfileFile, other: ProfileFile): Promise<boolean> {
  return (await realPathOf(disk, one.file)) === (await realPathOf(disk, other.file));
}

/** The path itself, where the file has just gone. */
async function realPathOf(disk: Disk, file: string): Promise<string> {
  return disk.realpath(file).catch(() => file);
}

/** As from the working folder where it is there or below, else absolute. */
function shown(file: string, io: Io): string {
  return dirname(file) === resolve(io.cwd) ? `./${relative(io.cwd, file)}` : file;
}

function foldersUpwards(start: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) return folders;
  }
}

async function firstFile(disk: Disk, folders: readonly string[]): Promise<ProfileFile | undefined> {
  for (const folder of folders) {
    const file = join(folder, fileName);
    const text = await readIfThere(disk, file);
    if (text !== undefined) return { file, text, profiles: parseProfiles(file, text) };
  }
  return undefined;
}

async function readIfThere(disk: Disk, file: string): Promise<string | undefined> {
  try {
    return await readSmallFile(disk, file, maxProfileBytes);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new AppError("invalid-file", `${file} can't be read: ${fileProblem(error)}.`, { cause: error });
  }
}

function unknownProfile(name: string, files: readonly ProfileFile[]): AppError {
  if (files.length === 0) {
    return new AppError("usage", `No ${fileName} was found for the profile "${name}".`, {
      hint: `Create it in this folder, a parent folder or ~/.config/astro-scim/, or name the target with --url.`,
    });
  }
  const known = files.flatMap(({ profiles }) => Object.keys(profiles));
  const nearest = nearestName(name, known);
  const where = files.map(({ file }) => file).join(" and ");
  const suggestion =
    nearest === undefined ? `Known profiles: ${known.join(", ")}.` : `Did you mean "${nearest}"?`;
  return new AppError("usage", `There is no profile "${name}" in ${where}.`, { hint: suggestion });
}
