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

export interface KeyFile {
  readonly file: string;
  /** What a relative name starts from. */
  readonly folder: string;
  /** The variable or the profile that names the file. */
  readonly what: string;
  /** Of Entra ID: a certificate and its private key in one file. */
  readonly isCertificate?: boolean;
}

const keyWords = {
  problem: "key in PEM or JWK format",
  needed: "It must be the private key itself, in PEM or as a JWK, or the name of a file that contains it.",
  beginning: "PEM begins with -----BEGIN PRIVATE KEY-----, a JWK with {.",
};

const certificateWords = {
  problem: "certificate and no private key in PEM format",
  needed: "It must be the name of a PEM file that contains both the certificate and its private key.",
  beginning: "It needs both, the key without a password: openssl pkcs12 -in app.pfx -out app.pem -nodes",
};

/** @throws AppError invalid-file, where it cannot be read or holds no key */
export async function keyFromFile(
  io: Io,
  { file, folder, what, isCertificate = false }: KeyFile,
): Promise<string> {
  const { problem, needed, beginning } = isCertificate ? certificateWords : keyWords;
  const text = await readSmallFile(io.disk, resolve(folder, file), maxKeyBytes).catch((cause: unknown) => {
    // What was meant as a key and has no mark of one is not shown either.
    const looksLikeSecret = file.length > 100 || /\s/.test(file);
    if (looksLikeSecret) io.secrets.hide([file]);
    const which = looksLikeSecret ? "The file" : `The file ${file}`;
    throw new AppError("invalid-file", `${which} of ${what} cannot be read: ${fileProblem(cause)}.`, {
      hint: needed,
      ...(looksLikeSecret ? {} : { cause }),
    });
  });
  if (!isKeyText(text)) {
    throw new AppError("invalid-file", `The file ${file} of ${what} has no ${problem}.`, {
      hint: beginning,
    });
  }
  io.secrets.hide(keyParts(text));
  return text;
}
