/** The names of profiles, for completion: whatever is not valid is left out, and nothing else is loaded. */

import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { isJsonObject } from "../../ground/json.ts";
import { readSmallFile } from "../../files/read-small-file.ts";
import type { Io } from "../../world/io.ts";
import { configFolder } from "../user-folders.ts";

const maxBytes = 256 * 1024;

/** Of the nearest file from the working folder upwards, and of the user's own. */
export async function profileNames(io: Io): Promise<readonly string[]> {
  const own = configFolder(io);
  const names = [
    ...(await nearestNames(io, resolve(io.cwd))),
    ...((own === undefined ? undefined : await namesIn(io, own)) ?? []),
  ];
  return [...new Set(names)];
}

async function nearestNames(io: Io, folder: string): Promise<readonly string[]> {
  const names = await namesIn(io, folder);
  if (names !== undefined || dirname(folder) === folder) return names ?? [];
  return nearestNames(io, dirname(folder));
}

/** Undefined where there is no such file. */
async function namesIn(io: Io, folder: string): Promise<readonly string[] | undefined> {
  const file = join(folder, "astro-scim.yaml");
  if (!(await io.disk.exists(file))) return undefined;
  try {
    const value: unknown = parse(await readSmallFile(io.disk, file, maxBytes));
    const profiles = isJsonObject(value) ? value["profiles"] : undefined;
    return isJsonObject(profiles) ? Object.keys(profiles) : [];
  } catch {
    return [];
  }
}
