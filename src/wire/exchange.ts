/** A request and its answer as plain values, before and after any network. */

import type { JsonObject, JsonValue } from "../ground/json.ts";

export type WireMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request to a SCIM server, exactly as it stands on the wire; a server may be sent other methods than SCIM's. */
export interface WireRequest<Method extends string = WireMethod> {
  readonly method: Method;
  /** Below the SCIM base URL, already encoded, query included: `/Users?filter=userName%20eq%20%22a%22`. */
  readonly path: string;
  /** In the order in which the sender writes them. `Authorization` is added by the sender, not here. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON, or as a form where the `Content-Type` is `application/x-www-form-urlencoded`. */
  readonly body?: JsonObject;
}

/** The server answered; whether with what was hoped for is the caller's to judge. */
export interface WireResponse {
  readonly kind: "response";
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body, parsed; undefined where there is none or it is not JSON. */
  readonly json: JsonValue | undefined;
  /** One sentence for people, from the sender of the request: why it was not sent again. */
  readonly remark?: string;
}

export type NoResponseReason = "timeout" | "refused" | "reset" | "unresolved" | "tls" | "aborted" | "other";

/** Nothing came back; a write may or may not have happened. */
export interface NoResponse {
  readonly kind: "no-response";
  readonly reason: NoResponseReason;
  /** One sentence for people; names the host, never the token. It may be said of many requests. */
  readonly message: string;
  /** What may help; said once, with the error that ends a command. */
  readonly advice?: string;
}

export type WireAnswer = WireResponse | NoResponse;

/** On whose behalf a request was sent: that of the simulated provider, or our own, to look, to repair, to clean up. */
export type ExchangeSource = "provider" | "astro-scim";

/** A request with its answer, as a recording, a trace or a log line sees it. */
export interface Exchange<Method extends string = WireMethod> {
  /** Undefined of what was received, by a server that cannot know. */
  readonly source?: ExchangeSource;
  readonly request: WireRequest<Method>;
  readonly answer: WireAnswer;
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Sends one request and never throws for what the network or the server did. */
export type Send = (request: WireRequest) => Promise<WireAnswer>;

/** True for 200 to 299. */
export function isSuccess(answer: WireAnswer): answer is WireResponse {
  return answer.kind === "response" && answer.status >= 200 && answer.status < 300;
}
