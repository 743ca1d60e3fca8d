/** The text of the file that `--token-file` names. */

import { resolve } from "node:path";

import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import { AppError } from "../../ground/errors.ts";
import type { Io } from "../../world/io.ts";
import { readTokenClaims } from "../../astro/token-claims.ts";
import { isNameOfFile } from "./token-file-name.ts";

const maxTokenBytes = 64 * 1024;

/**
 * As it stands in the file; `hint` says where else the token can be put.
 * @throws AppError invalid-file, for an unreadable file; usage, for a token in place of a name. Neither repeats what may be a token.
 */
export async function readTokenFile(io: Io, file: string, hint: string): Promise<string> {
  try {
    return await readSmallFile(io.disk, resolve(io.cwd, file), maxTokenBytes, { pipe: "of the shell" });
  } catch (error) {
    if (await isNameOfFile(file, io)) throw unreadableFile(file, error);
    io.secrets.hide([file]);
    throw tokenForFile(file, hint);
  }
}

function unreadableFile(file: string, cause: unknown): AppError {
  return new AppError("invalid-file", `The token file ${file} can't be read: ${fileProblem(cause)}.`, {
    cause,
  });
}

/** Neither the name nor the system's error, which quotes it, may be shown. */
function tokenForFile(file: string, hint: string): AppError {
  return readTokenClaims(file) === undefined
    ? new AppError("invalid-file", "The file of --token-file does not exist.", {
        hint: `Its name is not shown because it may be a token. ${hint}`,
      })
    : new AppError("usage", "--token-file needs the name of a file, not the token itself.", { hint });
}
