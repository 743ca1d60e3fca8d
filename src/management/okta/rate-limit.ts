/** Okta's limits, as its answers tell them (Okta: Rate limits; Concurrency limits). */

import { retryAfterMs } from "../../http/retry-after.ts";
import type { WireResponse } from "../../wire/exchange.ts";
import type { LimitRules, RateLimitState, TooManyRequests } from "../dialect.ts";

/** Buckets are of an endpoint, whatever the ids in its path: `apps`, `apps/users`, `groups/users`. */
function bucketOf(path: string): string {
  const [first = "", , second] = (path.split("?")[0] ?? "").replace(/^\/api\/v1\//, "").split("/");
  return second === undefined ? first : `${first}/${second}`;
}

function stateOf({ headers }: WireResponse, now: Date): RateLimitState | undefined {
  const limit = wholeNumber(headers["x-rate-limit-limit"]);
  const remaining = wholeNumber(headers["x-rate-limit-remaining"]);
  const reset = wholeNumber(headers["x-rate-limit-reset"]);
  if (limit === undefined || remaining === undefined || reset === undefined || limit === 0) return undefined;
  return { window: `${limit} until ${reset}`, limit, remaining, resetInMs: untilMs(reset, headers, now) };
}

/** Too many requests at once are told by a limit and a remainder of 0: their Reset is a hint only (Okta: Concurrency limits). */
function tooMany({ headers }: WireResponse, now: Date): TooManyRequests {
  const limit = wholeNumber(headers["x-rate-limit-limit"]);
  const remaining = wholeNumber(headers["x-rate-limit-remaining"]);
  if (limit === 0 && remaining === 0) return { kind: "concurrency" };
  const reset = wholeNumber(headers["x-rate-limit-reset"]);
  const waitMs = reset === undefined ? undefined : untilMs(reset, headers, now);
  return { kind: "rate", waitMs: waitMs ?? retryAfterMs(headers["retry-after"], now) };
}

/** A window is normally a minute (Okta: Rate limits); what is far from that is the difference between two clocks. */
const longestWindowMs = 600_000;

/** Reset is in whole seconds of Okta's clock, which is in the answer's `Date`; ours may be another one. */
function untilMs(resetSeconds: number, headers: WireResponse["headers"], now: Date): number {
  const date = Date.parse(headers["date"] ?? "");
  const clocks = [Number.isNaN(date) ? now.getTime() : date, now.getTime()];
  const waits = clocks.map((clockMs) => resetSeconds * 1000 - clockMs);
  const plausible = waits.find((waitMs) => waitMs > 0 && waitMs <= longestWindowMs);
  return Math.max(1000, (plausible ?? waits[0] ?? 0) + 1000);
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

export const oktaLimits: LimitRules = { bucketOf, stateOf, tooMany };
