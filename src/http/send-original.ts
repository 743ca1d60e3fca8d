/** Sends a request to a server of this process once more, exactly as it came. */

import type { Timers } from "../world/world.ts";
import { createInflationBudget } from "./decode-body.ts";
import { createDispatcher } from "./dispatcher.ts";
import { exchange } from "./exchange.ts";

export interface OriginalToSend {
  readonly method: string;
  /** Path and query, already encoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Empty where there is none. */
  readonly text: string;
}

export interface SendOriginalOptions {
  /** `http://127.0.0.1:8888`. */
  readonly origin: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly timers: Timers;
  /** Gives up waiting for the answer. */
  readonly signal: AbortSignal;
}

/** RFC 9110 §7.6.1: they are about the connection on which they came; or the sender makes them itself. */
const madeAnew: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "content-length",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Resolves when it is answered. It is sent once, with the token in place of the one that it came with, never through a proxy.
 * @throws the errors of the connection; TimedOut; Cancelled
 */
export async function sendOriginal(original: OriginalToSend, options: SendOriginalOptions): Promise<void> {
  const { origin, token, timeoutMs, timers, signal } = options;
  const end = new AbortController();
  const dispatcher = createDispatcher({
    origin,
    proxy: undefined,
    timeoutMs,
    connections: 1,
    caPem: undefined,
    end: end.signal,
  });
  const registerCancel = (cancel: () => void): (() => void) => {
    signal.addEventListener("abort", cancel, { once: true });
    return () => signal.removeEventListener("abort", cancel);
  };
  try {
    const { method, url, text } = original;
    const headers = [...headerList(original.headers), "Authorization", `Bearer ${token}`];
    await exchange(
      dispatcher,
      { origin, path: url, method, headers, body: text === "" ? null : text },
      { timers, timeoutMs, inflation: createInflationBudget(), registerCancel },
    );
  } finally {
    end.abort();
    await dispatcher.destroy();
  }
}

/** Names and values in turn, as undici takes them. */
function headerList(headers: OriginalToSend["headers"]): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined || madeAnew.has(name)) return [];
    return [value].flat().flatMap((one) => [name, one]);
  });
}
