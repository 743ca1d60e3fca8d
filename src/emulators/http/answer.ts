/** One request to an emulator: hook, faults, admission, route, errors. */

import { HttpError } from "../../ground/http-error.ts";
import type { Timers } from "../../world/world.ts";
import type { EmulatedAnswer, EmulatedApi, EmulatedRequest } from "./emulated-api.ts";
import type { EmulatorFaults, FaultEffect } from "./faults.ts";
import { readBody } from "./read-body.ts";
import type { ReceivedRequest } from "./received.ts";
import type { RequestPath, RouteMatch } from "./routes.ts";
import { asSent, type SentAnswer } from "./send-answer.ts";

/** As the HTTP server received it. */
export interface RawRequest {
  readonly method: string;
  readonly path: RequestPath;
  readonly query: URLSearchParams;
  readonly headers: EmulatedRequest["headers"];
  readonly text: string;
  readonly origin: string;
}

export interface AnswerOptions {
  readonly api: EmulatedApi;
  readonly findRoute: (method: string, path: RequestPath) => RouteMatch;
  readonly faults: EmulatorFaults;
  /** Runs before anything else is done about a request: for changes of a company while it is being read. */
  readonly beforeRequest: ((request: ReceivedRequest) => void | Promise<void>) | undefined;
  /** What should not happen: a handler threw. */
  readonly onFault: (error: unknown) => void;
  readonly timers: Pick<Timers, "wait">;
  /** Aborted when the server stops. */
  readonly signal: AbortSignal;
}

/** Undefined: the connection is to be cut. */
export async function answerRequest(
  raw: RawRequest,
  received: ReceivedRequest,
  options: AnswerOptions,
): Promise<SentAnswer | undefined> {
  await options.beforeRequest?.(received);
  const { method, query } = raw;
  const effect = options.faults.strike({ method, path: raw.path.text, query });
  return effect === undefined ? asSent(await routed(raw, options)) : underFault(effect, raw, options);
}

async function underFault(
  effect: FaultEffect,
  raw: RawRequest,
  options: AnswerOptions,
): Promise<SentAnswer | undefined> {
  switch (effect.kind) {
    case "status": {
      const { status, message = "a fault that is set on this server", headers = {} } = effect;
      const answer = options.api.errorAnswer(status, message);
      return asSent({ ...answer, headers: { ...answer.headers, ...headers } });
    }
    case "cut": {
      if (effect.when === "before-request") return undefined;
      const answer = await routed(raw, options);
      return effect.when === "in-answer" ? { ...asSent(answer), isCut: true } : undefined;
    }
    case "truncate": {
      const answer = asSent(await routed(raw, options));
      return { ...answer, text: answer.text?.slice(0, Math.floor(answer.text.length / 2)) };
    }
    case "text":
      return { status: effect.status, headers: { "content-type": effect.contentType }, text: effect.text };
    case "change":
      return asSent(effect.change(await routed(raw, options), emulated(raw, {}, undefined)));
    case "delay":
      await options.timers.wait(effect.ms, options.signal);
      return asSent(await routed(raw, options));
    default:
      return effect satisfies never;
  }
}

/** The provider looks at the credentials first, then at the path, then at the body. */
async function routed(raw: RawRequest, options: AnswerOptions): Promise<EmulatedAnswer> {
  const { api, findRoute } = options;
  const match = findRoute(raw.method, raw.path);
  const params = match.kind === "found" ? match.params : {};
  try {
    const refused = api.admit(emulated(raw, params, undefined), pathOf(match));
    if (refused !== undefined) return refused;
    if (match.kind === "not-found") throw new HttpError(404, `there is no ${raw.path.text.slice(0, 500)}`);
    if (match.kind === "wrong-method") {
      const answer = api.errorAnswer(405, `${raw.method} is not allowed here`);
      return { ...answer, headers: { ...answer.headers, allow: match.allowed.join(", ") } };
    }
    const body = readBody(raw.text, raw.headers["content-type"]);
    return await match.route.handle(emulated(raw, params, body));
  } catch (error) {
    if (error instanceof HttpError) return api.errorAnswer(error.status, error.message);
    options.onFault(error);
    return api.errorAnswer(500, "the emulator failed");
  }
}

function pathOf(match: RouteMatch): string | undefined {
  if (match.kind === "not-found") return undefined;
  return match.kind === "found" ? match.route.path : match.path;
}

function emulated(
  { method, path, query, headers, origin }: RawRequest,
  params: Readonly<Record<string, string>>,
  body: EmulatedRequest["body"],
): EmulatedRequest {
  return { method: asMethod(method), path: path.text, params, query, headers, body, origin };
}

/** Methods that no provider has are refused by the router, and only admission sees them. */
function asMethod(method: string): EmulatedRequest["method"] {
  switch (method) {
    case "POST":
    case "PUT":
    case "PATCH":
    case "DELETE":
      return method;
    default:
      return "GET";
  }
}
