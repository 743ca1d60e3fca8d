/**
 * Exchanges as an HTTP Archive: HAR 1.2 (Jan Odvarko, "HAR 1.2 Spec"). What the format requires but is unknown
 * is -1, as the specification says.
 */

import type { JsonObject } from "../ground/json.ts";
import type { Exchange, WireResponse } from "../wire/exchange.ts";

/**
 * What stands before, between and after the entries of an archive. The text is an archive after each entry, and
 * an entry is one line.
 */
export interface HarFrame {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
}

export function harFrame(creator: { readonly name: string; readonly version: string }): HarFrame {
  const log = JSON.stringify({ version: "1.2", creator: { ...creator }, entries: [] });
  return { head: `{"log":${log.slice(0, -2)}\n`, between: ",\n", tail: "\n]}}\n" };
}

/**
 * The absolute URL of what a client wrote into its request line (RFC 9112 §3.2): a path and query, `*`, or a whole URL as
 * a proxy is sent. Clients write anything there: what no URL can be made of is the URL of the server.
 */
export function requestedUrl(target: string, origin: string): string {
  if (target.startsWith("/")) return origin + target;
  return URL.canParse(target, `${origin}/`) ? new URL(target, `${origin}/`).href : `${origin}/`;
}

/** One entry; `url` is absolute. The secrets of the exchange and of the URL must have been taken out before. */
export function harEntry(exchange: Exchange<string>, url: string): JsonObject {
  const { source, startedAt, durationMs, answer } = exchange;
  return {
    // HAR 1.2, "Custom Fields": their names begin with an underscore.
    ...(source === undefined ? {} : { _source: source }),
    startedDateTime: startedAt.toISOString(),
    time: durationMs,
    request: harRequest(exchange.request, new URL(url)),
    response: answer.kind === "response" ? harResponse(answer) : withoutResponse,
    ...(answer.kind === "response" ? {} : { comment: answer.message }),
    cache: {},
    // It is unknown how long sending the request and receiving the answer took.
    timings: { send: 0, wait: durationMs, receive: 0 },
  };
}

function harRequest({ method, headers, body }: Exchange<string>["request"], url: URL): JsonObject {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return {
    method,
    url: url.href,
    httpVersion,
    cookies: [],
    headers: namesAndValues(Object.entries(headers)),
    queryString: namesAndValues(url.searchParams),
    ...(text === undefined ? {} : { postData: { mimeType: mediaType(headers), text } }),
    headersSize: -1,
    bodySize: text === undefined ? 0 : byteLength(text),
  };
}

function harResponse({ status, headers, text }: WireResponse): JsonObject {
  return {
    status,
    statusText: "",
    httpVersion,
    cookies: [],
    headers: namesAndValues(Object.entries(headers)),
    content: { size: byteLength(text), mimeType: mediaType(headers), text },
    redirectURL: headers["location"] ?? "",
    headersSize: -1,
    bodySize: byteLength(text),
  };
}

/** As browsers write a request that was never answered. */
const withoutResponse: JsonObject = {
  status: 0,
  statusText: "",
  httpVersion: "",
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: "x-unknown" },
  redirectURL: "",
  headersSize: -1,
  bodySize: -1,
};

const httpVersion = "HTTP/1.1";

function namesAndValues(pairs: Iterable<readonly [string, string]>): readonly JsonObject[] {
  return Array.from(pairs, ([name, value]) => ({ name, value }));
}

function mediaType(headers: Readonly<Record<string, string>>): string {
  return headers["content-type"] ?? "";
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
