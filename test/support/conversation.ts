/** Answers a conversation from a table: no network, no clock. */

import type { JsonValue } from "../../src/ground/json.ts";
import { errorUrn, listResponseUrn } from "../../src/scim/urn.ts";
import type { Conversation } from "../../src/wire/conversation.ts";
import type {
  NoResponse,
  NoResponseReason,
  WireAnswer,
  WireRequest,
  WireResponse,
} from "../../src/wire/exchange.ts";

export interface Held<Result> {
  readonly requests: readonly WireRequest[];
  /** `GET /Users/u1`, one for each request. */
  readonly lines: readonly string[];
  readonly result: Result;
}

/** Runs a conversation; each request gets the next answer, and all of them must be used. */
export function hold<Result>(
  conversation: Conversation<Result>,
  answers: readonly WireAnswer[],
): Held<Result> {
  const requests: WireRequest[] = [];
  let step = conversation.next();
  while (!step.done) {
    const answer = answers[requests.length];
    requests.push(step.value);
    if (answer === undefined) throw new Error(`no answer for ${lineOf(step.value)}`);
    step = conversation.next(answer);
  }
  if (requests.length < answers.length) throw new Error(`only asked for ${requests.map(lineOf).join(", ")}`);
  return { requests, lines: requests.map(lineOf), result: step.value };
}

export function lineOf({ method, path }: WireRequest): string {
  return `${method} ${path}`;
}

export function json(status: number, body: JsonValue, headers: Record<string, string> = {}): WireResponse {
  const all = { "content-type": "application/scim+json", ...headers };
  return { kind: "response", status, headers: all, text: JSON.stringify(body), json: body };
}

/** An answer whose body is no JSON; none at all by default. */
export function text(status: number, body = "", headers: Record<string, string> = {}): WireResponse {
  return { kind: "response", status, headers, text: body, json: undefined };
}

export function list(...resources: readonly JsonValue[]): WireResponse {
  return json(200, {
    schemas: [listResponseUrn],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  });
}

/** A SCIM error (RFC 7644 §3.12). */
export function scimError(status: number, detail: string): WireResponse {
  return json(status, { schemas: [errorUrn], status: String(status), detail });
}

export function noResponse(reason: NoResponseReason, message = "astro.test did not answer."): NoResponse {
  return { kind: "no-response", reason, message };
}
