/**
 * The one adapter between Fastify and the handlers: limits, authentication, bodies, errors. Fastify routes
 * and reads; what is answered, the protocol's errors included, is made here and in the handlers.
 */

import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { ScimError } from "../scim/error.ts";
import { Work } from "../scim/work.ts";
import type { Behaviour } from "../astro/behaviour/table.ts";
import { refuseUnadmitted } from "./admission.ts";
import type { Authenticator } from "./auth.ts";
import { parseBody, type BodyRules } from "./body.ts";
import { answersToClientErrors, connectionOptions, watchConnections } from "./connections.ts";
import type { ControlRoute } from "./control-routes.ts";
import { asScimError, errorResponse, type ErrorShape } from "./error-response.ts";
import type { Faults } from "./faults.ts";
import type { HttpLimits } from "./limits.ts";
import type { Organization, ServerRequest, ServerResponse } from "./message.ts";
import { notRouted, pathBelow } from "./not-routed.ts";
import { Observation, type Observers } from "./observation.ts";
import type { Patience } from "./patience.ts";
import { readQuery, type QueryParameters } from "./query.ts";
import { refusedRoutes, routes, type Route } from "./routes.ts";
import { sendAnswer } from "./send-answer.ts";
import { answerUnderFault } from "./under-fault.ts";

export interface HttpOptions {
  readonly organizationId: string;
  /** Known once the port is: asked for with each request. */
  readonly organization: () => Organization;
  readonly authenticator: Authenticator;
  readonly limits: HttpLimits;
  /** Undefined where nobody is to be told of anything, which then costs nothing. */
  readonly observers: Observers | undefined;
  /** A fault of ours: answered 500, and told here. */
  readonly onFault: (error: unknown) => void;
  /** The faults that this server was told to have. */
  readonly faults: Faults;
  readonly patience: Patience;
  /** Beside SCIM: at their own paths, for the same token. */
  readonly controlRoutes: readonly ControlRoute[];
  /** Undefined for SCIM's own. */
  readonly errorShape: ErrorShape | undefined;
}

declare module "fastify" {
  interface FastifyReply {
    /** Undefined where nobody watches. */
    observation: Observation | undefined;
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
    clientErrorHandler: answersToClientErrors((answer) =>
      shaped(options, answer, options.organization().newId()),
    ),
    frameworkErrors: (error, request, reply) => {
      // A URL that cannot be decoded: it is refused before any hook.
      observe(options, request, reply);
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
  app.decorateReply("observation", undefined);
  // A hook that takes `done` rather than returns a promise: it runs for every request.
  app.addHook("onRequest", (request, reply, done) => {
    observe(options, request, reply);
    done(admissionError(request, options));
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(options, request, reply, error));
  app.setNotFoundHandler((request, reply) => {
    send(options, request, reply, notRouted(request, options.controlRoutes));
  });
  for (const route of routes) addRoute(app, [route.method], route, options);
  for (const route of refusedRoutes) addRoute(app, route.methods, route, options);
  for (const route of options.controlRoutes) addControlRoute(app, route, options);
  return app;
}

function observe({ observers }: HttpOptions, request: FastifyRequest, reply: FastifyReply): void {
  if (observers !== undefined) reply.observation = new Observation(request, reply.raw, observers);
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
      const carryOut = (): Promise<ServerResponse> =>
        route.handler(organization, plainRequest(request, behaviour));
      const answer = await (options.faults.areOff
        ? carryOut()
        : answerDespiteFaults(request, carryOut, options));
      send(options, request, reply, answer);
    },
  });
}

/** RFC 9110 §9.1: who answers GET answers HEAD; Node leaves the body out. */
function withHead(methods: readonly string[]): string[] {
  return methods.includes("GET") ? [...methods, "HEAD"] : [...methods];
}

function addControlRoute(
  app: FastifyInstance,
  { method, path, handler }: ControlRoute,
  options: HttpOptions,
): void {
  app.route<{ Params: Record<string, string> }>({
    method: withHead([method]),
    url: path,
    handler: async (request, reply) => {
      send(options, request, reply, await handler(plainRequest(request, controlRules)));
    },
  });
}

async function answerDespiteFaults(
  request: FastifyRequest,
  carryOut: () => Promise<ServerResponse>,
  options: HttpOptions,
): Promise<ServerResponse> {
  const { faults, patience } = options;
  const strike = faults.strike(request.method, pathBelow(request.url) ?? "");
  if (strike === undefined) return carryOut();
  // It may wait for longer than a connection may be idle.
  request.raw.socket.setTimeout(0);
  const shape = (answer: ServerResponse): ServerResponse => shaped(options, answer, request.id);
  return answerUnderFault(strike, { carryOut, shape, patience });
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
    work: new Work(),
    isAbandoned: () => request.raw.socket.destroyed,
  };
}

const noQuery: QueryParameters = [];

/** Named, because Fastify does not keep what it finds out about others. */
const usualMediaTypes = ["application/scim+json", "application/json"];

/**
 * Bodies are read as text whatever their type says, and parsed by `parseBody`: Okta's DELETE carries a
 * Content-Type and no body, which Fastify's own JSON parser refuses.
 */
function acceptEveryBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  for (const mediaTypes of [usualMediaTypes, "*"]) {
    app.addContentTypeParser(mediaTypes, { parseAs: "string" }, (_request, body, done) => {
      done(null, body);
    });
  }
}

function answerError(
  options: HttpOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): void {
  const answer = responseTo(options, request, error);
  // Of a body that was not read to its end the rest may follow: Fastify asks for the connection to be closed then.
  const connection = reply.getHeader("connection");
  const headers =
    connection === undefined ? answer.headers : { ...answer.headers, connection: String(connection) };
  send(options, request, reply, { ...answer, ...(headers && { headers }) });
}

function responseTo(options: HttpOptions, request: FastifyRequest, error: unknown): ServerResponse {
  const scimError = asScimError(error, options.limits);
  if (scimError === undefined) {
    options.onFault(error);
    return errorResponse(new ScimError(500, `${request.method} failed inside the server`));
  }
  return errorResponse(scimError);
}

function send(
  options: HttpOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: ServerResponse,
): void {
  const shown = shaped(options, answer, request.id);
  reply.hijack();
  sendAnswer(reply.raw, reply.observation?.answered(shown) ?? shown, options.patience);
}

function shaped({ errorShape }: HttpOptions, answer: ServerResponse, requestId: string): ServerResponse {
  return errorShape === undefined ? answer : errorShape(answer, requestId);
}
