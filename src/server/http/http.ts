/**
 * The one adapter between Fastify and the APIs: limits, authentication, routes, errors. Fastify routes and reads; what
 * is answered, errors included, is made by the APIs.
 */

import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { HttpError } from "../../ground/http-error.ts";
import { apiOf, type Api, type Apis, type RefusedRoute } from "../api/api.ts";
import type { Caller } from "../api/caller.ts";
import {
  answersToClientErrors,
  connectionOptions,
  refuseTunnels,
  watchConnections,
  type SocketAnswers,
} from "./connections.ts";
import { asHttpError, errorAnswer } from "../api/error-answer.ts";
import type { Faults } from "../faults/faults.ts";
import type { HttpLimits } from "./limits.ts";
import { takeTurns } from "./pipelining.ts";
import type { ServerResponse } from "../api/message.ts";
import { Observation, type Observers } from "../log/observation.ts";
import { noStatus, noted, noteOf, statusOfAnswer, type WriteNotes } from "./note-write.ts";
import { notRouted, pathsForFaults } from "../api/paths.ts";
import type { FaultWait } from "../api/server-world.ts";
import { acceptEveryBody, readRequest } from "./read-request.ts";
import { sendAnswer } from "./send-answer.ts";
import { answerUnderFault } from "../faults/under-fault.ts";

export interface HttpOptions {
  readonly apis: Apis;
  /** For errors and for the audit log: other requests get none. */
  readonly newRequestId: () => string;
  readonly now: () => Date;
  readonly limits: HttpLimits;
  /** Undefined if there are no observers, which then costs nothing. */
  readonly observers: Observers | undefined;
  /** A fault of ours: answered 500, and told here. */
  readonly onFault: (error: unknown) => void;
  /** The faults that this server was told to have. */
  readonly faults: Faults;
  readonly patience: FaultWait;
  /** The audit log. */
  readonly writes: WriteNotes;
}

declare module "fastify" {
  interface FastifyReply {
    /** Undefined without observers. */
    observation: Observation | undefined;
    /** Undefined until the token has been looked at. */
    caller: Caller | undefined;
    /** Undefined until it is needed. */
    requestId: string | undefined;
  }
}

/** Builds the application; nothing listens yet. */
export function createHttpApp(options: HttpOptions): FastifyInstance {
  const { apis, limits } = options;
  const socketAnswers: SocketAnswers = {
    errorAnswer: (error) => errorAnswer(error, apis[0], options.newRequestId()),
    now: options.now,
  };
  const app = fastify({
    bodyLimit: limits.maxBodyBytes,
    ...connectionOptions(limits),
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500, querystringParser: () => ({}) },
    clientErrorHandler: answersToClientErrors(socketAnswers),
    frameworkErrors: (error, request, reply) => {
      // A URL that cannot be decoded: it is refused before any hook.
      observe(options, request, reply);
      answerError(options, request, reply, error);
    },
  });
  app.server.maxConnections = limits.maxConnections;
  refuseTunnels(app.server, socketAnswers);
  const closeUnused = watchConnections(app.server);
  app.addHook("preClose", (done) => {
    closeUnused();
    done();
  });
  acceptEveryBody(app, apis);
  app.decorateReply("observation", undefined);
  app.decorateReply("caller", undefined);
  app.decorateReply("requestId", undefined);
  // A hook that takes `done` rather than returns a promise: it runs for every request.
  const inTurn = takeTurns();
  app.addHook("onRequest", (request, reply, done) => {
    observe(options, request, reply);
    inTurn(request.raw, reply.raw, () => done(earlyRefusal(request, reply, options)));
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(options, request, reply, error));
  app.setNotFoundHandler((request, reply) => answerError(options, request, reply, notRouted(request, apis)));
  for (const api of apis) {
    for (const route of api.routes) {
      const writes = route.method !== "GET" && route.isRead !== true && api.isForClients;
      addRoute(app, api, { ...route, methods: [route.method], writes }, options);
    }
    for (const route of api.refusedRoutes) addRoute(app, api, { ...route, writes: false }, options);
  }
  return app;
}

function observe({ apis, observers }: HttpOptions, request: FastifyRequest, reply: FastifyReply): void {
  if (observers === undefined) return;
  // What a developer asks of a server is not what a client sends: it is shown, and not kept.
  const told = apiOf(apis, request.url).isForClients ? observers : { ...observers, onExchange: undefined };
  reply.observation = new Observation(request, reply.raw, told);
}

