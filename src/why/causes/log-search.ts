/** Questions to the log of a subject, which is in the order of time. */

import type { LoggedAction } from "../../directory/provider-history.ts";
import type { LogEntry, Writer } from "../logs/log-entry.ts";

export interface Wanted {
  readonly actions: readonly LoggedAction[];
  readonly outcome?: LogEntry["outcome"];
  readonly log?: LogEntry["log"];
  readonly writer?: Writer;
}

/** The newest entry that fits. */
export function last(log: readonly LogEntry[], wanted: Wanted): LogEntry | undefined {
  return log.findLast((entry) => fits(entry, wanted));
}

export function fits(entry: LogEntry, { actions, outcome, log, writer }: Wanted): boolean {
  return (
    actions.includes(entry.action) &&
    (outcome === undefined || entry.outcome === outcome) &&
    (log === undefined || entry.log === log) &&
    (writer === undefined || entry.writer === writer)
  );
}

/** Undefined counts as before everything. */
export function isAfter(one: LogEntry | undefined, other: LogEntry | undefined): boolean {
  return one !== undefined && (other === undefined || one.at >= other.at);
}

/** An entry as a piece of evidence: which log, when, what, by whom. */
export function asEvidence(entry: LogEntry, logName: string): string {
  const by = entry.by === undefined ? "" : ` by ${entry.by}`;
  const code = entry.log === "provider" && entry.code !== undefined ? ` (${entry.code})` : "";
  const why = entry.reason === undefined ? "" : `: ${entry.reason}`;
  return `${logName}, ${timeText(entry.at)}: ${entry.text}${by}${why}${code}`;
}

/** `2026-11-30 10:12:05 UTC`; what is no time stays as it is. */
export function timeText(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? at : `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** What a log is called in evidence. */
export function logNameOf(entry: LogEntry, provider: string): string {
  if (entry.log === "provider") return `${provider}'s log`;
  return entry.log === "astro" ? "Astro's audit log" : "the journal of astro-scim";
}
