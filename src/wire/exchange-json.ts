/** An exchange as JSON: a line of a trace, an item of the control endpoint (docs/json.md). */

import type { JsonObject } from "../ground/json.ts";
import type { Exchange, WireAnswer } from "./exchange.ts";

/** Secrets must have been taken out before. A body that is not JSON is written as text. */
export function exchangeJson(exchange: Exchange<string>): JsonObject {
  const { source, request, answer, startedAt, durationMs } = exchange;
  const { method, path, headers, body } = request;
  return {
    ...(source === undefined ? {} : { source }),
    startedAt: startedAt.toISOString(),
    durationMs,
    request: { method, path, headers, body: body ?? null },
    answer: answerJson(answer),
  };
}

function answerJson(answer: WireAnswer): JsonObject {
  if (answer.kind === "no-response") return { status: null, reason: answer.reason, message: answer.message };
  return { status: answer.status, headers: answer.headers, body: answer.json ?? answer.text };
}