/** Why a request is not even looked at: no token, too many requests with it, or a URL that is too long. */
function earlyRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { apis, limits }: HttpOptions,
): HttpError | undefined {
  try {
    const { authenticator, rateLimiter } = apiOf(apis, request.url);
    const caller = authenticator.check(request.headers.authorization);
    reply.caller = caller;
    rateLimiter?.count(caller, request.method);
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
  if (request.url.length <= limits.maxUrlLength) return undefined;
  return new HttpError(414, `the URL is longer than ${limits.maxUrlLength} characters`);
}

interface AddedRoute extends RefusedRoute<unknown> {
  /** Whether it is noted in the audit log. */
  readonly writes: boolean;
}

function addRoute(
  app: FastifyInstance,
  api: Api,
  { methods, path, handler, writes }: AddedRoute,
  options: HttpOptions,
): void {
  app.route<{ Params: Record<string, string> }>({
    method: withHead(methods),
    url: api.prefix + path,
    handler: async (request, reply) => {
      const { caller } = reply;
      if (caller === undefined) throw new TypeError("a request is routed after its token was checked");
      const note = writes
        ? noteOf(
            { request, caller, now: options.now, requestId: () => requestIdOf(reply, options) },
            options.writes,
          )
        : undefined;
      const admit = (): unknown => api.admit(request.params, caller);
      const admitted = note === undefined ? admit() : noted(admit, note, noStatus);
      const context = admitted instanceof Promise ? await admitted : admitted;
      const act = (): Promise<ServerResponse> => handler(context, readRequest(request, api));
      const carryOut =
        note === undefined ? act : (): Promise<ServerResponse> => noted(act, note, statusOfAnswer);
      const answer = await (options.faults.areOff || !api.isForClients
        ? carryOut()
        : answerDespiteFaults({ request, reply, carryOut }, { ...options, api }));
      send(options, api, reply, answer);
    },
  });
}

/** RFC 9110 §9.1: who answers GET answers HEAD; Node leaves the body out. */
function withHead(methods: readonly string[]): string[] {
  return methods.includes("GET") ? [...methods, "HEAD"] : [...methods];
}

/** For people who look for it, in answers and in the audit log. */
function requestIdOf(reply: FastifyReply, { newRequestId }: HttpOptions): string {
  reply.requestId ??= newRequestId();
  return reply.requestId;
}

interface CarriedOut {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly carryOut: () => Promise<ServerResponse>;
}

async function answerDespiteFaults(
  { request, reply, carryOut }: CarriedOut,
  options: HttpOptions & { readonly api: Api },
): Promise<ServerResponse> {
  const { api, faults, patience } = options;
  const strike = faults.strike(request.method, pathsForFaults(api, request.url));
  if (strike === undefined) return carryOut();
  // It may wait for longer than a connection may be idle.
  request.raw.socket.setTimeout(0);
  return answerUnderFault(strike, {
    carryOut,
    errorAnswer: (error) => errorAnswer(error, api, requestIdOf(reply, options)),
    patience,
  });
}

function answerError(
  options: HttpOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): void {
  const api = apiOf(options.apis, request.url);
  const answer = errorAnswer(errorForClient(options, request, error), api, requestIdOf(reply, options));
  // Of a body that was not read to its end the rest may follow: Fastify asks for the connection to be closed then.
  const connection = reply.getHeader("connection");
  const headers =
    connection === undefined ? answer.headers : { ...answer.headers, connection: String(connection) };
  send(options, api, reply, { ...answer, ...(headers && { headers }) });
}

function errorForClient(options: HttpOptions, request: FastifyRequest, error: unknown): HttpError {
  const known = asHttpError(error, options.limits);
  if (known !== undefined) return known;
  options.onFault(error);
  return new HttpError(500, `${request.method} failed inside the server`);
}

function send({ patience }: HttpOptions, api: Api, reply: FastifyReply, answer: ServerResponse): void {
  const { mediaType } = api;
  reply.hijack();
  sendAnswer(reply.raw, reply.observation?.answered(answer, mediaType) ?? answer, { mediaType, patience });
}
