/** Removes secrets from a server's error answers, before anything can print or store them. */

import type { Send, WireAnswer, WireResponse } from "../wire/exchange.ts";
import { parseJsonText } from "../wire/parse-json-text.ts";
import { redactText } from "../wire/redact.ts";
import { withoutJwts } from "../wire/shown-headers.ts";

/**
 * Sends as before. A server that repeats the token, as in `invalid token: …`, would otherwise bring it into messages,
 * reports and the provider's memory. A proof of possession and a client assertion are made for one request and are in no list: every
 * JWT goes. A success is passed on as it is: it is data, and a token that happens to be a
 * word of it must not change what is compared and written.
 */
export function hideEchoedSecrets(send: Send, known: readonly string[] | (() => readonly string[])): Send {
  return async (request) => {
    const answer = await send(request);
    if (!isComplaint(answer)) return answer;
    const secrets = typeof known === "function" ? known() : known;
    const hide = (text: string): string => withoutJwts(redactText(text, secrets));
    const text = hide(answer.text);
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, hide(value)]),
    );
    return text === answer.text
      ? { ...answer, headers }
      : { ...answer, headers, text, json: parseJsonText(text) };
  };
}

function isComplaint(answer: WireAnswer): answer is WireResponse {
  return answer.kind === "response" && (answer.status < 200 || answer.status > 299);
}
