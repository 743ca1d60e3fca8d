/** How many requests a server takes from one API token (Astro docs: API best practices). */

import type { AstroRateLimit } from "../../astro/rate-limits.ts";
import { HttpError } from "../../ground/http-error.ts";
import type { Caller } from "./caller.ts";

export interface RateLimiter {
  /** Counts a request. @throws TooManyRequests where there were too many before; it is not counted then. */
  count(caller: Caller, method: string): void;
}

/** 429 (RFC 6585 §4). */
export class TooManyRequests extends HttpError {
  /** Undefined where the client is not told. */
  readonly retryAfterSeconds: number | undefined;

  constructor(detail: string, retryAfterSeconds: number | undefined) {
    super(429, detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface RateLimiterOptions {
  readonly limits: readonly AstroRateLimit[];
  /** Whether a refusal says when to try again. */
  readonly saysWhen: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
}

/** What is left of a limit. */
interface Bucket {
  left: number;
  filledAtMs: number;
}

/** One bucket for each token and limit: it holds the requests of a second, and fills evenly. */
export function createRateLimiter({ limits, saysWhen, nowMs }: RateLimiterOptions): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    count: ({ id }, method) => {
      const counted = method === "HEAD" ? "GET" : method;
      const limit = limits.find(({ methods }) => methods.some((one) => one === counted));
      if (limit === undefined) return;
      const { methods, perSecond } = limit;
      const key = `${methods[0]} ${id}`;
      const atMs = nowMs();
      const before = buckets.get(key) ?? { left: perSecond, filledAtMs: atMs };
      const filled = before.left + ((atMs - before.filledAtMs) * perSecond) / 1000;
      const bucket = { left: Math.min(perSecond, filled), filledAtMs: atMs };
      buckets.set(key, bucket);
      if (bucket.left < 1) {
        const names = methods.join(", ");
        const retryAfterSeconds = Math.ceil((1 - bucket.left) / perSecond);
        throw new TooManyRequests(
          `more than ${perSecond} requests a second with this API token (${names})`,
          saysWhen ? retryAfterSeconds : undefined,
        );
      }
      bucket.left -= 1;
    },
  };
}
