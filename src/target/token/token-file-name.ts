/** Whether what was given to `--token-file` is the name of a file, or may be a token. */

import { dirname, resolve } from "node:path";
import type { Disk } from "../../world/disk.ts";
import type { Io } from "../../world/io.ts";
import { readTokenClaims } from "../../astro/token-claims.ts";

/**
 * True where a file of that name is there, where it ends like a file's name, or where the folder that it names is there:
 * a token may hold any of `/`, `.` and `-`, but hardly the name of a folder or `.txt`.
 */
export async function isNameOfFile(name: string, { cwd, disk }: Io): Promise<boolean> {
  if (readTokenClaims(name) !== undefined) return false;
  if (/[^./\\]\.[a-z]{1,8}$/.test(name) || (await isThere(disk, resolve(cwd, name)))) return true;
  const folder = dirname(name);
  return folder !== "." && folder !== "/" && (await isThere(disk, resolve(cwd, folder)));
}

/** Also of a link that leads nowhere. */
async function isThere(disk: Disk, path: string): Promise<boolean> {
  try {
    await disk.lstat(path);
    return true;
  } catch {
    return false;
  }
}
