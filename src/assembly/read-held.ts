/** What an Astro holds, with its own side, without a directory to compare it with. */

import { readAstroState, type ReadOptions } from "../astro/api/reading/read.ts";
import type { Connection } from "./connect.ts";
import { iamBeside, readIamBeside, watchForIam, type BesideScim, type ReadIamOptions } from "./read-iam.ts";

/** @throws AppError whatever keeps the server from being read completely */
export async function readHeld(
  connection: Pick<Connection, "send" | "baseUrl" | "target" | "apis">,
  options: Omit<ReadOptions, "target"> & ReadIamOptions,
): Promise<BesideScim> {
  const watched = watchForIam(connection.send);
  const held = await readAstroState(watched.send, { target: connection.baseUrl, ...options });
  const apis = iamBeside(connection, watched.saidIam());
  return apis === undefined ? { held, iam: { kind: "not-asked" } } : readIamBeside(apis, held, options);
}
