/** Keeps requests at the pace a server allows, before it has to refuse them. */

import type { Send, WireMethod } from "../wire/exchange.ts";
import { abortedResponse } from "./no-response.ts";

/** Requests of these methods, counted together, at most so many a second. */
export interface RateLimit {
  readonly methods: readonly WireMethod[];
  readonly perSecond: number;
}

export interface PaceOptions {
  readonly limits: readonly RateLimit[];
  now(): Date;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Puts a sender under a pace; once the signal is aborted, what waits for its turn is not sent. */
export type Paced = (send: Send, signal: AbortSignal) => Send;

/**
 * A pace that all senders put under it share. Requests are spaced evenly: a token bucket that holds one token, so
 * that no window of a second sees more than the limit, however many are begun at once. A method without a limit goes
 * at once.
 */
export function createPace(options: PaceOptions): Paced {
  const paces = options.limits.map((limit) => ({ ...limit, nextFreeMs: 0 }));
  return (send, signal) => async (request) => {
    const pace = paces.find(({ methods }) => methods.includes(request.method));
    if (pace === undefined) return send(request);
    const nowMs = options.now().getTime();
    const slotMs = Math.max(nowMs, pace.nextFreeMs);
    // Taken before anything is awaited, so that two requests never share a slot.
    pace.nextFreeMs = slotMs + Math.ceil(1000 / pace.perSecond);
    if (slotMs > nowMs) await options.sleep(slotMs - nowMs, signal);
    return signal.aborted ? abortedResponse("the server") : send(request);
  };
}
