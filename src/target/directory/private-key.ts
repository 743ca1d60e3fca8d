/** Private keys and certificates as people give them: the text itself, or the name of a file with it. */

import { resolve } from "node:path";
import { AppError } from "../../ground/errors.ts";
import { fileProblem, readSmallFile } from "../../files/read-small-file.ts";
import type { Io } from "../../world/io.ts";
import { isKeyText, keyParts } from "../known-secrets.ts";

const maxKeyBytes = 256 * 1024;

/**
 * The key of a variable, which may hold the text or the name of a file; environments that take one line write `\n` in PEM. It is hidden
 * from all output.
 * @throws AppError invalid-file; the text of a key is never repeated
 */
export async function keyFromVariable(io: Io, name: string, text: string): Promise<string> {
  if (!isKeyText(text)) return keyFromFile(io, { file: text, folder: io.cwd, what: name });
  io.secrets.hide(keyParts(text));
  const key = text.includes("\n") ? text : text.replaceAll(String.raw`\n`, "\n");
  io.secrets.hide(keyParts(key));
  return key;
}

/** @throws AppError invalid-file, where it cannot be read or holds no key */
export async function keyFromFile(
  io: Io,
  { file, folder, what }: { readonly file: string; readonly folder: string; readonly what: string },
): Promise<string> {
  const text = await readSmallFile(io.disk, resolve(folder, file), maxKeyBytes).catch((cause: unknown) => {
    // What was meant as a key and has no mark of one is not shown either.
    const looksLikeSecret = file.length > 100 || /\s/.test(file);
    if (looksLikeSecret) io.secrets.hide([file]);
    const which = looksLikeSecret ? "The file" : `The file ${file}`;
    throw new AppError("invalid-file", `${which} of ${what} cannot be read: ${fileProblem(cause)}.`, {
      hint: "It must be the private key itself, in PEM or as a JWK, or the name of a file that contains it.",
      ...(looksLikeSecret ? {} : { cause }),
    });
  });
  if (!isKeyText(text)) {
    throw new AppError("invalid-file", `The file ${file} of ${what} has no key in PEM or JWK format.`, {
      hint: "PEM begins with -----BEGIN PRIVATE KEY-----, a JWK with {.",
    });
  }
  io.secrets.hide(keyParts(text));
  return text;
}
