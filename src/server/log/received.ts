/** One request as the server received it, with its answer: raw, and as it may be shown. */

import type { FaultSettings } from "../../fault/fault.ts";
import { isJsonObject } from "../../ground/json.ts";
import type { Exchange } from "../../wire/exchange.ts";
import { parseJsonText } from "../../wire/parse-json-text.ts";
import { redactExchange } from "../../wire/redact.ts";
import type { ServerResponse } from "../api/message.ts";
import type { SentPieces } from "./sent-pieces.ts";

/** A request to the local Astro with its answer; any method may have come. */
export interface ReceivedExchange extends Exchange<string> {
  /** Path and query as they came, where `request.path` is below the SCIM base URL. */
  readonly url: string;
}

/** As it came and left: nothing is parsed, and nothing is taken out. */
export interface RawExchange {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Names in lower case. */
  readonly requestHeaders: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as text; empty where there is none. */
  readonly requestText: string;
  /** Undefined where the connection was closed before the answer. */
  readonly answer: RawAnswer | undefined;
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** The faults that struck it; none by default. */
  readonly faults?: readonly FaultSettings[];
  /** A note stands in place of its bodies. */
  readonly isWithoutBodies?: boolean;
}

/** What the handlers answered; of an answer that left in pieces, what was read along. */
export type RawAnswer = Pick<ServerResponse, "status" | "headers" | "body" | "text" | "detail"> & {
  /** What its body is unless the headers say otherwise. */
  readonly mediaType: string;
  readonly sentPieces?: SentPieces;
};

/** Secrets to remove from an exchange, and the base of its path. */
export interface RedactionOptions {
  /** Path of the SCIM base URL. */
  readonly base: string;
  readonly secrets: readonly string[];
}

/** Parsed and without its secrets. The path is below `base` where it is there, and whole where it is not. */
export function shownExchange(raw: RawExchange, { base, secrets }: RedactionOptions): ReceivedExchange {
  // A body that is not a JSON object may contain a password that cannot be found: it is left out.
  const body = parseJsonText(raw.requestText);
  const { method, url, startedAtMs, durationMs } = raw;
  const headers = plainHeaders(raw.requestHeaders);
  const shown = redactExchange(
    {
      request: { method, path: url, headers, ...(isJsonObject(body) ? { body } : {}) },
      answer: answerOf(raw.answer),
      startedAt: new Date(startedAtMs),
      durationMs,
    },
    secrets,
  );
  const { request } = shown;
  const path = request.path.startsWith(`${base}/`) ? request.path.slice(base.length) : request.path;
  return { ...shown, url: request.path, request: { ...request, path } };
}

function answerOf(answer: RawAnswer | undefined): ReceivedExchange["answer"] {
  if (answer === undefined) {
    return { kind: "no-response", reason: "reset", message: "the connection was closed before the answer" };
  }
  const { status, headers, mediaType } = answer;
  const text = textOf(answer);
  const ofBody = text === "" ? {} : { "content-type": mediaType };
  return { kind: "response", status, headers: { ...ofBody, ...headers }, text, json: parseJsonText(text) };
}

function textOf({ body, text, sentPieces }: RawAnswer): string {
  if (sentPieces !== undefined) return sentPieces.text();
  return text ?? (body === undefined ? "" : JSON.stringify(body));
}

function plainHeaders(headers: RawExchange["requestHeaders"]): Readonly<Record<string, string>> {
  const shown = Object.entries(headers).flatMap(([name, value]): readonly [string, string][] => {
    if (value === undefined) return [];
    return [[name, typeof value === "string" ? value : value.join(", ")]];
  });
  return Object.fromEntries(shown);
}
