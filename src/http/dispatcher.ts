/** The connections below a sender: a pool of them to one server, straight or through a proxy, with its trust in certificates. */

import * as tls from "node:tls";

import { Pool, ProxyAgent } from "undici";
import type { Dispatcher } from "undici";

import { maxBodyBytes } from "./decode-body.ts";

export interface DispatcherOptions {
  readonly origin: string;
  readonly proxy: URL | undefined;
  /** For connecting, for the first byte of an answer, and between two pieces of its body. */
  readonly timeoutMs: number;
  /** How many requests may be under way at once. */
  readonly connections: number;
  /** Certificates (PEM) that are trusted beside the usual ones. */
  readonly caPem: string | undefined;
}

/** Opens nothing yet; the caller closes it. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { proxy, timeoutMs, connections } = options;
  const trust = options.caPem === undefined ? {} : { ca: [...usualAuthorities(), options.caPem] };
  const connect = { ...trust, timeout: timeoutMs };
  const limits = {
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxBodyBytes,
  };
  if (proxy === undefined) return new Pool(options.origin, { ...limits, connect });
  return new ProxyAgent({ ...limits, uri: proxy.href, requestTls: connect, proxyTls: connect });
}

/** What Node trusts by default: from Node 22.15 on as it was started (NODE_EXTRA_CA_CERTS, the system's store), else its own list. */
function usualAuthorities(): readonly string[] {
  // Node 20's types don't know it yet.
  const getCACertificates: unknown = Reflect.get(tls, "getCACertificates");
  const certificates: unknown =
    typeof getCACertificates === "function" ? getCACertificates("default") : undefined;
  return Array.isArray(certificates) ? certificates.map(String) : tls.rootCertificates;
}
