/**
 * The one adapter between Fastify and the handlers: limits, authentication, bodies, errors. Fastify routes
 * and reads; what is answered, the protocol's errors included, is made here and in the handlers.
 */

import { Readable } from "node:stream";
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { ScimError } from "../scim/error.ts";
import type { Behaviour } from "../astro/behaviour/table.ts";
import { refuseUnadmitted } from "./admission.ts";
import type { Authenticator } from "./auth.ts";
import { astroErrorText } from "./astro-error.ts";
import { parseBody, type BodyRules } from "./body.ts";
import { answerClientError, connectionOptions, watchConnections } from "./connections.ts";
import type { ControlRoute } from "./control-routes.ts";
import { deliveryStream } from "./delivery.ts";
import { asScimError, errorResponse } from "./error-response.ts";
import type { Faults } from "./faults.ts";
import type { HttpLimits } from "./limits.ts";
import {
  scimMediaType,
  type Delivery,
  type Organization,
  type ServerRequest,
  type ServerResponse,
} from "./message.ts";
import { notRouted, pathBelow } from "./not-routed.ts";
import type { Patience } from "./patience.ts";
import { readQuery } from "./query.ts";
import type { RawAnswer, RawExchange } from "./received.ts";
import { refusedRoutes, routes, type Route } from "./routes.ts";
import { readAlong } from "./sent-pieces.ts";
import { answerUnderFault } from "./under-fault.ts";

/** One request as it was answered: what the terminal shows on one line. */
export interface ServedRequest {
  readonly method: string;
  readonly url: string;
  /** Undefined where the connection was closed before the answer. */
  readonly status: number | undefined;
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
  /** Told of each exchange in full; undefined where nobody keeps them, which then costs nothing. */
  readonly onExchange: ((exchange: RawExchange) => void) | undefined;
  /** A fault of ours: answered 500, and told here. */
  readonly onFault: (error: unknown) => void;
  /** The faults that this server was told to have. */
  readonly faults: Faults;
  readonly patience: Patience;
  /** Beside SCIM: at their own paths, for the same token. */
  readonly controlRoutes: readonly ControlRoute[];
  readonly now: () => Date;
}

declare module "fastify" {
  interface FastifyReply {
    /** What is answered, from when it is known to when it is told. */
    answer: RawAnswer | undefined;
    /** Whether anybody will want its text. */
    isWatched: boolean;
  }
}

const prefix = "/scim/v2/:organizationId";

/** Builds the application; nothing listens yet. */
export function createHttpApp(options: HttpOptions): FastifyInstance {
  const { limits } = options;
  const app = fastify({
    bodyLimit: limits.maxBodyBytes,
    ...connectionOptions(limits),
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500, querystringParser: () => ({}) },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      answerError(options, request, reply, error);
    },
  });
  app.server.maxConnections = limits.maxConnections;
  const closeUnused = watchConnections(app.server);
  app.addHook("preClose", (done) => {
    closeUnused();
    done();
  });
  acceptEveryBody(app);
  app.decorateReply("answer", undefined);
  app.decorateReply("isWatched", options.onExchange !== undefined);
  // Hooks that take `done` rather than return a promise: these two run for every request.
  app.addHook("onRequest", (request, _reply, done) => {
    done(admissionError(request, options));
  });
  app.addHook("onResponse", (request, reply, done) => {
    tell(request, reply, options);
    done();
  });
  if (options.organization().behaviour.errorBody === "astro") sendAstroErrors(app);
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(options, request, reply, error));
  app.setNotFoundHandler(async (request, reply) => send(reply, notRouted(request, options.controlRoutes)));
  for (const route of routes) addRoute(app, [route.method], route, options);
  for (const route of refusedRoutes) addRoute(app, route.methods, route, options);
  for (const route of options.controlRoutes) addControlRoute(app, route);
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

function addRoute(
  app: FastifyInstance,
  methods: readonly string[],
  route: Pick<Route, "path" | "handler">,
  options: HttpOptions,
): void {
  app.route<{ Params: Record<string, string> }>({
    method: withHead(methods),
    url: prefix + route.path,
    handler: async (request, reply) => {
      const organization = options.organization();
      const { behaviour } = organization;
      refuseUnadmitted(request.params["organizationId"], options.organizationId, behaviour);
      if (options.faults.areOff) {
        return send(reply, await route.handler(organization, plainRequest(request, behaviour)));
      }
      return answerDespiteFaults(request, reply, { route, options });
    },
  });
}

/** RFC 9110 §9.1: who answers GET answers HEAD; Node leaves the body out. */
function withHead(methods: readonly string[]): string[] {
  return methods.includes("GET") ? [...methods, "HEAD"] : [...methods];
}

function addControlRoute(app: FastifyInstance, { method, path, handler }: ControlRoute): void {
  app.route<{ Params: Record<string, string> }>({
    method: withHead([method]),
    url: path,
    handler: async (request, reply) => send(reply, await handler(plainRequest(request, controlRules))),
  });
}

