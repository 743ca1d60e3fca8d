/** The one adapter between Fastify and an `EmulatedApi`: limits, bodies, connections. Fastify reads; the API answers. */

import type { ServerResponse } from "node:http";
import {
  fastify,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { HttpError } from "../../ground/http-error.ts";
import { isJsonObject } from "../../ground/json.ts";
import {
  answersToClientErrors,
  connectionOptions,
  refuseTunnels,
  watchConnections,
  type SocketAnswers,
} from "../../server/http/connections.ts";
import type { HttpLimits } from "../../server/http/limits.ts";
import { answerRequest, type AnswerOptions, type RawRequest } from "./answer.ts";
import type { EmulatedApi } from "./emulated-api.ts";
import { headersOf, pathAndQueryOf, readRequest } from "./read-request.ts";
import type { ReceivedRequest, ReceivedRequests } from "./received.ts";
import { asSent, cutConnection, sendAnswer, type SentAnswer } from "./send-answer.ts";

export interface AppParts extends AnswerOptions {
  readonly limits: HttpLimits;
  readonly received: ReceivedRequests;
  readonly now: () => Date;
}

/** Builds the application; nothing listens yet. */
export function createApp(parts: AppParts): FastifyInstance {
  const { api, limits, now } = parts;
  const socketAnswers = { errorAnswer: (error: HttpError) => socketAnswer(api, error), now };
  const app = fastify({
    bodyLimit: limits.maxBodyBytes,
    ...connectionOptions(limits),
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    routerOptions: { querystringParser: () => ({}) },
    clientErrorHandler: answersToClientErrors(socketAnswers),
    frameworkErrors: (error, _request, reply) => {
      reply.hijack();
      sendAnswer(reply.raw, asSent(api.errorAnswer(error.statusCode ?? 400, error.message)));
    },
  });
  app.server.maxConnections = limits.maxConnections;
  refuseTunnels(app.server, socketAnswers);
  const closeUnused = watchConnections(app.server);
  app.addHook("preClose", (done) => {
    closeUnused();
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) parts.onFault(error);
    reply.hijack();
    const answer = asSent(api.errorAnswer(status, status >= 500 ? "the emulator failed" : error.message));
    // Of a body that was not read to its end the rest may follow.
    sendAnswer(reply.raw, { ...answer, headers: { ...answer.headers, connection: "close" } });
  });
  const answer = (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
    answerOne(request, reply.hijack().raw, parts);
  app.all("*", answer);
  // Methods that Fastify does not route.
  app.setNotFoundHandler(answer);
  return app;
}

async function answerOne(request: FastifyRequest, reply: ServerResponse, parts: AppParts): Promise<void> {
  const raw = readRequest(request);
  const { path, query } = pathAndQueryOf(request);
  const { received, answered } = parts.received.add(
    { at: parts.now(), method: request.method, path: raw?.path.text ?? path, query },
    headersOf(request),
  );
  const refused = refusalOf(request, raw, parts);
  const answer =
    raw === undefined || refused !== undefined ? refused : await answerSafely(raw, received, parts);
  if (answer === undefined) {
    cutConnection(reply);
    return;
  }
  answered(answer.status);
  sendAnswer(reply, answer);
}

/** Why a request is not even routed. */
function refusalOf(
  { url }: FastifyRequest,
  raw: RawRequest | undefined,
  { api, limits: { maxUrlLength } }: AppParts,
): SentAnswer | undefined {
  if (url.length > maxUrlLength) {
    return asSent(api.errorAnswer(414, `the URL is longer than ${maxUrlLength} characters`));
  }
  return raw === undefined ? asSent(api.errorAnswer(400, "the path is not well encoded")) : undefined;
}

/** A hook or a change that throws is a fault of its author: it ends in a 500 and not in a request without an answer. */
async function answerSafely(
  raw: RawRequest,
  received: ReceivedRequest,
  parts: AppParts,
): Promise<SentAnswer | undefined> {
  try {
    return await answerRequest(raw, received, parts);
  } catch (error) {
    parts.onFault(error);
    return asSent(parts.api.errorAnswer(500, "the emulator failed"));
  }
}

function socketAnswer(api: EmulatedApi, error: HttpError): ReturnType<SocketAnswers["errorAnswer"]> {
  const answer = api.errorAnswer(error.status, error.message);
  const { status, headers } = asSent(answer);
  const texts = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === "string" ? value : value.join(", "),
  ]);
  return {
    status,
    headers: Object.fromEntries(texts),
    ...(isJsonObject(answer.body) && { body: answer.body }),
  };
}
