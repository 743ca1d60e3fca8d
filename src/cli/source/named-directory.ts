/** Which directory a command is to read: the one of the command line, else that of the profile. */

import { dirname, relative, resolve } from "node:path";
import { parseSourceName, relocated, type SourceName } from "../../assembly/sources/source-name.ts";
import { findProfile, type Profile } from "../../target/profile/find-profile.ts";
import type { Io } from "../../world/io.ts";
import { AppError } from "../../ground/errors.ts";

/** @throws AppError usage */
export function namedDirectory(text: string | undefined): SourceName | undefined {
  return text === undefined ? undefined : parseSourceName(text);
}

/**
 * Of a command that takes the directory as an argument or with `--from`.
 * @throws AppError usage, where it is given twice
 */
export function directoryOnce(argument: string | undefined, from: string | undefined): string | undefined {
  if (argument !== undefined && from !== undefined) {
    throw new AppError("usage", "The directory was given twice: as an argument and with --from.");
  }
  return argument ?? from;
}

/** From where the command runs: the places of files are given from the folder of the profile's file. */
export function directoryOfProfile({ cwd }: Io, profile: Profile | undefined): SourceName | undefined {
  if (profile === undefined) return undefined;
  const { from, directory } = profile;
  if (from === undefined) {
    if (directory === undefined) return undefined;
    return { kind: directory.okta === undefined ? "entra" : "okta" };
  }
  return relocated(parseSourceName(from), (file) => relative(cwd, resolve(dirname(profile.file), file)));
}

/**
 * Of a command that has no directory of its own: that of the command line, else that of the profile.
 * @throws AppError usage, where there is none
 */
export async function directoryToRead(
  io: Io,
  { from, profile: name }: { readonly from?: string; readonly profile?: string },
): Promise<SourceName> {
  const named = namedDirectory(from);
  if (named !== undefined) return named;
  const profile = name === undefined ? undefined : await findProfile(name, io);
  const found = directoryOfProfile(io, profile);
  if (found !== undefined) return found;
  throw new AppError("usage", "A directory is required.", {
    hint: "Give it with --from: okta, entra, a CSV, NDJSON or JSON file, scim:URL, or a fixture.",
  });
}
