/**
 * How far the clock of a server is from ours, from pairs of a request and its answer: the server wrote `Date` between the moment at
 * which we sent and the one at which we had the answer (RFC 9110 §6.6.1: to the second).
 */

export interface DatedAnswer {
  readonly sentMs: number;
  readonly receivedMs: number;
  /** The `Date` header, in milliseconds: the second in which the answer was written. */
  readonly dateMs: number;
}

/** The server's clock minus ours, between two bounds; nobody knows it better. */
export interface ClockSkew {
  readonly leastMs: number;
  readonly mostMs: number;
  /** Pairs that it was estimated from. */
  readonly pairs: number;
}

/** `Date` has no fractions of a second. */
const secondMs = 1000;

/**
 * The bounds that all pairs allow. Where they contradict each other, as when a clock was set meanwhile, the newest pair that has bounds
 * of its own counts. Undefined without a pair.
 */
export function estimateSkew(pairs: readonly DatedAnswer[]): ClockSkew | undefined {
  let known: ClockSkew | undefined;
  for (const { sentMs, receivedMs, dateMs } of pairs) {
    if (![sentMs, receivedMs, dateMs].every(Number.isFinite) || receivedMs < sentMs) continue;
    const own = { leastMs: dateMs - receivedMs, mostMs: dateMs + secondMs - sentMs };
    const pairsSoFar = (known?.pairs ?? 0) + 1;
    const leastMs = Math.max(known?.leastMs ?? -Infinity, own.leastMs);
    const mostMs = Math.min(known?.mostMs ?? Infinity, own.mostMs);
    known = leastMs <= mostMs ? { leastMs, mostMs, pairs: pairsSoFar } : { ...own, pairs: pairsSoFar };
  }
  return known;
}

/** What is taken from the server's times to have ours: nothing where the clocks may agree. */
export function correctionMs(skew: ClockSkew | undefined): number {
  if (skew === undefined || (skew.leastMs <= 0 && skew.mostMs >= 0)) return 0;
  return Math.round((skew.leastMs + skew.mostMs) / 2);
}
