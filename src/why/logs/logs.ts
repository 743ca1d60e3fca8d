/** All logs of a story, by one clock: ours. */

import { correctionMs, type ClockSkew } from "./clock-skew.ts";
import type { LogEntry, LogName } from "./log-entry.ts";

export interface Logs {
  /** By the object id of the user or group that was asked for. */
  readonly provider: ReadonlyMap<string, readonly LogEntry[]>;
  /** Every write to a user or a Team. */
  readonly astro: readonly LogEntry[];
  readonly journal: readonly LogEntry[];
  /** Since when what was read of it is complete, RFC 3339, by the same ids. */
  readonly providerSince: ReadonlyMap<string, string>;
  /** Which of them were read. */
  readonly read: ReadonlySet<LogName>;
}

/** The times of a log by our clock. */
export function byOurClock(entries: readonly LogEntry[], skew: ClockSkew | undefined): readonly LogEntry[] {
  const correction = correctionMs(skew);
  const corrected = entries.map((entry) => {
    const ms = Date.parse(entry.at);
    return Number.isNaN(ms) ? entry : { ...entry, at: new Date(ms - correction).toISOString() };
  });
  // Times with different offsets or fractions are in order only now.
  return inOrder(corrected);
}

/** What one instant has in this order: a write is logged by Astro, and by who sent it once it is answered. */
const rank: Readonly<Record<LogName, number>> = { astro: 0, journal: 1, provider: 2 };

/** In the order of time; entries of one instant and log stay in the order of their log. */
export function inOrder(entries: readonly LogEntry[]): readonly LogEntry[] {
  return entries.toSorted((one, other) =>
    one.at === other.at ? rank[one.log] - rank[other.log] : one.at < other.at ? -1 : 1,
  );
}
