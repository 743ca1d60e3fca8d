/**
 * Looks at the way to a server step by step: its name, the connection (through a proxy where one is set), TLS and the certificate.
 * Nothing is sent over HTTP to the server, and no token leaves this machine.
 */

import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, type PeerCertificate, type TLSSocket } from "node:tls";

import { usualAuthorities } from "./dispatcher.ts";
import { toNoResponse, type Peer } from "./no-response.ts";
import { proxyFor, type ProxyEnvironment } from "./proxy.ts";
import type { NoResponseReason } from "../wire/exchange.ts";

/** Why a step failed, and what may help. */
export interface LookFailure {
  readonly kind: "failed";
  readonly reason: NoResponseReason;
  /** One sentence for people. */
  readonly message: string;
  readonly advice: string;
}

export type Step<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | LookFailure
  /** There is nothing to do, or a step before it failed. */
  | { readonly kind: "not-needed" };

export interface TlsLook {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** Organization or name of who issued the certificate. */
  readonly issuer: string;
  readonly validTo: Date;
  /** Node's code for why the certificate is not trusted. */
  readonly trustError: string | undefined;
}

export interface ServerLook {
  readonly host: string;
  /** Host and port of the proxy on the way. */
  readonly proxy: string | undefined;
  readonly addresses: Step<readonly string[]>;
  readonly connection: Step<{ readonly ms: number }>;
  readonly tls: Step<TlsLook>;
  /** `trustError` in words. */
  readonly untrusted: LookFailure | undefined;
}

export interface LookOptions {
  readonly proxyEnv: ProxyEnvironment;
  readonly caPem: string | undefined;
  /** For each step. */
  readonly timeoutMs: number;
  readonly monotonicMs: () => number;
  readonly startTimeout: (ms: number, onTimeout: () => void) => () => void;
  readonly signal: AbortSignal;
}

const notNeeded = { kind: "not-needed" } as const;

/** @throws AppError usage, for a proxy variable that is no address */
export async function lookAtServer(url: URL, options: LookOptions): Promise<ServerLook> {
  const proxy = proxyFor(url, options.proxyEnv);
  const host = url.hostname.replaceAll(/^\[|\]$/g, "");
  const port = portOf(url);
  const peer: Peer = {
    hostAndPort: `${url.hostname}:${port}`,
    timeoutMs: options.timeoutMs,
    proxy: proxy && `${proxy.hostname}:${portOf(proxy)}`,
  };
  const looked = { host, proxy: peer.proxy, connection: notNeeded, tls: notNeeded, untrusted: undefined };
  const isName = proxy === undefined && isIP(host) === 0;
  const addresses: Step<readonly string[]> = isName
    ? await step(peer, options, async () => (await lookup(host, { all: true })).map(({ address }) => address))
    : notNeeded;
  if (addresses.kind === "failed") return { ...looked, addresses };
  const begun = options.monotonicMs();
  const connected = await step(peer, options, (until) =>
    proxy === undefined ? openTcp(host, port, until) : openTunnel(proxy, `${url.hostname}:${port}`, until),
  );
  if (connected.kind !== "done") return { ...looked, addresses, connection: connected };
  const connection = { kind: "done", value: { ms: options.monotonicMs() - begun } } as const;
  const socket = connected.value;
  try {
    if (url.protocol !== "https:") return { ...looked, addresses, connection };
    const tls = await step(peer, options, (until) => shakeHands(socket, host, options.caPem, until));
    const untrusted = tls.kind === "done" ? untrustedIn(tls.value, peer) : undefined;
    return { ...looked, addresses, connection, tls, untrusted };
  } finally {
    socket.destroy();
  }
}

/** One step within its time; what it opens is closed by `until`, which is aborted when the time is over. */
async function step<Value>(
  peer: Peer,
  { timeoutMs, startTimeout, signal }: LookOptions,
  take: (until: AbortSignal) => Promise<Value>,
): Promise<Step<Value>> {
  const end = new AbortController();
  const overdue = Object.assign(new Error("timed out"), { code: "ETIMEDOUT" });
  const stop = startTimeout(timeoutMs, () => end.abort(overdue));
  const interrupt = (): void => end.abort(Object.assign(new Error("interrupted"), { code: "ABORTED" }));
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    if (signal.aborted) interrupt();
    return { kind: "done", value: await untilAborted(take(end.signal), end.signal) };
  } catch (error) {
    return failure(error, peer);
  } finally {
    stop();
    signal.removeEventListener("abort", interrupt);
  }
}

