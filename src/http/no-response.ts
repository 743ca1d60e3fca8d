/** What to say when nothing came back: every failure of the network as a reason and one sentence. */

import { formatDuration } from "../ground/text/quantities.ts";
import type { NoResponse, NoResponseReason } from "../wire/exchange.ts";
import { TooManyJsonValues } from "../wire/parse-json-text.ts";
import { tooLarge } from "./decode-body.ts";
import { UndecodableBody } from "./undecodable-body.ts";

/** The other end, as the sentences need it. */
export interface Peer {
  /** Host and port; never credentials. */
  readonly hostAndPort: string;
  readonly timeoutMs: number;
  /** Host and port of the proxy on the way, where there is one. */
  readonly proxy: string | undefined;
}

const reasonByCode: ReadonlyMap<string, keyof typeof sentences> = new Map([
  ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
  ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
  ["ETIMEDOUT", "timeout"],
  ["ECONNREFUSED", "refused"],
  ["ECONNRESET", "reset"],
  ["ECONNABORTED", "reset"],
  ["EPIPE", "reset"],
  ["UND_ERR_SOCKET", "reset"],
  ["ENOTFOUND", "unresolved"],
  ["EAI_AGAIN", "unresolved"],
  ["EPROTO", "tls"],
]);

/**
 * The failure as a value. The error's own message is never passed on: it may quote what the server sent.
 * @throws the error itself where it is not a failure of the network but a request that can't be sent at all.
 */
export function toNoResponse(error: unknown, peer: Peer): NoResponse {
  const { code, message } = codeAndMessage(error);
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") throw error;
  const proxyStatus = /^Proxy response \((\d{3})\)/.exec(message)?.[1];
  if (proxyStatus !== undefined) return refusedByProxy(proxyStatus, peer);
  if (error instanceof UndecodableBody) return noResponse("other", `${peer.hostAndPort} ${error.message}.`);
  if (error instanceof TooManyJsonValues) {
    return noResponse("other", `${peer.hostAndPort} answered with JSON that has too many values.`);
  }
  const reason = reasonByCode.get(code) ?? (isTlsCode(code) ? "tls" : "other");
  const advice = adviceOn(reason, code);
  return {
    ...noResponse(reason, sentences[reason](code, peer)),
    ...(advice === undefined ? {} : { advice }),
  };
}

/** The answer to a request that an interrupt kept from being sent, or to a read that was given up. */
export function abortedResponse(hostAndPort: string): NoResponse {
  return noResponse("aborted", `Interrupted before ${hostAndPort} answered.`);
}

/** The answer to a request whose time is over, before its answer began or before that was complete. */
export function overdueResponse(peer: Peer, isAnswering: boolean): NoResponse {
  return noResponse("timeout", isAnswering ? unfinished(peer) : unanswered(peer));
}

type Sentence = (code: string, peer: Peer) => string;

const sentences: Readonly<Record<Exclude<NoResponseReason, "aborted">, Sentence>> = {
  timeout: (_code, peer) => unanswered(peer),
  refused: (_code, { hostAndPort, proxy }) =>
    proxy === undefined
      ? `No server is listening on ${hostAndPort}: the connection was refused.`
      : `The proxy ${proxy} for ${hostAndPort} refused the connection.`,
  reset: (_code, peer) =>
    `${peer.hostAndPort} closed the connection before its answer was complete${way(peer)}.`,
  unresolved: (_code, { hostAndPort, proxy }) =>
    `The host name of ${proxy ?? hostAndPort} could not be resolved.`,
  tls: tlsSentence,
  other: otherSentence,
};

function unanswered(peer: Peer): string {
  return `${peer.hostAndPort} did not answer within ${formatDuration(peer.timeoutMs)}${way(peer)}.`;
}

function unfinished(peer: Peer): string {
  return `${peer.hostAndPort} did not finish its answer within ${formatDuration(peer.timeoutMs)}${way(peer)}.`;
}

function way({ proxy }: Peer): string {
  return proxy === undefined ? "" : ` (through the proxy ${proxy})`;
}

function tlsSentence(code: string, { hostAndPort }: Peer): string {
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return `The TLS certificate of ${hostAndPort} has expired.`;
    case "CERT_NOT_YET_VALID":
      return `The TLS certificate of ${hostAndPort} is not valid yet.`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
    case "UND_ERR_PRX_TLS":
      return `The TLS certificate of ${hostAndPort} is for another host name.`;
    case "EPROTO":
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return `The TLS connection to ${hostAndPort} failed (${code}).`;
    default:
      return `The TLS certificate of ${hostAndPort} is not trusted (${code}).`;
  }
}

/** More than what `astro/api/judge.ts` says of every failure of that kind. */
function adviceOn(reason: NoResponseReason, code: string): string | undefined {
  if (reason === "unresolved") {
    return "Check its spelling and DNS. If this machine needs a proxy, set HTTPS_PROXY.";
  }
  return reason === "tls" ? adviceOnTls(code) : undefined;
}

function adviceOnTls(code: string): string {
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return "The operator of the server has to renew it.";
    case "CERT_NOT_YET_VALID":
      return "Check this machine's clock.";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
    case "UND_ERR_PRX_TLS":
      return "Check the host name in the URL.";
    case "EPROTO":
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return "Does the server use plain HTTP on this port?";
    default:
      return "If a private certificate authority has issued it, name that authority's file with --ca.";
  }
}

function otherSentence(code: string, { hostAndPort }: Peer): string {
  if (code === "HTTPParserError") return `${hostAndPort} answered with something that is not HTTP.`;
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return `${hostAndPort} ${tooLarge}.`;
  if (code === "UND_ERR_HEADERS_OVERFLOW") return `${hostAndPort} answered with too many headers.`;
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return `There is no route to ${hostAndPort}.`;
  return `${hostAndPort} could not be reached (${code}).`;
}

function refusedByProxy(status: string, { hostAndPort, proxy }: Peer): NoResponse {
  const wants = status === "407" ? "; it requires a user name and password in HTTPS_PROXY" : "";
  const name = proxy ?? "on the way";
  return noResponse("other", `The proxy ${name} refused to connect to ${hostAndPort} (${status})${wants}.`);
}

function noResponse(reason: NoResponseReason, message: string): NoResponse {
  return { kind: "no-response", reason, message };
}

/** OpenSSL's verification results (`node:tls`, "X509 certificate error codes") and Node's own TLS errors. */
function isTlsCode(code: string): boolean {
  return (
    /^(?:ERR_TLS_|ERR_SSL_|UND_ERR_PRX_TLS$|CERT_|CRL_|UNABLE_TO_)/.test(code) ||
    /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)$/.test(
      code,
    )
  );
}

/** The error's code; its name where it has none, as undici's parser errors. */
function codeAndMessage(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: typeof error, message: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return { code, message: error.message };
}
