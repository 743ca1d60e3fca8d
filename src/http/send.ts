/** The sender: one request over the network and its answer as a plain value. It repeats nothing and judges nothing. */

import { setMaxListeners } from "node:events";

import type { Dispatcher } from "undici";

import { NoAuthorizationNow, type Authorizer } from "../wire/authorizer.ts";
import type { Send, WireAnswer, WireRequest, WireResponse } from "../wire/exchange.ts";
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
  /** The bearer token, without `Bearer `; no `Authorization` is sent without one or an `authorizer`. */
  readonly token?: string;
  /** Makes the `Authorization` of each request, in place of a token; `send` throws the AppError that it throws. */
  readonly authorizer?: Authorizer;
  /** No request changes anything, whatever its method: a token endpoint. All of them are given up at `signal`. */
  readonly onlyReads?: boolean;
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
  const sendOnce = async (request: WireRequest, authorization: Headers): Promise<WireAnswer> => {
    const isRead = request.method === "GET" || options.onlyReads === true;
    const registerCancel = isRead ? reads.add : undefined;
    try {
      const { timers, timeoutMs } = options;
      const sent = onTheWire(request, url, { userAgent: options.userAgent, authorization });
      return received(await exchange(dispatcher, sent, { timers, timeoutMs, inflation, registerCancel }));
    } catch (error) {
      if (error instanceof Cancelled) return abortedResponse(peer.hostAndPort);
      if (error instanceof TimedOut) return overdueResponse(peer, error.isAnswering);
      return toNoResponse(error, peer);
    }
  };
  const sendInTurn = authorized(sendOnce, url, options);
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

type Headers = Readonly<Record<string, string>>;

/** The sender with the authorization of each request; a request that must be repeated with another one is sent twice. */
function authorized(
  sendOnce: (request: WireRequest, authorization: Headers) => Promise<WireAnswer>,
  url: URL,
  { token, authorizer }: SenderOptions,
): Send {
  if (authorizer === undefined) {
    const authorization: Headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    return (request) => sendOnce(request, authorization);
  }
  return async (request) => {
    const { method } = request;
    const sent = { method, url: url.origin + joinScimUrl(url.pathname + url.search, request.path) };
    try {
      const answer = await sendOnce(request, await authorizer.headersFor(sent));
      if (answer.kind !== "response" || !authorizer.mustRepeat(answer)) return answer;
      return await sendOnce(request, await authorizer.headersFor(sent));
    } catch (error) {
      if (error instanceof NoAuthorizationNow) return error.answer;
      throw error;
    }
  };
}

interface Added {
  readonly userAgent: string | undefined;
  readonly authorization: Headers;
}

function onTheWire(request: WireRequest, url: URL, added: Added): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: joinScimUrl(url.pathname + url.search, request.path),
    method: request.method,
    headers: headerList(request, added),
    body: bodyText(request),
  };
}

/** As its `Content-Type` says: JSON, or the fields of a form. */
function bodyText({ headers, body }: WireRequest): string | null {
  if (body === undefined) return null;
  const isForm = Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === "content-type" && value.startsWith(formMediaType),
  );
  if (!isForm) return JSON.stringify(body);
  const fields = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(fields).toString();
}

const formMediaType = "application/x-www-form-urlencoded";

/** @throws TooManyJsonValues */
function received({ status, headers, text }: WholeAnswer): WireResponse {
  return { kind: "response", status, headers, text, json: parseJsonText(text, maxJsonValues) };
}

/** Names and values in turn, as undici takes them without changing their order or case. */
function headerList(request: WireRequest, { authorization, ...added }: Added): string[] {
  const list: string[] = [];
  let { userAgent } = added;
  for (const [name, value] of Object.entries(request.headers)) {
    const lowerCase = name.toLowerCase();
    if (lowerCase === "authorization") continue;
    if (lowerCase === "user-agent") userAgent = undefined;
    list.push(name, value);
  }
  if (userAgent !== undefined) list.push("User-Agent", userAgent);
  for (const [name, value] of Object.entries(authorization)) list.push(name, value);
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
