/** The names of Teams as they were listed last, by server: completion never asks a server. */

import { dirname, join } from "node:path";
import { withoutEntraFlag } from "../../astro/address.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "../../ground/json.ts";
import { readSmallFile } from "../../files/read-small-file.ts";
import { writeWhole } from "../../files/whole-file.ts";
import { stateFolder } from "../../target/user-folders.ts";
import type { Io } from "../../world/io.ts";

const maxBytes = 4 * 1024 * 1024;
const [mostTeams, mostServers] = [5000, 10];

/** Keeps them for the next completion; where that is not possible, there are no candidates. */
export async function rememberTeams(
  io: Io,
  url: string | null,
  teams: readonly { readonly name: string }[],
): Promise<void> {
  const file = placeOf(io);
  if (file === undefined || url === null) return;
  const baseUrl = withoutEntraFlag(url);
  const names = teams.map(({ name }) => name);
  try {
    const others = Object.entries(await readAll(io)).filter(([server]) => server !== baseUrl);
    const all = Object.fromEntries([[baseUrl, names.slice(0, mostTeams)], ...others].slice(0, mostServers));
    await io.disk.mkdir(dirname(file));
    await writeWhole(io, file, JSON.stringify({ version: 1, teams: all }), { replace: true });
  } catch {
    // The list that was asked for was printed.
  }
}

/** Of the server that is named, by its URL or organization; else of the one that was listed last. */
export async function rememberedTeams(io: Io, server: string | undefined): Promise<readonly string[]> {
  const all = Object.entries(await readAll(io));
  const found =
    server === undefined ? all[0] : all.find(([url]) => url === server || url.endsWith(`/${server}`));
  const names = found?.[1];
  return isJsonArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** It is our own file, and its names are only suggested: anything else in it is no candidate. */
async function readAll(io: Io): Promise<JsonObject> {
  const file = placeOf(io);
  if (file === undefined) return {};
  try {
    const value: unknown = JSON.parse(await readSmallFile(io.disk, file, maxBytes));
    const teams = isJsonObject(value) ? value["teams"] : undefined;
    return isJsonObject(teams) ? teams : {};
  } catch {
    return {};
  }
}

function placeOf(io: Io): string | undefined {
  const folder = stateFolder(io);
  return folder === undefined ? undefined : join(folder, "teams.json");
}
