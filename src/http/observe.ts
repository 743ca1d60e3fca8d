/** Passes each request with its answer to the code that prints, traces or records it; secrets are removed first. */

import type { Exchange, ExchangeSource, Send, WireRequest } from "../wire/exchange.ts";
import { redactExchange } from "../wire/redact.ts";

export interface ObserveOptions {
  /** Called after each answer, with the redacted exchange. */
  onExchange(exchange: Exchange): void;
  /** Who sends. */
  readonly source: ExchangeSource;
  /** The header that the sender adds to each request: it is shown with those that the request brings. */
  readonly userAgent?: string;
  /** Values that must not be shown wherever they turn up: the token. */
  readonly secrets: readonly string[] | (() => readonly string[]);
  now(): Date;
}

/** Sends as before; every attempt is one exchange, so it goes below `withRetry`. */
export function withObserver(send: Send, options: ObserveOptions): Send {
  return async (request) => {
    const startedAt = options.now();
    const answer = await send(request);
    const durationMs = options.now().getTime() - startedAt.getTime();
    const { source, secrets: known } = options;
    const secrets = typeof known === "function" ? known() : known;
    const sent = withUserAgent(request, options.userAgent);
    options.onExchange(redactExchange({ source, request: sent, answer, startedAt, durationMs }, secrets));
    return answer;
  };
}

function withUserAgent(request: WireRequest, userAgent: string | undefined): WireRequest {
  if (userAgent === undefined) return request;
  return { ...request, headers: { ...request.headers, "User-Agent": userAgent } };
}
