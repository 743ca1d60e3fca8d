/** The connections below a sender: a pool of them to one server, straight or through a proxy, with its trust in certificates. */

import * as tls from "node:tls";

import { Pool, ProxyAgent } from "undici";
import type { Dispatcher } from "undici";

import { maxBodyBytes } from "./decode-body.ts";

export interface DispatcherOptions {
  readonly origin: string;
  readonly proxy: URL | undefined;
  /** For connecting, to the server or to a proxy. The time of a whole request is the sender's to keep. */
  readonly timeoutMs: number;
  /** How many requests may be under way at once. */
  readonly connections: number;
  /** Certificates (PEM) that are trusted beside the usual ones. */
  readonly caPem: string | undefined;
  /** Aborted, it ends all connections, also those that are only being opened: undici would wait for these. */
  readonly end: AbortSignal;
}

/** Opens nothing yet; the caller closes it, and ends requests that take too long. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { proxy, timeoutMs, connections } = options;
  const trust = options.caPem === undefined ? {} : { ca: [...usualAuthorities(), options.caPem] };
  const connect = { ...trust, timeout: timeoutMs, signal: options.end };
  const limits = { connections, headersTimeout: 0, bodyTimeout: 0, maxResponseSize: maxBodyBytes };
  if (proxy === undefined) return new Pool(options.origin, { ...limits, connect });
  return new ProxyAgent({
    ...limits,
    uri: proxy.href,
    requestTls: connect,
    proxyTls: connect,
    // A proxy that never answers would hold its connection for five minutes.
    clientFactory: (origin, given) => new Pool(origin, { ...given, headersTimeout: timeoutMs }),
  });
}

/** What Node trusts by default: from Node 22.15 on as it was started (NODE_EXTRA_CA_CERTS, the system's store), else its own list. */
export function usualAuthorities(): readonly string[] {
  // Node 20's types don't know it yet.
  const getCACertificates: unknown = Reflect.get(tls, "getCACertificates");
  const certificates: unknown =
    typeof getCACertificates === "function" ? getCACertificates("default") : undefined;
  return Array.isArray(certificates) ? certificates.map(String) : tls.rootCertificates;
}
