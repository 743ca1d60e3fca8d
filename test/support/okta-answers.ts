/** Small answers in the form of Okta's management API, for tests that need each of them exactly. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { createManagementApi, type ManagementWait } from "../../src/management/create-management-api.ts";
import type { ManagementApi } from "../../src/management/management-api.ts";
import { oktaDialect } from "../../src/management/okta/dialect.ts";
import { fixedToken } from "../../src/management/credentials/fixed-token.ts";
import { createSender } from "../../src/http/send.ts";
import { startHttp, type LoopbackServer } from "./loopback-server.ts";
import { seededWorld, type SeededWorld } from "./seeded-world.ts";

/** What a server answers to one request; undefined: it closes the connection. */
export interface OktaAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A text is sent as it is. */
  readonly body?: unknown;
  /** Sends only so many bytes of the body that `Content-Length` announces. */
  readonly cutAfter?: number;
}

export interface OktaRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** 1 for the first request to this server. */
  readonly number: number;
}

export type AnswerOkta = (request: OktaRequest) => OktaAnswer | undefined | Promise<OktaAnswer | undefined>;

export interface OktaLike extends LoopbackServer {
  readonly requests: readonly OktaRequest[];
}

export async function startOktaLike(answer: AnswerOkta): Promise<OktaLike> {
  const requests: OktaRequest[] = [];
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = incoming.url ?? "";
    const mark = url.indexOf("?");
    const [path, query] = mark === -1 ? [url, ""] : [url.slice(0, mark), url.slice(mark + 1)];
    const request: OktaRequest = {
      method: incoming.method ?? "",
      url,
      path,
      query: new URLSearchParams(query),
      headers: incoming.headers,
      body: await read(incoming),
      number: requests.length + 1,
    };
    requests.push(request);
    send(response, await answer(request));
  };
  const server = await startHttp((incoming, response) => void handle(incoming, response));
  return { ...server, requests };
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of incoming) text += String(piece);
  return text;
}

function send(response: ServerResponse, answer: OktaAnswer | undefined): void {
  if (answer === undefined) {
    response.destroy();
    return;
  }
  const { status = 200, headers = {}, body, cutAfter } = answer;
  const text = typeof body === "string" ? body : JSON.stringify(body ?? null);
  response.sendDate = false;
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", Buffer.byteLength(text));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string);
  if (cutAfter === undefined) response.end(text);
  else response.write(text.slice(0, cutAfter), () => response.destroy());
}

/** `Link` headers as Okta sends them: one for the page itself, one for the next page. */
export function linked(
  base: string,
  self: string,
  next: string | undefined,
): { readonly Link: readonly string[] } {
  const links = [`<${base}${self}>; rel="self"`];
  return { Link: next === undefined ? links : [...links, `<${base}${next}>; rel="next"`] };
}

export function oktaError(errorCode: string, errorSummary: string): object {
  return { errorCode, errorSummary, errorLink: errorCode, errorId: "oae1", errorCauses: [] };
}

export interface OktaClient {
  readonly api: ManagementApi;
  readonly world: SeededWorld;
  readonly waits: readonly ManagementWait[];
  readonly interrupt: () => void;
  close(): Promise<void>;
}

export interface OktaClientOptions {
  readonly token?: string;
  readonly world?: SeededWorld;
}

export const oktaToken = "00-a-token-of-okta-that-is-secret";

/** A client of the server, in a world in which no wait takes time; with the token that these answers belong to, unless said. */
export function oktaClient(
  url: string,
  { token = oktaToken, world = seededWorld({ seed: 1 }) }: OktaClientOptions = {},
): OktaClient {
  const waits: ManagementWait[] = [];
  const end = new AbortController();
  const sender = createSender({
    baseUrl: url,
    authorizer: fixedToken("SSWS", token),
    timeoutMs: 10_000,
    timers: world.timers,
    connections: 10,
    signal: end.signal,
  });
  const api = createManagementApi(sender.send, {
    dialect: oktaDialect,
    baseUrl: url,
    concurrency: 4,
    signal: end.signal,
    now: world.clock.now,
    sleep: world.timers.wait,
    random: world.random.number,
    onWait: (wait) => waits.push(wait),
  });
  return { api, world, waits, interrupt: () => end.abort(), close: () => sender.close() };
}
