/** What a client of the local Astro may ask of it. */

import type { ConnectionLimits } from "./connections.ts";

export interface HttpLimits extends ConnectionLimits {
  readonly maxBodyBytes: number;
  readonly maxUrlLength: number;
  /** How long a server that is being closed waits for answers that are under way. */
  readonly closeTimeoutMs: number;
}

export const defaultLimits: HttpLimits = {
  // A PUT of a Team of 100,000 members takes some 8 MB; Okta's manual integration sends exactly that.
  maxBodyBytes: 16 * 1024 * 1024,
  maxUrlLength: 8_192,
  closeTimeoutMs: 5_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 72_000,
  idleTimeoutMs: 120_000,
  // Below the number of files that a process may have open on most systems.
  maxConnections: 1_000,
};
