/** The folders of the user's own files (XDG Base Directory Specification, which has relative paths ignored). */

import { isAbsolute, join } from "node:path";
import type { Io } from "../world/io.ts";

type Environment = Pick<Io, "env">;

/** `$XDG_CONFIG_HOME/astro-scim`, by default below `~/.config`; undefined where there is no home either. */
export function configFolder(io: Environment): string | undefined {
  return ownFolder(io, ["XDG_CONFIG_HOME"], ".config");
}

/** `$XDG_STATE_HOME/astro-scim`, by default below `%LOCALAPPDATA%` or `~/.local/state`; undefined where there is no home either. */
export function stateFolder(io: Environment): string | undefined {
  return ownFolder(io, ["XDG_STATE_HOME", "LOCALAPPDATA"], ".local/state");
}

/** A relative path would lead into the working folder, whose files are not the user's own. */
function ownFolder({ env }: Environment, variables: readonly string[], below: string): string | undefined {
  const home = [env["HOME"], env["USERPROFILE"]].find(isUsable);
  const base = [
    ...variables.map((name) => env[name]),
    home === undefined ? undefined : join(home, below),
  ].find(isUsable);
  return base === undefined ? undefined : join(base, "astro-scim");
}

function isUsable(path: string | undefined): path is string {
  return path !== undefined && isAbsolute(path);
}
