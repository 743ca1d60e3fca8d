/** Files that the user names and that ought to be small: tokens, certificates, profiles. */

import { createReadStream } from "node:fs";

/** The file holds more than was allowed. */
export class FileTooLarge extends Error {
  override readonly name = "FileTooLarge";
}

/**
 * The text of a file or pipe, at most `maxBytes` of it.
 * @throws FileTooLarge, or what Node says of a file that can't be read.
 */
export async function readSmallFile(path: string, maxBytes: number): Promise<string> {
  return (await readSmallBytes(path, maxBytes)).toString("utf8");
}

/** The same as bytes, for who must know whether they are text at all. */
export async function readSmallBytes(path: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // `end` counts from 0 and is read too: one byte more than allowed, so that too many are noticed.
  for await (const chunk of createReadStream(path, { end: maxBytes })) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (bytes.length > maxBytes) throw new FileTooLarge(`more than ${maxBytes} bytes`);
  return bytes;
}

/** Why a file could not be read, as a clause for people. */
export function fileProblem(error: unknown): string {
  if (error instanceof FileTooLarge) return "it is far too large";
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
      return "reading it is not allowed";
    default:
      return `the system says ${typeof code === "string" ? code : "that it failed"}`;
  }
}

/** True where nothing stands at the path. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
