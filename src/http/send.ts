/** The sender: one request over the network and its answer as a plain value. It repeats nothing and judges nothing. */

import { setMaxListeners } from "node:events";

import type { Dispatcher } from "undici";

import type { Send, WireRequest, WireResponse } from "../wire/exchange.ts";
import { joinScimUrl } from "../wire/join-scim-url.ts";
import { parseJsonText } from "../wire/parse-json-text.ts";
import { decodeBody } from "./decode-body.ts";
import { createDispatcher } from "./dispatcher.ts";
import { requireSafeTransport } from "./loopback.ts";
import { abortedResponse, toNoResponse } from "./no-response.ts";
import { proxyFor } from "./proxy.ts";
import type { ProxyEnvironment } from "./proxy.ts";

export interface SenderOptions {
  /** SCIM base URL; Entra's flag may be appended. */
  readonly baseUrl: string;
  /** The bearer token, without `Bearer `; no `Authorization` is sent without one. */
  readonly token?: string;
  /** For connecting, for the first byte of an answer, and between two pieces of its body. */
  readonly timeoutMs: number;
  /** How many requests may be under way at once; more of them wait for their turn. */
  readonly connections: number;
  /** Once aborted, nothing more is sent and reads under way are given up. Writes are waited for: whether one happened must be known. */
  readonly signal: AbortSignal;
  /** Sent where a request brings no `User-Agent`; without it none is made up. */
  readonly userAgent?: string;
  /** Certificates (PEM) that are trusted beside the usual ones. */
  readonly caPem?: string;
  /** Where `HTTPS_PROXY` and its like are looked up; nothing is proxied without it. */
  readonly proxyEnv?: ProxyEnvironment;
}

export interface Sender {
  readonly send: Send;
  /** Waits for what is under way, then closes the connections. */
  close(): Promise<void>;
}

/**
 * A sender for one server. Redirects are answers like any other: they are never followed, so a token goes
 * nowhere else. Beside the request's own headers it sends `Host`, `Connection`, `Content-Length`, `Authorization`.
 * @throws AppError refused, for plain HTTP to another machine; usage, for a proxy variable that is no address.
 */
export function createSender(options: SenderOptions): Sender {
  const url = new URL(options.baseUrl);
  requireSafeTransport(url);
  const proxy = proxyFor(url, options.proxyEnv ?? {});
  const dispatcher = createDispatcher({
    origin: url.origin,
    proxy,
    timeoutMs: options.timeoutMs,
    connections: options.connections,
    caPem: options.caPem,
  });
  const peer = {
    hostAndPort: hostAndPort(url),
    timeoutMs: options.timeoutMs,
    proxy: proxy && hostAndPort(proxy),
  };
  const reads = readCanceller(options.signal);
  const send: Send = async (request) => {
    if (options.signal.aborted) return abortedResponse(peer.hostAndPort);
    const signal = request.method === "GET" ? reads.signal : null;
    try {
      return await receive(await dispatcher.request({ ...onTheWire(request, url, options), signal }));
    } catch (error) {
      return signal?.aborted === true ? abortedResponse(peer.hostAndPort) : toNoResponse(error, peer);
    }
  };
  return {
    send,
    close: async () => {
      reads.release();
      await dispatcher.close();
    },
  };
}

function onTheWire(request: WireRequest, url: URL, options: SenderOptions): Dispatcher.RequestOptions {
  return {
    origin: url.origin,
    path: joinScimUrl(url.pathname + url.search, request.path),
    method: request.method,
    headers: headerList(request, options),
    body: request.body === undefined ? null : JSON.stringify(request.body),
  };
}

async function receive(data: Dispatcher.ResponseData): Promise<WireResponse> {
  const headers = lowerCaseHeaders(data.headers);
  const text = await decodeBody(await data.body.bytes(), headers["content-encoding"]);
  return { kind: "response", status: data.statusCode, headers, text, json: parseJsonText(text) };
}

/** Names and values in turn, as undici takes them without changing their order or case. */
function headerList(request: WireRequest, options: SenderOptions): string[] {
  const list: string[] = [];
  let { userAgent } = options;
  for (const [name, value] of Object.entries(request.headers)) {
    const lowerCase = name.toLowerCase();
    if (lowerCase === "authorization") continue;
    if (lowerCase === "user-agent") userAgent = undefined;
    list.push(name, value);
  }
  if (userAgent !== undefined) list.push("User-Agent", userAgent);
  if (options.token !== undefined) list.push("Authorization", `Bearer ${options.token}`);
  return list;
}

/** RFC 9110 §5.3: a header that comes several times is one list. */
function lowerCaseHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  const lowerCase: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    lowerCase[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : (value ?? "");
  }
  return lowerCase;
}

/** One listener on the run's signal for any number of reads under way, and a signal of the sender's own for these. */
function readCanceller(signal: AbortSignal): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const cancel = () => controller.abort();
  signal.addEventListener("abort", cancel, { once: true });
  return { signal: controller.signal, release: () => signal.removeEventListener("abort", cancel) };
}

function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port}`;
}
