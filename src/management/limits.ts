/** Keeps requests within the limits of a management API before it has to refuse them: its rate, and how many are under way. */

import type { Send, WireAnswer, WireRequest } from "../wire/exchange.ts";
import type { LimitRules, RateLimitState } from "./dialect.ts";

export interface LimitOptions {
  readonly rules: LimitRules;
  /** Requests under way at once at most. */
  readonly concurrency: number;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Called before a wait that keeps the rate down. */
  readonly onPause: (request: WireRequest, waitMs: number) => void;
}

/** A window that claims to be longer is not waited for: a pause is a courtesy, and the API refuses what goes too far. */
const longestPauseMs = 65_000;
/** After so many answers in a row without a refusal, one request more may be under way again. */
const answersToRecover = 50;

/**
 * Sends as before, with at most `concurrency` requests under way: half as many after each answer that says there are too many at
 * once. Of a bucket's window it uses at most half, which is what Okta lets one token use by default (Okta: Token and OAuth 2.0
 * app rate limits); where others have used more than half, it spreads its requests over the rest of the window. After an
 * answer 429 nothing of that bucket is sent until the window ends.
 */
export function withinLimits(send: Send, options: LimitOptions): Send {
  const lanes = new Lanes(options.concurrency);
  const buckets = new Map<string, Bucket>();
  const bucketFor = (path: string): Bucket => {
    const name = options.rules.bucketOf(path);
    const bucket = buckets.get(name) ?? new Bucket();
    buckets.set(name, bucket);
    return bucket;
  };
  return async (request) => {
    const bucket = bucketFor(request.path);
    const width = await lanes.enter();
    try {
      await pause(bucket, request, options);
      const answer = await send(request);
      note(answer, { bucket, lanes, width }, options);
      return answer;
    } finally {
      lanes.leave();
    }
  };
}

async function pause(
  bucket: Bucket,
  request: WireRequest,
  { now, sleep, signal, onPause }: LimitOptions,
): Promise<void> {
  while (!signal.aborted) {
    const waitMs = Math.min(longestPauseMs, bucket.take(now().getTime()));
    if (waitMs <= 0) return;
    onPause(request, waitMs);
    await sleep(waitMs, signal);
  }
}

interface Sent {
  readonly bucket: Bucket;
  readonly lanes: Lanes;
  /** How many requests could be under way when it was sent. */
  readonly width: number;
}

function note(answer: WireAnswer, { bucket, lanes, width }: Sent, { rules, now }: LimitOptions): void {
  if (answer.kind === "no-response") return;
  const at = now();
  if (answer.status !== 429) {
    lanes.succeeded();
    const state = rules.stateOf(answer, at);
    if (state !== undefined) bucket.note(state, at.getTime());
    return;
  }
  const tooMany = rules.tooMany(answer, at);
  if (tooMany.kind === "concurrency") lanes.halve(width);
  else if (tooMany.waitMs !== undefined) bucket.block(at.getTime() + tooMany.waitMs);
}

/** One bucket in its present window, as far as answers have told. */
class Bucket {
  #limit = 0;
  #remaining = 0;
  /** When the window ends, by our own clock. */
  #endMs = 0;
  /** What was sent in the window by us. */
  #sent = 0;
  #blockedUntilMs = 0;
  #nextSlotMs = 0;

  /** How long to wait before asking again; 0 counts the request as sent. */
  take(nowMs: number): number {
    if (nowMs >= this.#endMs && this.#endMs > 0) {
      this.#endMs = 0;
      this.#sent = 0;
    }
    const waitMs = this.#waitMs(nowMs);
    if (waitMs <= 0) this.#sent += 1;
    return waitMs;
  }

  note({ limit, remaining, resetInMs }: RateLimitState, nowMs: number): void {
    const endMs = nowMs + resetInMs;
    // Windows end at whole seconds, and answers take their time.
    const isAnother = endMs > this.#endMs + 2000;
    if (isAnother && this.#endMs > 0) this.#sent = 1;
    if (isAnother) this.#endMs = endMs;
    this.#limit = limit;
    this.#remaining = remaining;
  }

  block(untilMs: number): void {
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, untilMs);
  }

  #waitMs(nowMs: number): number {
    if (nowMs < this.#blockedUntilMs) return this.#blockedUntilMs - nowMs;
    if (nowMs >= this.#endMs) return 0;
    const half = Math.max(1, Math.floor(this.#limit / 2));
    if (this.#sent >= half) return this.#endMs - nowMs;
    if (this.#remaining >= half) return 0;
    return this.#slot(nowMs);
  }

  /** What is left of the window is shared with those who have used the rest of it. */
  #slot(nowMs: number): number {
    if (nowMs < this.#nextSlotMs) return this.#nextSlotMs - nowMs;
    this.#nextSlotMs = nowMs + Math.ceil((this.#endMs - nowMs) / Math.max(1, this.#remaining));
    return 0;
  }
}

/** So many requests may be under way; the others wait in their order. */
class Lanes {
  readonly #most: number;
  #open: number;
  #taken = 0;
  #answers = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = Math.max(1, most);
    this.#open = this.#most;
  }

  /** Resolves to how many may be under way. */
  async enter(): Promise<number> {
    if (this.#taken >= this.#open) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken += 1;
    return this.#open;
  }

  leave(): void {
    this.#taken -= 1;
    this.#admit();
  }

  /** For a request that was one too many of `width`; of those that were sent together, one counts. */
  halve(width: number): void {
    this.#answers = 0;
    if (width <= this.#open) this.#open = Math.max(1, Math.floor(this.#open / 2));
  }

  succeeded(): void {
    this.#answers += 1;
    if (this.#open >= this.#most || this.#answers < answersToRecover) return;
    this.#answers = 0;
    this.#open += 1;
    this.#admit();
  }

  #admit(): void {
    while (this.#taken < this.#open) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken += 1;
      next();
    }
  }
}
