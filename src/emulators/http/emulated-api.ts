/** An emulated management API as a value: what the HTTP server of an emulator knows of it. */

import type { JsonValue } from "../../ground/json.ts";

export interface EmulatedRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the origin, decoded, without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Of a JSON body parsed; of a form its fields; undefined without a body. */
  readonly body: JsonValue | undefined;
  /** `http://127.0.0.1:9999`: what links begin with. */
  readonly origin: string;
}

export interface EmulatedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Undefined: no body. */
  readonly body?: JsonValue;
}

export interface EmulatedRoute {
  readonly method: EmulatedRequest["method"];
  /** `/api/v1/apps/:appId/users`; a parameter takes one segment. */
  readonly path: string;
  readonly handle: (request: EmulatedRequest) => EmulatedAnswer | Promise<EmulatedAnswer>;
}

export interface EmulatedApi {
  readonly routes: readonly EmulatedRoute[];
  /** Looked at before the route: undefined lets the request pass. It has the matched route's path, undefined where none matches. */
  readonly admit: (request: EmulatedRequest, route: string | undefined) => EmulatedAnswer | undefined;
  /** In the form of the provider: 400 for a body that is no JSON, 404, 405, 500. */
  readonly errorAnswer: (status: number, message: string) => EmulatedAnswer;
}
