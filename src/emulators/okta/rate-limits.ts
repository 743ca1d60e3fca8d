/** Okta's rate limits: a bucket for each part of the API, its headers on every answer, and simultaneous requests. */

import type { Clock } from "../../world/world.ts";
import { OktaError } from "./errors.ts";
import type { OktaSwitches } from "./switches.ts";

interface Bucket {
  readonly endsMs: number;
  readonly limit: number;
  readonly used: number;
}

type LimitHeaders = Readonly<
  Record<"x-rate-limit-limit" | "x-rate-limit-remaining" | "x-rate-limit-reset", string>
>;

export class RateLimits {
  readonly #switches: OktaSwitches;
  readonly #clock: Pick<Clock, "now">;
  readonly #buckets = new Map<string, Bucket>();
  #underWay = 0;

  constructor(switches: OktaSwitches, clock: Pick<Clock, "now">) {
    this.#switches = switches;
    this.#clock = clock;
  }

  /** Counts a request. @throws OktaError E0000047 beyond the limit of its bucket */
  count(path: string): void {
    const bucket = this.#bucketOf(path);
    this.#buckets.set(bucketName(path), { ...bucket, used: bucket.used + 1 });
    if (bucket.used >= bucket.limit) throw new OktaError("E0000047");
  }

  /** What every answer says of the bucket: the reset in seconds since 1970, rounded up. */
  headersOf(path: string): LimitHeaders {
    const { limit, used, endsMs } = this.#bucketOf(path);
    return headers(limit, Math.max(0, limit - used), endsMs);
  }

  /**
   * A request begins; the function it gives back ends it.
   * @throws OktaError E0000047 with a limit of 0 where too many are under way
   */
  begin(path: string): () => void {
    if (this.#underWay >= this.#switches.concurrency) {
      throw new OktaError("E0000047", { headers: headers(0, 0, this.#bucketOf(path).endsMs) });
    }
    this.#underWay += 1;
    return () => {
      this.#underWay -= 1;
    };
  }

  #bucketOf(path: string): Bucket {
    const nowMs = this.#clock.now().getTime();
    const { requests, windowSeconds } = this.#switches.rateLimit;
    const held = this.#buckets.get(bucketName(path));
    if (held !== undefined && nowMs < held.endsMs) return { ...held, limit: requests };
    return { endsMs: nowMs + windowSeconds * 1000, limit: requests, used: 0 };
  }
}

function headers(limit: number, remaining: number, endsMs: number): LimitHeaders {
  return {
    "x-rate-limit-limit": String(limit),
    "x-rate-limit-remaining": String(remaining),
    "x-rate-limit-reset": String(Math.ceil(endsMs / 1000)),
  };
}

/** `apps` of `/api/v1/apps/…` (Okta: Management rate limits). */
function bucketName(path: string): string {
  const [, , , name = ""] = path.split("/");
  return ["apps", "groups", "users", "logs"].includes(name) ? name : "others";
}
