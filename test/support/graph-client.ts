/** A client of Microsoft Graph for tests, in a world in which no wait takes time. */

import { createManagementApi, type ManagementWait } from "../../src/management/create-management-api.ts";
import { fixedToken } from "../../src/management/credentials/fixed-token.ts";
import { graphDialect } from "../../src/management/graph/dialect.ts";
import type { ManagementApi } from "../../src/management/management-api.ts";
import { createSender } from "../../src/http/send.ts";
import { seededWorld, type SeededWorld } from "./seeded-world.ts";

export interface GraphClient {
  readonly api: ManagementApi;
  readonly waits: readonly ManagementWait[];
  readonly signal: AbortSignal;
  readonly interrupt: () => void;
  close(): Promise<void>;
}

export interface GraphClientOptions {
  /** A request under way is not given up then, as with a repair. */
  readonly writes?: boolean;
  readonly world?: SeededWorld;
}

export const graphToken = "eyJ-a-token-of-entra-that-is-secret";

export function graphClient(
  url: string,
  token = graphToken,
  { writes = false, world = seededWorld({ seed: 1 }) }: GraphClientOptions = {},
): GraphClient {
  const waits: ManagementWait[] = [];
  const end = new AbortController();
  const sender = createSender({
    baseUrl: url,
    authorizer: fixedToken("Bearer", token),
    timeoutMs: 10_000,
    timers: world.timers,
    connections: 10,
    signal: end.signal,
    onlyReads: !writes,
  });
  const api = createManagementApi(sender.send, {
    dialect: graphDialect,
    baseUrl: url,
    signal: end.signal,
    now: world.clock.now,
    sleep: world.timers.wait,
    random: world.random.number,
    onWait: (wait) => waits.push(wait),
  });
  return { api, waits, signal: end.signal, interrupt: () => end.abort(), close: () => sender.close() };
}
