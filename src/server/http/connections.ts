/** Connections of the local Astro: how long each may take, how many there may be, and what never became a request. */

import type { Server, ServerResponse as RawResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { HttpError } from "../../ground/http-error.ts";
import type { ServerResponse } from "../api/message.ts";

export interface ConnectionLimits {
  /** The head of a request must have arrived within this time, counted from the opening of the connection. */
  readonly headersTimeoutMs: number;
  /** A request must have arrived whole within this time. */
  readonly requestTimeoutMs: number;
  /** How long a connection is kept open for the next request. */
  readonly keepAliveTimeoutMs: number;
  /** A connection on which nothing moves for so long is closed: a client that does not take its answer. */
  readonly idleTimeoutMs: number;
  /** What comes beyond is closed at once. */
  readonly maxConnections: number;
}

/** More than a URL may have, so that a long one is answered 414 and not 431 (header too large). */
const maxHeaderBytes = 64 * 1024;

/** The limits in the terms of Node and Fastify. A connection may carry any number of requests. */
export function connectionOptions(limits: ConnectionLimits): {
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionTimeout: number;
  readonly http: {
    readonly maxHeaderSize: number;
    readonly headersTimeout: number;
    readonly connectionsCheckingInterval: number;
  };
} {
  const headersTimeout = Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs);
  return {
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionTimeout: limits.idleTimeoutMs,
    http: {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout,
      // Node looks each 30 seconds by default: a limit of 10 would be one of 40.
      connectionsCheckingInterval: Math.min(1_000, Math.ceil(headersTimeout / 4)),
    },
  };
}

/**
 * Watches the connections of a server; the function that it gives back closes those on which no answer is under way,
 * now and from now on. Node closes idle ones by itself, but waits for those that began a request and stopped.
 */
export function watchConnections(server: Server): () => void {
  const lastAnswers = new Map<Socket, RawResponse | undefined>();
  let isClosing = false;
  server.on("connection", (socket) => {
    if (isClosing) socket.destroy();
    lastAnswers.set(socket, undefined);
    socket.once("close", () => lastAnswers.delete(socket));
  });
  server.on("request", ({ socket }, answer) => {
    // One that is closed by now has been forgotten already.
    if (lastAnswers.has(socket)) lastAnswers.set(socket, answer);
  });
  return () => {
    isClosing = true;
    for (const [socket, answer] of lastAnswers) if (!isUnderWay(answer)) socket.destroy();
  };
}

/** From when the request is there as a whole until its answer has left. */
function isUnderWay(answer: RawResponse | undefined): boolean {
  return answer !== undefined && answer.req.complete && !answer.writableFinished;
}

export interface SocketAnswers {
  readonly errorAnswer: (error: HttpError) => ServerResponse;
  /** For `Date`, which every answer of a server with a clock has (RFC 9110 §6.6.1). */
  readonly now: () => Date;
}

/** Answers what bypasses the error handler: a header too large, a half-open connection, something that is not HTTP. */
export function answersToClientErrors(
  answers: SocketAnswers,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET") return;
    answerOnSocket(socket, clientErrors[error.code ?? ""] ?? malformed, answers);
  };
}

/** CONNECT asks for a tunnel through a proxy, and never becomes a request of a framework (RFC 9110 §9.3.6). */
export function refuseTunnels(server: Server, answers: SocketAnswers): void {
  server.on("connect", (_request, socket) => {
    // Node no longer looks after this socket: an error without a listener would end the process.
    socket.on("error", () => socket.destroy());
    socket.on("finish", () => socket.destroy());
    answerOnSocket(socket, noProxy, answers);
  });
}

type SocketError = readonly [status: number, reason: string, detail: string];

function answerOnSocket(
  socket: Duplex,
  [status, reason, detail]: SocketError,
  { errorAnswer, now }: SocketAnswers,
): void {
  if (socket.destroyed || !socket.writable) return;
  const { headers, body } = errorAnswer(new HttpError(status, detail));
  const content = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: ${headers?.["content-type"]}\r\n` +
      `Date: ${now().toUTCString()}\r\nContent-Length: ${Buffer.byteLength(content)}\r\n` +
      `Connection: close\r\n\r\n${content}`,
  );
}

const noProxy: SocketError = [501, "Not Implemented", "this server is not a proxy"];

const malformed: SocketError = [400, "Bad Request", "this is not a well-formed HTTP request"];

const clientErrors: Readonly<Record<string, SocketError>> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large", "the request's header fields are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "the request did not arrive in time"],
};
