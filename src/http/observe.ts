/** Passes each request with its answer to the code that prints, traces or records it; secrets are removed first. */

import type { Exchange, Send } from "../wire/exchange.ts";
import { redactExchange } from "../wire/redact.ts";

export interface ObserveOptions {
  /** Called after each answer, with the redacted exchange. */
  onExchange(exchange: Exchange): void;
  /** Values that must not be shown wherever they turn up: the token. */
  readonly secrets: readonly string[];
  now(): Date;
}

/** Sends as before; every attempt is one exchange, so it goes below `withRetry`. */
export function withObserver(send: Send, options: ObserveOptions): Send {
  return async (request) => {
    const startedAt = options.now();
    const answer = await send(request);
    const durationMs = options.now().getTime() - startedAt.getTime();
    options.onExchange(redactExchange({ request, answer, startedAt, durationMs }, options.secrets));
    return answer;
  };
}
