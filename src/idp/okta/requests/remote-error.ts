/** What Okta makes of an answer it cannot use: the second half of the sentence in its console. */

import { isJsonObject } from "../../../ground/json.ts";
import { bodyInWords, quotation } from "../../../wire/body-in-words.ts";
import type { NoResponse, WireAnswer, WireResponse } from "../../../wire/exchange.ts";
import type { Failure, FailureCause } from "../../run/failure.ts";
import { reasonPhrase } from "../../run/reason-phrase.ts";

export interface RemoteError {
  readonly kind: "remote-error";
  /** Behind Okta's sentence: `Conflict. Errors reported by remote server: …`; undefined where Okta says nothing. */
  readonly text: string | undefined;
  /** In a few words: `409 Conflict: userName is taken`, `the answer to POST /Users has no id`. */
  readonly reason: string;
  readonly explanation: string | undefined;
  readonly cause: FailureCause;
}

/**
 * The error of an answer that is no success, by the grammar that Okta's console shows:
 * `<HTTP reason phrase>. Errors reported by remote server: <detail>`.
 */
export function remoteError(answer: WireAnswer): RemoteError {
  if (answer.kind === "no-response") {
    return {
      kind: "remote-error",
      text: connectionPhrase(answer),
      reason: inShort(answer.message),
      explanation: answer.message,
      cause: { kind: "no-response", reason: answer.reason },
    };
  }
  const detail = detailOf(answer);
  const reported = detail === undefined ? "" : ` Errors reported by remote server: ${detail}`;
  return {
    kind: "remote-error",
    text: `${reasonPhrase(answer.status)}.${reported}`,
    reason: statusInShort(answer),
    explanation: answer.remark,
    cause: { kind: "status", status: answer.status },
  };
}

/** A success whose body is no JSON object: Okta shows its parser's message. */
export function invalidJson(answer: WireResponse): RemoteError {
  return malformed(
    parserMessage(answer.text),
    `The server answered ${answer.status} with ${bodyInWords(answer)} instead of a JSON object.`,
  );
}

/** A success with a body that Okta cannot use; without a text, Okta's console shows none. */
export function malformed(text: string | undefined, explanation: string): RemoteError {
  return {
    kind: "remote-error",
    text,
    reason: inShort(explanation),
    explanation,
    cause: { kind: "malformed-answer" },
  };
}

/** The failure of a job: Okta's sentence, then what the server said. */
export function failureOf(sentence: string, { text, ...error }: RemoteError): Failure {
  return {
    ...error,
    kind: "failure",
    sentence: text === undefined ? sentence : `${sentence}: ${text}`,
  };
}

/** A failure of which no answer of the server is the cause. */
export function notSent(sentence: string, reason: string): Failure {
  return { kind: "failure", sentence, reason, explanation: undefined, cause: { kind: "not-sent" } };
}

/** `500 Internal Server Error: it is full`, or with what the body is where it is not a SCIM error. */
function statusInShort(answer: WireResponse): string {
  const { status, json, text } = answer;
  const phrase = reasonPhrase(status);
  const head = phrase.startsWith("HTTP") ? phrase : `${status} ${phrase}`;
  const detail = json === undefined ? undefined : detailOf(answer);
  if (detail !== undefined) return `${head}: ${inShort(detail, "as it is")}`;
  if (text.trim() === "" || isJsonObject(json)) return head;
  return `${head}: ${json === undefined ? bodyInWords(answer) : quotation(text)}`;
}

/** A sentence as a part of another one: without its capital and its full stop. */
function inShort(sentence: string, capital: "as it is" | "small" = "small"): string {
  const start = capital === "small" && sentence.startsWith("The ") ? "t" : sentence.charAt(0);
  return `${start}${sentence.slice(1)}`.replace(/\.$/, "");
}

/** Longer details are cut: they are text of a server that is not trusted. */
const maxDetailLength = 500;

function detailOf({ json, text }: WireResponse): string | undefined {
  if (text.trim() === "") return undefined;
  if (json === undefined) return parserMessage(text);
  const detail = isJsonObject(json) ? json["detail"] : undefined;
  return typeof detail === "string" && detail !== "" ? detail.slice(0, maxDetailLength) : undefined;
}

/** The messages of Okta's JSON parser, as its users report them for plain text and for HTML. */
function parserMessage(text: string): string {
  const start = text.trimStart();
  const first = start.charAt(0);
  if (first === "") return "Invalid JSON: No content to map due to end-of-input";
  if (/[A-Za-z]/.test(first)) return `Invalid JSON: Unrecognized token '${firstWord(start)}'`;
  if (`{["-0123456789`.includes(first)) return "Invalid JSON: the body cannot be read";
  const code = first.codePointAt(0) ?? 0;
  return (
    `Invalid JSON: Unexpected character ('${first}' (code ${code})): ` +
    "expected a valid value (number, String, array, object, 'true', 'false' or 'null')"
  );
}

function firstWord(text: string): string {
  let end = 0;
  while (end < Math.min(text.length, 50) && /[A-Za-z0-9_$]/.test(text.charAt(end))) end += 1;
  return text.slice(0, end);
}

/** Inferred from captured messages: `Connect timed out`, `Read timed out`; the others are Java's words. */
function connectionPhrase({ reason, message }: NoResponse): string {
  switch (reason) {
    case "timeout":
      return "Read timed out";
    case "refused":
      return "Connection refused";
    case "reset":
      return "Connection reset";
    case "unresolved":
      return "Unknown host";
    case "tls":
    case "aborted":
    case "other":
      return message;
    default:
      return reason satisfies never;
  }
}
