/** Keeps requests at the pace a server allows, before it has to refuse them. */

import type { Send, WireMethod } from "../wire/exchange.ts";
import { abortedResponse } from "./no-response.ts";

/** Requests of these methods, counted together, at most so many a second. */
export interface RateLimit {
  readonly methods: readonly WireMethod[];
  readonly perSecond: number;
}

export interface RateOptions {
  readonly limits: readonly RateLimit[];
  now(): Date;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Spaces requests evenly: a token bucket that holds one token, so that no window of a second sees more than the
 * limit, however many requests are begun at once. A method without a limit goes at once.
 */
export function withRate(send: Send, options: RateOptions): Send {
  const paces = options.limits.map((limit) => ({ ...limit, nextFreeMs: 0 }));
  return async (request) => {
    const pace = paces.find(({ methods }) => methods.includes(request.method));
    if (pace === undefined) return send(request);
    const nowMs = options.now().getTime();
    const slotMs = Math.max(nowMs, pace.nextFreeMs);
    // Taken before anything is awaited, so that two requests never share a slot.
    pace.nextFreeMs = slotMs + Math.ceil(1000 / pace.perSecond);
    if (slotMs > nowMs) await options.sleep(slotMs - nowMs, options.signal);
    if (options.signal.aborted) return abortedResponse("the server");
    return send(request);
  };
}
