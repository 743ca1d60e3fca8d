/** A connection for the time of a run, by the settings of its target. */

import { rateLimitsFor } from "../target/pace.ts";
import type { Target } from "../target/resolve-target.ts";
import type { Io } from "../world/io.ts";
import { connect, type ConnectOptions, type Connection } from "./connect.ts";
import type { Settings } from "./settings.ts";

export interface OpenOptions extends Pick<
  ConnectOptions,
  "local" | "caFile" | "signal" | "onExchange" | "onWait"
> {
  readonly target: Target;
  readonly settings: Settings;
  /** How many requests may be under way at once at least. */
  readonly connections?: number;
}

/**
 * Connects, runs, and closes whatever happens.
 * @throws AppError as `connect`
 */
export async function withOpenConnection<Result>(
  io: Io,
  { settings, connections = 1, ...options }: OpenOptions,
  run: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(io, {
    ...options,
    timeoutMs: settings.timeoutMs,
    connections: Math.max(settings.concurrency, connections),
    limits: rateLimitsFor(options.target, settings.rate),
  });
  try {
    return await run(connection);
  } finally {
    await connection.close();
  }
}
