/** Reads an emulated Microsoft Graph with the Entra source, over real HTTP, and compares it with its Astro. */

import { comparedPaths } from "../../src/astro/compared-paths.ts";
import { readAstroState } from "../../src/astro/api/reading/read.ts";
import type { ProvidedDirectory } from "../../src/directory/source.ts";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import type { AppError } from "../../src/ground/errors.ts";
import { createSender } from "../../src/http/send.ts";
import { expectedState } from "../../src/idp/expected/expected-state.ts";
import type { AstroServer } from "../../src/server/start.ts";
import { entraSource, type EntraSourceOptions } from "../../src/sources/entra/entra-source.ts";
import { adminToken, type EmulatedGraph } from "./emulated-graph.ts";
import { graphClient } from "./graph-client.ts";
import { seededWorld } from "./seeded-world.ts";

export interface EmulatedReading extends Partial<EntraSourceOptions> {
  readonly token?: string;
}

/** Or what was thrown. */
export async function tryToReadEmulated(
  { emulator }: Pick<EmulatedGraph, "emulator">,
  { token = adminToken, ...options }: EmulatedReading = {},
): Promise<ProvidedDirectory | AppError> {
  const client = graphClient(`${emulator.url}/v1.0`, token);
  try {
    const source = entraSource(client.api, { app: "Astro", ...options });
    return await source.read(undefined, client.signal).catch((error: unknown) => error as AppError);
  } finally {
    await client.close();
  }
}

export async function readEmulated(
  graph: EmulatedGraph,
  reading?: EmulatedReading,
): Promise<ProvidedDirectory> {
  const outcome = await tryToReadEmulated(graph, reading);
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** What the directory says against what that Astro holds. */
export async function driftOf({ directory, app }: ProvidedDirectory, astro: AstroServer): Promise<Drift> {
  const sender = createSender({
    baseUrl: astro.url,
    token: astro.token,
    timeoutMs: 10_000,
    timers: seededWorld({ seed: 1 }).timers,
    connections: 4,
    signal: new AbortController().signal,
  });
  try {
    const expected = expectedState(directory, app);
    const held = await readAstroState(sender.send, {
      target: astro.url,
      attributePaths: comparedPaths(expected),
    });
    return diff(expected, held, {});
  } finally {
    await sender.close();
  }
}