async function untilAborted<Value>(work: Promise<Value>, until: AbortSignal): Promise<Value> {
  // What comes after the end has nobody to report to.
  work.catch(() => {});
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(until.reason instanceof Error ? until.reason : new Error("aborted"));
    if (until.aborted) abort();
    until.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject);
  });
}

async function openTcp(host: string, port: number, until: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port });
    until.addEventListener("abort", () => socket.destroy(), { once: true });
    socket.once("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}

/** RFC 9110 §9.3.6. */
async function openTunnel(proxy: URL, target: string, until: AbortSignal): Promise<Socket> {
  const { username, password } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = {
    host: target,
    ...(username === ""
      ? {}
      : { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` }),
  };
  return new Promise((resolve, reject) => {
    const to = { host: proxy.hostname.replaceAll(/^\[|\]$/g, ""), port: portOf(proxy) };
    const asked = httpRequest({
      ...to,
      ...(proxy.protocol === "https:" ? { createConnection: () => connectTls(to) } : {}),
      method: "CONNECT",
      path: target,
      headers,
    });
    until.addEventListener("abort", () => asked.destroy(), { once: true });
    asked.once("error", reject);
    asked.once("connect", ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      // As undici's, which `toNoResponse` knows.
      reject(new Error(`Proxy response (${statusCode}) !== 200 when HTTP Tunneling`));
    });
    asked.end();
  });
}

async function shakeHands(
  socket: Socket,
  host: string,
  caPem: string | undefined,
  until: AbortSignal,
): Promise<TlsLook> {
  return new Promise((resolve, reject) => {
    const secure = connectTls({
      socket,
      ...(isIP(host) === 0 ? { servername: host } : { host }),
      ...(caPem === undefined ? {} : { ca: [...usualAuthorities(), caPem] }),
      // What is wrong with a certificate is what is looked for, and nothing is sent.
      rejectUnauthorized: false,
    });
    until.addEventListener("abort", () => secure.destroy(), { once: true });
    secure.once("error", reject);
    secure.once("secureConnect", () => resolve(seenIn(secure)));
  });
}

function seenIn(secure: TLSSocket): TlsLook {
  const { issuer, valid_to: validTo } = secure.getPeerCertificate();
  // Node's types call it an Error; it is the code.
  const trustError: unknown = secure.authorizationError;
  const code = trustError instanceof Error ? codeOf(trustError) : trustError;
  return {
    protocol: secure.getProtocol() ?? "unknown",
    issuer: issuerName(issuer),
    validTo: new Date(validTo),
    trustError: secure.authorized || typeof code !== "string" ? undefined : code,
  };
}

function issuerName(issuer: PeerCertificate["issuer"] | undefined): string {
  const named = [issuer?.O, issuer?.CN].find((name) => name !== undefined && name.length > 0);
  return typeof named === "string" ? named : (named?.[0] ?? "an unnamed authority");
}

function untrustedIn({ trustError }: TlsLook, peer: Peer): LookFailure | undefined {
  if (trustError === undefined) return undefined;
  return failure(Object.assign(new Error("not trusted"), { code: trustError }), peer);
}

function failure(error: unknown, peer: Peer): LookFailure {
  const { reason, message, advice } = toNoResponse(error, peer);
  return { kind: "failed", reason, message, advice: advice ?? adviceOf[reason] };
}

const adviceOf: Readonly<Record<NoResponseReason, string>> = {
  timeout: "Check host and port, and whether a firewall or a proxy is in between (HTTPS_PROXY).",
  refused: "Check the host and port, and that the server is running.",
  reset: "Check the proxies and firewalls in between.",
  unresolved: "Check the host name in the URL.",
  tls: "Check the certificate of the server.",
  aborted: "Run it again.",
  other: "Check the URL and the network.",
};

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}
