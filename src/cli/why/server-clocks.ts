/** Collects what tells the clocks of the servers that a command speaks to. */

import type { Exchange } from "../../wire/exchange.ts";
import { estimateSkew, type ClockSkew, type DatedAnswer } from "../../why/logs/clock-skew.ts";

export interface ServerClocks {
  readonly watch: (exchange: Exchange, baseUrl: string) => void;
  /** Undefined for a server that was not asked, or that says no date. */
  readonly skewOf: (baseUrl: string) => ClockSkew | undefined;
}

/** Enough to tell a clock: a large organization is read in thousands of requests. */
const mostPairs = 200;

export function serverClocks(): ServerClocks {
  const byOrigin = new Map<string, DatedAnswer[]>();
  return {
    watch: ({ answer, startedAt, durationMs }, baseUrl) => {
      const date = answer.kind === "response" ? answer.headers["date"] : undefined;
      const dateMs = date === undefined ? NaN : Date.parse(date);
      if (Number.isNaN(dateMs)) return;
      const { origin } = new URL(baseUrl);
      const pairs = byOrigin.get(origin) ?? [];
      byOrigin.set(origin, pairs);
      if (pairs.length >= mostPairs) pairs.shift();
      const sentMs = startedAt.getTime();
      pairs.push({ sentMs, receivedMs: sentMs + durationMs, dateMs });
    },
    skewOf: (baseUrl) => estimateSkew(byOrigin.get(new URL(baseUrl).origin) ?? []),
  };
}
