/** What an Astro holds now, without a directory: for what is judged by Astro's state alone. */

import type { ExpectedState } from "../astro/state.ts";
import { readAstroState } from "../astro/api/reading/read.ts";
import { diff, type Drift } from "../drift/compare/diff.ts";
import { targetName } from "../target/resolve-target.ts";
import { iamBeside, readIamBeside, watchForIam } from "./read-iam.ts";
import type { Connection } from "./connect.ts";
import type { CompareOptions } from "./compare.ts";

export interface AstroNowOptions extends CompareOptions {
  /** The attributes of accounts that are read; fingerprints are made of them. */
  readonly attributePaths: readonly string[];
  /** Names that are to be given: they are judged, too. */
  readonly names: ExpectedState;
  readonly api?: "scim" | undefined;
}

/**
 * Reads the target as a comparison does, with Astro's own side where it is there. The changes of
 * the drift mean nothing; what it knows of protection, responsibility and owners does.
 * @throws AppError whatever keeps the server from being read completely
 */
export async function readAstroNow(
  connection: Pick<Connection, "send" | "baseUrl" | "target" | "apis">,
  { attributePaths, names, protect, responsibleFor, api, ...reading }: AstroNowOptions,
): Promise<Drift> {
  const watched = watchForIam(connection.send);
  const shown = await readAstroState(watched.send, {
    target: connection.baseUrl,
    attributePaths,
    ...reading,
  });
  const apis = api === "scim" ? undefined : iamBeside(connection, watched.saidIam());
  const { held, iam } =
    apis === undefined
      ? { held: shown, iam: { kind: "not-asked" } as const }
      : await readIamBeside(apis, shown, reading);
  return diff(names, held, { target: targetName(connection.target), protect, responsibleFor, iam });
}
