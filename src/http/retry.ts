/** Repeats requests of our own client that failed for the moment. Simulated providers retry by their own rules instead. */

import type { Send, WireAnswer, WireRequest, WireResponse } from "../wire/exchange.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Limits of one request with all its repetitions. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  /** Of a server that takes its time, which is not asked again as often as one that refuses. */
  readonly maxAttemptsAfterTimeout: number;
  /** Where nothing listens: it may be starting, and mostly it is the wrong address. */
  readonly maxAttemptsAfterRefusal: number;
  /** No wait is begun that would bring their sum above this. */
  readonly maxTotalWaitMs: number;
  /** The longest first wait; it doubles with each attempt. */
  readonly firstWaitMs: number;
  /** The longest wait without `Retry-After`, which may ask for more. */
  readonly maxWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 5,
  maxAttemptsAfterTimeout: 2,
  maxAttemptsAfterRefusal: 3,
  maxTotalWaitMs: 300_000,
  firstWaitMs: 500,
  maxWaitMs: 20_000,
};

/** A wait that is about to begin. */
export interface RetryWait {
  readonly request: WireRequest;
  /** The answer that makes it necessary. */
  readonly answer: WireAnswer;
  readonly waitMs: number;
  /** The attempt that follows; 2 for the first repetition. */
  readonly attempt: number;
}

export interface RetryOptions {
  readonly policy?: RetryPolicy;
  /** How long the server asks to wait, in milliseconds, where it has its own way to say so; `Retry-After` counts without it. */
  askedToWaitMs?(answer: WireResponse, now: Date): number | undefined;
  /** Whether a request may be repeated that may have been carried out; by default where doing it twice is doing it once. */
  readonly repeats?: (request: WireRequest) => boolean;
  now(): Date;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 to 1; spreads the waits of clients that failed together. */
  random(): number;
  readonly signal: AbortSignal;
  onWait(wait: RetryWait): void;
}

/**
 * Repeats on 429, on 502 to 504, on 500 for reads, and on lost connections, as far as a repetition can't do
 * harm; `Retry-After` is honoured. The last answer is returned when attempts or patience end, or on abort.
 */
export function withRetry(send: Send, options: RetryOptions): Send {
  const policy = options.policy ?? defaultRetryPolicy;
  return async (request) => {
    let waitedMs = 0;
    let answer = await send(request);
    for (let attempt = 2; attempt <= attemptsAfter(answer, policy); attempt += 1) {
      if (options.signal.aborted || !mayRepeat(request, answer, options.repeats)) return answer;
      const waitMs = Math.ceil(waitBefore(attempt, answer, policy, options));
      if (waitedMs + waitMs > policy.maxTotalWaitMs) return answer;
      options.onWait({ request, answer, waitMs, attempt });
      await options.sleep(waitMs, options.signal);
      if (options.signal.aborted) return answer;
      waitedMs += waitMs;
      answer = await send(request);
    }
    return answer;
  };
}

function attemptsAfter(answer: WireAnswer, policy: RetryPolicy): number {
  if (answer.kind === "response") return policy.maxAttempts;
  if (answer.reason === "timeout") return policy.maxAttemptsAfterTimeout;
  return answer.reason === "refused" ? policy.maxAttemptsAfterRefusal : policy.maxAttempts;
}

/** What the server asked for, else doubling waits of which a random half is taken off. */
function waitBefore(attempt: number, answer: WireAnswer, policy: RetryPolicy, options: RetryOptions): number {
  const asked = answer.kind === "response" ? askedMs(answer, options) : undefined;
  if (asked !== undefined) return asked;
  const longest = Math.min(policy.maxWaitMs, policy.firstWaitMs * 2 ** (attempt - 2));
  return longest * (0.5 + options.random() / 2);
}

function askedMs(answer: WireResponse, options: RetryOptions): number | undefined {
  const now = options.now();
  return options.askedToWaitMs?.(answer, now) ?? retryAfterMs(answer.headers["retry-after"], now);
}

function mayRepeat(
  request: WireRequest,
  answer: WireAnswer,
  repeats: RetryOptions["repeats"] = isRepeatable,
): boolean {
  if (answer.kind === "no-response") {
    if (answer.reason === "refused") return true;
    return (answer.reason === "timeout" || answer.reason === "reset") && repeats(request);
  }
  // Refused before anything was done, whatever the method (RFC 6585 §4).
  if (answer.status === 429) return true;
  if (answer.status === 500) return request.method === "GET";
  return [502, 503, 504].includes(answer.status) && repeats(request);
}

/**
 * True where doing it twice is doing it once. RFC 9110 §9.2.2 says so of GET, PUT and DELETE; PATCH is among
 * them here, because ours set, add or remove values, and repeating that changes nothing (RFC 7644 §3.5.2.1).
 * Not with `If-Match`: had the first attempt succeeded, the second would report a conflict with ourselves.
 */
function isRepeatable(request: WireRequest): boolean {
  const isConditional = Object.keys(request.headers).some((name) => name.toLowerCase() === "if-match");
  return request.method !== "POST" && !isConditional;
}
