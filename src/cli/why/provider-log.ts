/** Reads the provider's log of everybody whom a story is about, each as far as it can be read. */

import type { HistoryRequest, ProviderHistory } from "../../directory/provider-history.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { plural } from "../../ground/text/plural.ts";
import type { ClockSkew } from "../../why/logs/clock-skew.ts";
import { fromProvider, type LogEntry } from "../../why/logs/log-entry.ts";
import { byOurClock, type Logs } from "../../why/logs/logs.ts";
import type { Unread } from "../../why/story.ts";

/** Somebody with very many differences: the first of them have a log, the others are named. */
const mostAsked = 25;
const dayMs = 86_400_000;

export interface ProviderLogReading {
  readonly history: ProviderHistory;
  /** The subject first. */
  readonly about: readonly HistoryRequest[];
  readonly now: Date;
  /** Reads one log; undefined where that fails, and then the failure was named. */
  readonly attempt: <Value>(read: () => Promise<Value>) => Promise<Value | undefined>;
  /** Known once something was read. */
  readonly skew: () => ClockSkew | undefined;
}

export interface ReadProviderLog extends Pick<Logs, "provider" | "providerSince"> {
  readonly unread: readonly Unread[];
}

/** The first that fails ends the reading: those after it were not asked about. */
export async function readProviderLog(reading: ProviderLogReading): Promise<ReadProviderLog> {
  const { history, about, now, attempt, skew } = reading;
  const asked = about.slice(0, mostAsked);
  const read = new Map<string, readonly LogEntry[]>();
  const cut = new Set<string>();
  for (const request of asked) {
    const { objectId } = request;
    const found = await attempt(async () => history.entries(request));
    if (found === undefined) break;
    read.set(objectId, found.entries.map(fromProvider));
    if (found.isCut) cut.add(objectId);
  }
  const correction = skew();
  const provider = new Map([...read].map(([id, own]) => [id, byOurClock(own, correction)] as const));
  const kept = new Date(now.getTime() - history.keptDays * dayMs).toISOString();
  const providerSince = new Map(
    [...provider].map(([id, own]) => [id, cut.has(id) ? (own[0]?.at ?? now.toISOString()) : kept] as const),
  );
  return { provider, providerSince, unread: unreadOf(reading, { provider, cut }) };
}

function unreadOf(
  { history: { logName }, about }: ProviderLogReading,
  { provider, cut }: { readonly provider: Logs["provider"]; readonly cut: ReadonlySet<string> },
): readonly Unread[] {
  const left = about.length - Math.min(about.length, mostAsked);
  return [
    ...[...cut].map((id) => ({
      what: logName,
      why: `only its newest ${formatCount(provider.get(id)?.length ?? 0)} entries about ${id} were read`,
    })),
    ...(left === 0 ? [] : [{ what: logName, why: `it was not asked for ${plural(left, "member")} more` }]),
  ];
}
