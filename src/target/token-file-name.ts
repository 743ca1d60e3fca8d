/** Whether what was given to `--token-file` is the name of a file, or may be a token. */

import { lstat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { readTokenClaims } from "./token-claims.ts";

/**
 * True where a file of that name is there, where it ends like a file's name, or where the folder that it names is there:
 * a token may hold any of `/`, `.` and `-`, but hardly the name of a folder or `.txt`.
 */
export async function isNameOfFile(name: string, cwd: string): Promise<boolean> {
  if (readTokenClaims(name) !== undefined) return false;
  if (/[^./\\]\.[a-z]{1,8}$/.test(name) || (await isThere(resolve(cwd, name)))) return true;
  const folder = dirname(name);
  return folder !== "." && folder !== "/" && (await isThere(resolve(cwd, folder)));
}

/** Also of a link that leads nowhere. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