/** Gives back the reply, as Fastify asks for where an answer leaves in pieces. */
async function answerDespiteFaults(
  request: FastifyRequest<{ Params: Record<string, string> }>,
  reply: FastifyReply,
  { route, options }: { readonly route: Pick<Route, "handler">; readonly options: HttpOptions },
): Promise<FastifyReply | undefined> {
  const { faults, patience } = options;
  const organization = options.organization();
  const carryOut = async (): Promise<ServerResponse> =>
    route.handler(organization, plainRequest(request, organization.behaviour));
  const strike = faults.strike(request.method, pathBelow(request.url) ?? "");
  if (strike === undefined) return send(reply, await carryOut());
  // It may wait for longer than a connection may be idle.
  request.raw.socket.setTimeout(0);
  // A connection that breaks, on this side or the other, never comes to `onResponse`.
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) tell(request, reply, options);
  });
  const answer = await answerUnderFault(strike, carryOut, patience);
  if (answer.delivery === undefined) return send(reply, answer);
  return deliver(reply, answer, { delivery: answer.delivery, patience });
}

function deliver(
  reply: FastifyReply,
  answer: ServerResponse,
  { delivery, patience }: { readonly delivery: Delivery; readonly patience: Patience },
): FastifyReply | undefined {
  if (delivery.cut === "before-answer") {
    reply.hijack();
    reply.request.raw.socket.resetAndDestroy();
    return undefined;
  }
  const text = begin(reply, answer) ?? "";
  reply.header("content-length", Buffer.byteLength(text));
  return reply.send(deliveryStream(text, delivery, patience));
}

type RequestRules = BodyRules & Pick<Behaviour, "queryNames">;

/** The control endpoint is ours: no provider has habits there, and curl names a form where it is told of no type. */
const controlRules: RequestRules = { contentType: "any", queryNames: "exact" };

function plainRequest(
  request: FastifyRequest<{ Params: Record<string, string> }>,
  rules: RequestRules,
): ServerRequest {
  const { url, headers } = request;
  const queryAt = url.indexOf("?");
  return {
    method: request.method,
    params: request.params,
    query: queryAt === -1 ? noQuery : readQuery(url.slice(queryAt + 1), rules.queryNames),
    headers,
    body: parseBody(request.body, headers["content-type"], rules),
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

function answerError(
  options: HttpOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): void {
  send(reply, responseTo(options, request, error));
}

function responseTo(options: HttpOptions, request: FastifyRequest, error: unknown): ServerResponse {
  const scimError = asScimError(error, options.limits);
  if (scimError === undefined) {
    options.onFault(error);
    return errorResponse(new ScimError(500, `${request.method} failed inside the server`));
  }
  return errorResponse(scimError);
}

/** Undefined unless the answer is a stream: Fastify is then to wait for it. */
function send(reply: FastifyReply, response: ServerResponse): FastifyReply | undefined {
  const text = begin(reply, response);
  if (response.pieces !== undefined) return sendPieces(reply, response, response.pieces);
  if (text === undefined) reply.send();
  else reply.send(text);
  return undefined;
}

/** Nothing is read of the pieces where only the head is asked for. */
function sendPieces(
  reply: FastifyReply,
  { status, headers }: ServerResponse,
  pieces: AsyncIterable<string>,
): FastifyReply {
  reply.header("content-type", scimMediaType);
  if (reply.request.method === "HEAD") return reply.send();
  if (!reply.isWatched) return reply.send(Readable.from(pieces));
  const along = readAlong(pieces);
  reply.answer = { status, ...(headers && { headers }), sentPieces: along.sentPieces };
  return reply.send(Readable.from(along.pieces));
}

/** Sets status and headers; gives back the body. */
function begin(reply: FastifyReply, response: ServerResponse): string | undefined {
  reply.answer = response;
  reply.code(response.status);
  const text = response.text ?? (response.body && JSON.stringify(response.body));
  if (text !== undefined) reply.header("content-type", scimMediaType);
  for (const [name, value] of Object.entries(response.headers ?? {})) reply.header(name, value);
  return text;
}

function sendAstroErrors(app: FastifyInstance): void {
  app.addHook("onSend", (request, reply, payload, done) => {
    const isError = reply.statusCode >= 400 && typeof payload === "string";
    const text = isError ? astroErrorText(payload, reply.statusCode, request.id) : undefined;
    if (text === undefined) {
      done(null, payload);
      return;
    }
    const contentType = "application/json; charset=utf-8";
    reply.header("content-type", contentType);
    const { headers, ...answer } = reply.answer ?? { status: reply.statusCode };
    reply.answer = { ...answer, headers: { ...headers, "content-type": contentType }, text };
    done(null, text);
  });
}

function tell(request: FastifyRequest, reply: FastifyReply, options: HttpOptions): void {
  const { method, url, headers } = request;
  // Of a connection that was closed before the answer nobody has seen a status.
  const answer = reply.raw.headersSent ? reply.answer : undefined;
  const durationMs = reply.elapsedTime;
  const detail = answer !== undefined && answer.status >= 400 ? answer.body?.["detail"] : undefined;
  options.onServed({
    method,
    url,
    status: answer?.status,
    durationMs,
    userAgent: headers["user-agent"],
    detail: typeof detail === "string" ? detail : undefined,
  });
  options.onExchange?.({
    method,
    url,
    requestHeaders: headers,
    requestText: typeof request.body === "string" ? request.body : "",
    answer,
    startedAtMs: options.now().getTime() - durationMs,
    durationMs,
  });
}
