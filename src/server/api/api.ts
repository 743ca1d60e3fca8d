/** An API of the local Astro as a value: all that the HTTP server knows of it. */

import type { JsonObject } from "../../ground/json.ts";
import type { HttpError } from "../../ground/http-error.ts";
import type { Authenticator } from "./auth.ts";
import type { Caller } from "./caller.ts";
import type { RateLimiter } from "./rate-limits.ts";
import type { ServerRequest, ServerResponse } from "./message.ts";

export interface RoutePath {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the prefix. Segments; one that begins with `:` is a parameter. */
  readonly path: string;
  /** True where a POST reads: a search. */
  readonly isRead?: true;
}

export interface Route<Context> extends RoutePath {
  /** @throws HttpError, which becomes the API's error body */
  handler(context: Context, request: ServerRequest): Promise<ServerResponse>;
}

/** A path that is answered for these methods, and allows none of them. */
export interface RefusedRoute<Context> extends Omit<Route<Context>, "method"> {
  readonly methods: readonly string[];
}

/** How the requests of an API are written. */
export interface RequestForm {
  /** Of most bodies. */
  readonly mediaType: string;
  /** Whether a body may be of this type, which is in lower case and without parameters; empty where none is named. */
  acceptsBody(mediaType: string): boolean;
  /** The name by which handlers know a query parameter. */
  queryName(name: string): string;
}

export interface ErrorBody {
  readonly mediaType: string;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `Context` is what its handlers work with. */
export interface Api<Context = unknown> {
  /** `/scim/v2/:organizationId`, or `/v1`; no two APIs begin alike. */
  readonly prefix: string;
  /** What the path of a fault may be below, besides the prefix: `/v1/organizations/:organizationId`. */
  readonly faultBase?: string;
  /** For who asks for what is not there. */
  readonly location: string;
  /** Of answers, unless their headers say otherwise. */
  readonly mediaType: string;
  readonly form: RequestForm;
  readonly authenticator: Authenticator;
  /** Undefined where requests are not limited. */
  readonly rateLimiter: RateLimiter | undefined;
  /** What the handlers of one request work with. @throws HttpError if the organization does not admit requests */
  admit(params: ServerRequest["params"], caller: Caller): Context | Promise<Context>;
  readonly routes: readonly Route<Context>[];
  readonly refusedRoutes: readonly RefusedRoute<Context>[];
  errorBody(error: HttpError, requestId: string): ErrorBody;
  /** Whether it is for clients: their requests meet faults, and are kept and recorded. */
  readonly isForClients: boolean;
}

/** The APIs of one server. The first one answers for what belongs to none. */
export type Apis = readonly [Api, ...Api[]];

/** The API that a URL belongs to. */
export function apiOf(apis: Apis, url: string): Api {
  return apis.find(({ prefix }) => url.startsWith(beginningOf(prefix))) ?? apis[0];
}

/** Up to the first parameter. */
function beginningOf(prefix: string): string {
  const parameter = prefix.indexOf(":");
  return parameter === -1 ? `${prefix}/` : prefix.slice(0, parameter);
}
