/** Removes our own secrets from a server's error answers, before anything can print or store them. */

import type { Send, WireAnswer, WireResponse } from "../wire/exchange.ts";
import { parseJsonText } from "../wire/parse-json-text.ts";
import { redactText } from "../wire/redact.ts";

/**
 * Sends as before. A server that repeats the token, as in `invalid token: …`, would otherwise bring it into messages,
 * reports and the provider's memory. A success is passed on as it is: it is data, and a token that happens to be a
 * word of it must not change what is compared and written.
 */
export function hideEchoedSecrets(send: Send, known: readonly string[] | (() => readonly string[])): Send {
  return async (request) => {
    const answer = await send(request);
    if (!isComplaint(answer)) return answer;
    const secrets = typeof known === "function" ? known() : known;
    const text = redactText(answer.text, secrets);
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, redactText(value, secrets)]),
    );
    return text === answer.text
      ? { ...answer, headers }
      : { ...answer, headers, text, json: parseJsonText(text) };
  };
}

function isComplaint(answer: WireAnswer): answer is WireResponse {
  return answer.kind === "response" && (answer.status < 200 || answer.status > 299);
}
