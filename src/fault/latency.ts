/** How long an answer is kept waiting: always the same, evenly spread, or by percentiles. */

import { parseDuration } from "./duration.ts";

/** A share of the answers, 0 to 1, that waits no longer than this. */
export interface Percentile {
  readonly share: number;
  readonly ms: number;
}

export type Latency =
  | { readonly kind: "fixed"; readonly ms: number }
  | { readonly kind: "range"; readonly fromMs: number; readonly toMs: number }
  /** In rising order of both. */
  | { readonly kind: "percentiles"; readonly points: readonly Percentile[] };

/** Longer waits are not latency: clients have given up by then, and timers have their limits. */
const longestMs = 3_600_000;

/** `100ms`, `50ms..200ms` or `p50:20ms/p99:1s`; undefined for anything else, and for more than an hour. */
export function parseLatency(text: string): Latency | undefined {
  if (text.startsWith("p")) return parsePercentiles(text);
  const [from = "", to, ...more] = text.split("..");
  const fromMs = parseWait(from);
  if (fromMs === undefined || more.length > 0) return undefined;
  if (to === undefined) return { kind: "fixed", ms: fromMs };
  const toMs = parseWait(to);
  return toMs === undefined || toMs < fromMs ? undefined : { kind: "range", fromMs, toMs };
}

/**
 * The wait that a number from 0 (included) to 1 (excluded) stands for. Between two percentiles the wait grows by
 * a constant factor, as latencies do; below the first one evenly from nothing; above the last one it stays.
 */
export function drawLatency(latency: Latency, draw: number): number {
  switch (latency.kind) {
    case "fixed":
      return latency.ms;
    case "range":
      return latency.fromMs + draw * (latency.toMs - latency.fromMs);
    case "percentiles":
      return between(latency.points, draw);
  }
}

function between(points: readonly Percentile[], draw: number): number {
  let below: Percentile = { share: 0, ms: 0 };
  for (const point of points) {
    if (draw <= point.share) {
      const way = (draw - below.share) / (point.share - below.share);
      const isFromNothing = below.ms === 0;
      return isFromNothing ? way * point.ms : below.ms * (point.ms / below.ms) ** way;
    }
    below = point;
  }
  return below.ms;
}

function parsePercentiles(text: string): Latency | undefined {
  const points: Percentile[] = [];
  for (const part of text.split("/")) {
    const match = /^p(?<percent>\d{1,2}(?:\.\d{1,3})?):(?<wait>.+)$/.exec(part);
    const share = Number(match?.groups?.["percent"]) / 100;
    const ms = parseWait(match?.groups?.["wait"] ?? "");
    const last = points.at(-1) ?? { share: 0, ms: 0 };
    if (ms === undefined || !(share > last.share) || ms < last.ms) return undefined;
    points.push({ share, ms });
  }
  return { kind: "percentiles", points };
}

function parseWait(text: string): number | undefined {
  const ms = parseDuration(text);
  return ms === undefined || ms > longestMs ? undefined : ms;
}
