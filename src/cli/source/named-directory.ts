/** Which directory a command is to read: the one of the command line, else that of the profile. */

import { dirname, relative, resolve } from "node:path";
import { parseSourceName, relocated, type SourceName } from "../../assembly/sources/source-name.ts";
import type { Profile } from "../../target/find-profile.ts";
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
