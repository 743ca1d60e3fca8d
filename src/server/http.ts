/**
 * The one adapter between Fastify and the handlers: limits, authentication, bodies, errors. Fastify routes
 * and reads; what is answered, the protocol's errors included, is made here and in the handlers.
 */

import type { Socket } from "node:net";
import { Readable } from "node:stream";
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { ScimError, scimErrorBody } from "../scim/error.ts";
import type { Authenticator } from "./auth.ts";
import { parseBody } from "./body.ts";
import type { Organization, ServerRequest, ServerResponse } from "./message.ts";
import { allowedMethods, routes, type Route } from "./routes.ts";

export interface HttpLimits {
  readonly maxBodyBytes: number;
  readonly maxUrlLength: number;
  /** A request must have arrived whole within this time. */
  readonly requestTimeoutMs: number;
}

/** One request as it was answered: what the terminal shows on one line. */
export interface ServedRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly durationMs: number;
  readonly userAgent: string | undefined;
  /** Why it was refused, where it was. */
  readonly detail: string | undefined;
}

export interface HttpOptions {
  readonly organizationId: string;
  /** Known once the port is: asked for with each request. */
  readonly organization: () => Organization;
  readonly authenticator: Authenticator;
  readonly limits: HttpLimits;
  readonly onServed: (served: ServedRequest) => void;
  /** A fault of ours: answered 500, and told here. */
  readonly onFault: (error: unknown) => void;
}

const scimMediaType = "application/scim+json; charset=utf-8";
const prefix = "/scim/v2/:organizationId";
const maxHeaderBytes = 64 * 1024;

/** Builds the application; nothing listens yet. */
export function createHttpApp(options: HttpOptions): FastifyInstance {
  const { limits } = options;
  const app = fastify({
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    // More than a URL may have, so that a long one is told so (414) and not that its header is too large (431).
    http: { maxHeaderSize: maxHeaderBytes },
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500, querystringParser: () => ({}) },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      answerError(options, request, reply, error);
    },
  });
  acceptEveryBody(app);
  // Hooks that take `done` rather than return a promise: these two run for every request.
  app.addHook("onRequest", (request, _reply, done) => {
    done(admissionError(request, options));
  });
  app.addHook("onResponse", (request, reply, done) => {
    options.onServed(served(request, reply));
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(options, request, reply, error));
  app.setNotFoundHandler(async (request, reply) => send(reply, notRouted(request)));
  for (const route of routes) addRoute(app, route, options);
  return app;
}

/** Why a request is not even looked at: no token, or a URL that is too long. */
function admissionError(
  request: FastifyRequest,
  { authenticator, limits }: HttpOptions,
): ScimError | undefined {
  try {
    authenticator.check(request.headers.authorization);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  if (request.url.length <= limits.maxUrlLength) return undefined;
  return new ScimError(414, `the URL is longer than ${limits.maxUrlLength} characters`);
}

function addRoute(app: FastifyInstance, route: Route, options: HttpOptions): void {
  app.route<{ Params: Record<string, string> }>({
    method: route.method,
    url: prefix + route.path,
    handler: async (request, reply) => {
      if (request.params["organizationId"] !== options.organizationId) {
        throw new ScimError(404, `there is no organization ${request.params["organizationId"] ?? ""} here`);
      }
      return send(reply, await route.handler(options.organization(), plainRequest(request)));
    },
  });
}

function plainRequest(request: FastifyRequest<{ Params: Record<string, string> }>): ServerRequest {
  const { url, headers } = request;
  const queryAt = url.indexOf("?");
  return {
    method: request.method,
    params: request.params,
    query: queryAt === -1 ? noQuery : new URLSearchParams(url.slice(queryAt + 1)),
    headers,
    body: parseBody(request.body, headers["content-type"]),
  };
}

const noQuery = new URLSearchParams();

/**
 * Bodies are read as text whatever their type says, and parsed by `parseBody`: Okta's DELETE carries a
 * Content-Type and no body, which Fastify's own JSON parser refuses.
 */
function acceptEveryBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
}

function notRouted(request: FastifyRequest): ServerResponse {
  const path = request.url.split("?")[0] ?? "";
  const below = /^\/scim\/v2\/[^/]+(?<rest>\/.*)?$/.exec(path)?.groups?.["rest"];
  const allowed = below === undefined ? [] : allowedMethods(below);
  if (allowed.length === 0) {
    const detail = `there is nothing at ${path.slice(0, 200)}; SCIM is at /scim/v2/{organizationId}/Users and /Groups`;
    return { status: 404, body: scimErrorBody(new ScimError(404, detail)) };
  }
  const detail = `${request.method} is not allowed here; allowed: ${allowed.join(", ")}`;
  return {
    status: 405,
    headers: { allow: allowed.join(", ") },
    body: scimErrorBody(new ScimError(405, detail)),
  };
}

function answerError(
  options: HttpOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): void {
  send(reply, errorResponse(options, request, error));
}

function errorResponse(options: HttpOptions, request: FastifyRequest, error: unknown): ServerResponse {
  const scimError = asScimError(options, error);
  if (scimError === undefined) {
    options.onFault(error);
    return {
      status: 500,
      body: scimErrorBody(new ScimError(500, `${request.method} failed inside the server`)),
    };
  }
  const headers = scimError.status === 401 ? { "www-authenticate": 'Bearer realm="Astro"' } : {};
  return { status: scimError.status, headers, body: scimErrorBody(scimError) };
}

function asScimError(options: HttpOptions, error: unknown): ScimError | undefined {
  if (error instanceof ScimError) return error;
  const status = statusOf(error);
  if (status === 413)
    return new ScimError(413, `the body is larger than ${options.limits.maxBodyBytes} bytes`);
  if (status === undefined || status >= 500 || !(error instanceof Error)) return undefined;
  return new ScimError(status, error.message);
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

/** Undefined unless the answer is a stream: Fastify is then to wait for it. */
function send(reply: FastifyReply, response: ServerResponse): FastifyReply | undefined {
  const detail = response.status >= 400 ? response.body?.["detail"] : undefined;
  if (typeof detail === "string") details.set(reply, detail);
  reply.code(response.status);
  for (const [name, value] of Object.entries(response.headers ?? {})) reply.header(name, value);
  if (response.pieces !== undefined) {
    return reply.header("content-type", scimMediaType).send(Readable.from(response.pieces));
  }
  const text = response.text ?? (response.body && JSON.stringify(response.body));
  if (text === undefined) reply.send();
  else reply.header("content-type", scimMediaType).send(text);
  return undefined;
}

/** Kept from the answer to the moment when it is told. */
const details = new WeakMap<FastifyReply, string>();

function served(request: FastifyRequest, reply: FastifyReply): ServedRequest {
  return {
    detail: details.get(reply),
    method: request.method,
    url: request.url,
    status: reply.statusCode,
    durationMs: reply.elapsedTime,
    userAgent: request.headers["user-agent"],
  };
}

/** What never became a request (a header too large, a half-open connection) bypasses Fastify's error handler. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) return;
  const [status, reason, detail] = clientErrors[error.code ?? ""] ?? malformed;
  const body = JSON.stringify(scimErrorBody(new ScimError(status, detail)));
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: ${scimMediaType}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const malformed: readonly [number, string, string] = [
  400,
  "Bad Request",
  "this is not a well-formed HTTP request",
];

const clientErrors: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large", "the request's header fields are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "the request did not arrive in time"],
};
