/** `startServer` for programs: the engine of `astro-scim serve`, with what a test wants to know afterwards. */

import { loadFixture } from "../assembly/files/fixture-file.ts";
import { fixtureSeed } from "../assembly/fixture-seed.ts";
import { programIo } from "../world/io.ts";
import { AppError } from "../ground/errors.ts";
import {
  startServer as start,
  type AstroServer,
  type StartServerOptions as ServerOptions,
} from "../server/start.ts";

export interface StartServerOptions extends Omit<ServerOptions, "world"> {
  /** Path of a YAML fixture: its `astro:` part is what the server holds; its organization counts where none is given. */
  readonly fixture?: string;
  /** With `fixture`: holds what its directory says that Astro should hold. */
  readonly provisioned?: boolean;
  /** With `provisioned`: after this step of the timeline: `start`, `end` (the default), or a step's name or number. */
  readonly at?: string | number;
  /** How many of the last requests `requests()` returns; 1,000 by default. */
  readonly keepRequests?: number;
}

const defaultKeepRequests = 1_000;

/**
 * Starts a local Astro on a port of its own. Two servers in one process share nothing.
 * @throws AppError invalid-file, for the fixture; usage, for options that are none or do not go together; Error with
 * `code` EADDRINUSE or EACCES where a port that was asked for cannot be had
 */
export async function startServer(options: StartServerOptions = {}): Promise<AstroServer> {
  const { fixture, provisioned, at, ...given } = options;
  const serverOptions = { keepRequests: defaultKeepRequests, ...given };
  if (fixture === undefined) {
    if (provisioned !== true && at === undefined) return start(serverOptions);
    throw new AppError("usage", "provisioned and at need a fixture.");
  }
  if (given.seed !== undefined) {
    throw new AppError("usage", "fixture and seed cannot be used together.", { hint: "Keep one of them." });
  }
  if (at !== undefined && provisioned !== true) throw new AppError("usage", "at needs provisioned.");
  const loaded = await loadFixture(programIo(), fixture);
  const seed = fixtureSeed(loaded, { provisioned, at });
  return start({ organizationId: loaded.organization, ...serverOptions, seed });
}
