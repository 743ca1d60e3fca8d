/** One exchange with a given answer. */

import type { Exchange, WireResponse } from "../../src/wire/exchange.ts";

export function exchangeWith(answer: Partial<WireResponse>): Exchange {
  return {
    request: { method: "GET", path: "/Users", headers: {} },
    answer: { kind: "response", status: 200, headers: {}, text: "", json: undefined, ...answer },
    startedAt: new Date("2026-01-15T09:00:00Z"),
    durationMs: 3,
  };
}
