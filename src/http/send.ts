/** The sender: one request over the network and its answer as a plain value. It repeats nothing and judges nothing. */

import { setMaxListeners } from "node:events";

import type { Dispatcher } from "undici";

import type { Send, WireRequest, WireResponse } from "../wire/exchange.ts";
import type { Timers } from "../world/world.ts";
import { joinScimUrl } from "../wire/join-scim-url.ts";
import { parseJsonText } from "../wire/parse-json-text.ts";
import { createInflationBudget, type InflationBudget } from "./decode-body.ts";
import { createDispatcher } from "./dispatcher.ts";
import { exchange, Cancelled, TimedOut, type WholeAnswer } from "./exchange.ts";
import { requireSafeTransport } from "./loopback.ts";
import { abortedResponse, overdueResponse, toNoResponse } from "./no-response.ts";
import { proxyFor } from "./proxy.ts";
import type { ProxyEnvironment } from "./proxy.ts";
import { createTurns } from "./turns.ts";

/**
 * `[],` is three bytes and a hundred in memory. A page that is full of members, 40 bytes each, has fewer than this in
 * `maxBodyBytes`.
 */
const maxJsonValues = 4_000_000;

export interface SenderOptions {
  /** SCIM base URL; Entra's flag may be appended. */
  readonly baseUrl: string;
  /** The bearer token, without `Bearer `; no `Authorization` is sent without one. */
  readonly token?: string;
  /** For one request from its turn to the last byte of its answer, connecting included, however slowly bytes arrive. */
  readonly timeoutMs: number;
  readonly timers: Timers;
  /** How many requests may be under way at once; more of them wait for their turn, and their time begins with it. */
  readonly connections: number;
  /** Once aborted, nothing more is sent and reads under way are given up. Writes are waited for: whether one happened must be known. */
  readonly signal: AbortSignal;
  /** Sent where a request brings no `User-Agent`; without it none is made up. */
  readonly userAgent?: string;
  /** Certificates (PEM) that are trusted beside the usual ones. */
  readonly caPem?: string;
  /** Where `HTTPS_PROXY` and its like are looked up; nothing is proxied without it. */
  readonly proxyEnv?: ProxyEnvironment;
  /** Shared by the senders of a run; one of its own without it. */
  readonly inflation?: InflationBudget;
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
  const end = new AbortController();
  setMaxListeners(0, end.signal);
  const dispatcher = createDispatcher({
    origin: url.origin,
    proxy,
    timeoutMs: options.timeoutMs,
    connections: options.connections,
    caPem: options.caPem,
    end: end.signal,
  });
  const peer = {
    hostAndPort: hostAndPort(url),
    timeoutMs: options.timeoutMs,
    proxy: proxy && hostAndPort(proxy),
  };
  const inflation = options.inflation ?? createInflationBudget();
  const turns = createTurns(options.connections);
  const reads = readsUnderWay(options.signal, () => turns.callOff());
  const sendInTurn: Send = async (request) => {
    const registerCancel = request.method === "GET" ? reads.add : undefined;
    try {
      const { timers, timeoutMs } = options;
      const sent = onTheWire(request, url, options);
      return received(await exchange(dispatcher, sent, { timers, timeoutMs, inflation, registerCancel }));
    } catch (error) {
      if (error instanceof Cancelled) return abortedResponse(peer.hostAndPort);
      if (error instanceof TimedOut) return overdueResponse(peer, error.isAnswering);
      return toNoResponse(error, peer);
    }
  };
  return {
    send: async (request) => {
      if (options.signal.aborted || !(await turns.take())) return abortedResponse(peer.hostAndPort);
      try {
        return options.signal.aborted ? abortedResponse(peer.hostAndPort) : await sendInTurn(request);
      } finally {
        turns.giveBack();
      }
    },
    close: async () => {
      await turns.idle();
      reads.release();
      // What was given up while it connected may still be at it: a graceful end would wait for that.
      end.abort();
      await dispatcher.destroy();
    },
  };
}

function onTheWire(request: WireRequest, url: URL, options: SenderOptions): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: joinScimUrl(url.pathname + url.search, request.path),
    method: request.method,
    headers: headerList(request, options),
    body: request.body === undefined ? null : JSON.stringify(request.body),
  };
}

/** @throws TooManyJsonValues */
function received({ status, headers, text }: WholeAnswer): WireResponse {
  return { kind: "response", status, headers, text, json: parseJsonText(text, maxJsonValues) };
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

interface Reads {
  /** Has `cancel` called when the run's signal is aborted, unless the returned function is called before. */
  readonly add: (cancel: () => void) => () => void;
  readonly release: () => void;
}

/** One listener on the run's signal for any number of reads under way. */
function readsUnderWay(signal: AbortSignal, alsoThen: () => void): Reads {
  const underWay = new Set<() => void>();
  const cancelAll = (): void => {
    for (const cancel of underWay) cancel();
    alsoThen();
  };
  signal.addEventListener("abort", cancelAll, { once: true });
  return {
    add: (cancel) => {
      underWay.add(cancel);
      return () => underWay.delete(cancel);
    },
    release: () => signal.removeEventListener("abort", cancelAll),
  };
}

function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port}`;
}
