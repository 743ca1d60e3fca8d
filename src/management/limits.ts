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

/**
 * A window that claims to be longer is not waited for, else a clock that is wrong or a number of milliseconds would stop the run:
 * a pause is a courtesy, and the API refuses what goes too far.
 */
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
  const windows = new Windows();
  return async (request) => {
    const width = await lanes.enter();
    try {
      const bucket = options.rules.bucketOf(request.path);
      const countedIn = await pause(windows, { bucket, request }, options);
      const answer = await send(request);
      note(answer, { windows, bucket, countedIn, lanes, width }, options);
      return answer;
    } finally {
      lanes.leave();
    }
  };
}

interface Waiting {
  readonly bucket: string;
  readonly request: WireRequest;
}

/** Resolves to the window in which the request was counted, as far as one is known. */
async function pause(
  windows: Windows,
  { bucket, request }: Waiting,
  { now, sleep, signal, onPause }: LimitOptions,
): Promise<Window | undefined> {
  while (!signal.aborted) {
    const nowMs = now().getTime();
    const waitMs = windows.waitMs(bucket, nowMs);
    if (waitMs <= 0) return windows.count(bucket, nowMs);
    onPause(request, waitMs);
    await sleep(waitMs, signal);
  }
  return undefined;
}

interface Sent {
  readonly windows: Windows;
  readonly bucket: string;
  readonly countedIn: Window | undefined;
  readonly lanes: Lanes;
  /** How many requests could be under way when it was sent. */
  readonly width: number;
}

function note(answer: WireAnswer, sent: Sent, { rules, now }: LimitOptions): void {
  if (answer.kind === "no-response") return;
  const { windows, bucket, lanes } = sent;
  const at = now();
  const state = rules.stateOf(answer, at);
  if (state !== undefined && state.resetInMs <= longestPauseMs)
    windows.note(bucket, { state, countedIn: sent.countedIn }, at.getTime());
  if (answer.status !== 429) {
    lanes.succeeded();
    return;
  }
  const tooMany = rules.tooMany(answer, at);
  if (tooMany.kind === "concurrency") lanes.halve(sent.width);
  else if (tooMany.waitMs !== undefined)
    windows.block(bucket, at.getTime() + Math.min(longestPauseMs, tooMany.waitMs));
}

/** A window of a rate limit, as far as answers have told. */
interface Window {
  readonly limit: number;
  remaining: number;
  /** By our own clock. */
  endMs: number;
  /** What was sent in it by us. */
  sent: number;
  /** When the next request may be sent, where others have used more than half. */
  nextSlotMs: number;
}

/** Each bucket in its present window. Answers tell which buckets share one. */
class Windows {
  readonly #ofBucket = new Map<string, Window>();
  readonly #byName = new Map<string, Window>();
  readonly #blockedUntilMs = new Map<string, number>();

  /** How long to wait before another request of the bucket. */
  waitMs(bucket: string, nowMs: number): number {
    const blockedUntilMs = this.#blockedUntilMs.get(bucket) ?? 0;
    if (nowMs < blockedUntilMs) return blockedUntilMs - nowMs;
    const window = this.#present(bucket, nowMs);
    if (window === undefined) return 0;
    const half = Math.max(1, Math.floor(window.limit / 2));
    if (window.sent >= half) return window.endMs - nowMs;
    return window.remaining >= half ? 0 : Math.max(0, window.nextSlotMs - nowMs);
  }

  count(bucket: string, nowMs: number): Window | undefined {
    const window = this.#present(bucket, nowMs);
    if (window === undefined) return undefined;
    window.sent += 1;
    // What is left of the window is shared with those who have used the rest of it.
    window.nextSlotMs = nowMs + Math.ceil((window.endMs - nowMs) / Math.max(1, window.remaining));
    return window;
  }

  note(
    bucket: string,
    { state, countedIn }: { readonly state: RateLimitState; readonly countedIn: Window | undefined },
    nowMs: number,
  ): void {
    const { window: name, limit, remaining, resetInMs } = state;
    const known = this.#byName.get(name);
    const window = known ?? { limit, remaining, endMs: 0, sent: 0, nextSlotMs: 0 };
    if (known === undefined) this.#keep(name, window, nowMs);
    window.remaining = remaining;
    window.endMs = nowMs + resetInMs;
    if (countedIn !== window) window.sent += 1;
    this.#ofBucket.set(bucket, window);
  }

  block(bucket: string, untilMs: number): void {
    this.#blockedUntilMs.set(bucket, Math.max(untilMs, this.#blockedUntilMs.get(bucket) ?? 0));
  }

  #present(bucket: string, nowMs: number): Window | undefined {
    const window = this.#ofBucket.get(bucket);
    return window !== undefined && nowMs < window.endMs ? window : undefined;
  }

  #keep(name: string, window: Window, nowMs: number): void {
    for (const [other, { endMs }] of this.#byName) if (endMs < nowMs) this.#byName.delete(other);
    this.#byName.set(name, window);
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
