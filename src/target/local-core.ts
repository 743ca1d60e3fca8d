/** Where the astro CLI looks for an Astro on this machine: `local.core` of its configuration (astro-cli, config/config.go). */

import { join } from "node:path";
import { localApiRoot, localDomain } from "../astro/address.ts";
import { AppError } from "../ground/errors.ts";
import { isLoopbackHost } from "../http/loopback.ts";
import type { Io } from "../world/io.ts";
import { astroCliFile, readAstroCliSetting } from "./astro-cli-context.ts";

/**
 * The root of all APIs under a domain's name `localhost`: `local.core`, by default `http://localhost:8888`. As in the astro CLI, the
 * `.astro/config.yaml` of the working folder comes first. For any other domain nothing is read.
 * @throws AppError usage, for an address that is not on this machine: a file of the working folder sends no token elsewhere
 */
export async function localRootFor(domain: string | undefined, io: Io): Promise<string> {
  if (domain?.trim().toLowerCase().includes(localDomain) !== true) return localApiRoot;
  const files = [join(io.cwd, ".astro", "config.yaml"), astroCliFile(io)];
  for (const file of files) {
    const address = file && (await readAstroCliSetting(io, file, ["local", "core"]));
    if (file !== undefined && address !== undefined) return rootOf(address, file);
  }
  return localApiRoot;
}

function rootOf(address: string, file: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname)) {
    return url.origin + url.pathname.replace(/\/+$/, "");
  }
  throw new AppError("usage", `local.core in ${file} is not the URL of a server on this machine.`, {
    hint: `Write it as in ${localApiRoot}, or use --url.`,
  });
}
