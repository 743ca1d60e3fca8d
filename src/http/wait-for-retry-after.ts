/** Waits where a server limits its rate and says for how long (RFC 6585 §4, RFC 9110 §10.2.3), and sends again. */

import type { Send } from "../wire/exchange.ts";
import { retryAfterMs } from "./retry-after.ts";
import type { RetryWait } from "./retry.ts";

export interface WaitOptions {
  /** No wait is begun that would bring their sum, over all requests, above this. */
  readonly maxTotalWaitMs: number;
  now(): Date;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  readonly signal: AbortSignal;
  onWait(wait: RetryWait): void;
}

/** A server that says 0 seconds again and again is taken at its word only so often. */
const maxAttempts = 10;

/** Sends as before, and repeats a request that was answered 429 with `Retry-After`; nothing else is repeated. */
export function waitForRetryAfter(send: Send, options: WaitOptions): Send {
  const { maxTotalWaitMs, signal } = options;
  let waitedMs = 0;
  return async (request) => {
    let answer = await send(request);
    for (let attempt = 2; attempt <= maxAttempts && !signal.aborted; attempt += 1) {
      if (answer.kind !== "response" || answer.status !== 429) return answer;
      const waitMs = retryAfterMs(answer.headers["retry-after"], options.now());
      if (waitMs === undefined || waitedMs + waitMs > maxTotalWaitMs) return answer;
      options.onWait({ request, answer, waitMs, attempt });
      await options.sleep(waitMs, signal);
      if (signal.aborted) return answer;
      waitedMs += waitMs;
      answer = await send(request);
    }
    return answer;
  };
}
