/** A local Astro behind a server that passes everything on, except where a test lies in its place; HTTP or HTTPS. */

import { readFileSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { request as send } from "undici";
import { startHttp, startHttps } from "./loopback-server.ts";

/** A request as it arrived, with the query as it stands on the wire. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

/** An answer in the place of Astro's. */
export interface Lie {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

export interface Behind {
  readonly url: string;
}

/** What Astro answered, for lies that change it. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // A test knows what it asked for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
}

export interface Front {
  /** Instead of Astro: undefined passes the request on. */
  readonly instead?: (request: Arrived) => Lie | undefined | Promise<Lie | undefined>;
  /** Of what Astro answered. */
  readonly changed?: (request: Arrived, told: Told) => Lie | undefined;
}

const pem = (name: string): string => readFileSync(caFile(name), "utf8");

/** A file of the test authority. */
export function caFile(name = "ca.pem"): string {
  return fileURLToPath(new URL(`tls/${name}`, import.meta.url));
}

/** The SCIM base URL of the front; it ends with the test. */
export async function startFront(
  astro: Behind,
  front: Front,
  tls?: { readonly cert: string },
): Promise<{ readonly url: string; readonly port: number; readonly arrived: readonly Arrived[] }> {
  const { origin, pathname } = new URL(astro.url);
  const arrived: Arrived[] = [];
  const listener: RequestListener = (incoming, outgoing) => {
    relay(incoming, outgoing, { origin, front, arrived }).catch(() => outgoing.destroy());
  };
  const server =
    tls === undefined
      ? await startHttp(listener)
      : await startHttps({ key: pem("server.key"), cert: pem(tls.cert) }, listener);
  onTestFinished(server.close);
  return { url: server.url + pathname, port: server.port, arrived };
}

interface Relaying {
  readonly origin: string;
  readonly front: Front;
  readonly arrived: Arrived[];
}

async function relay(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { origin, front, arrived }: Relaying,
): Promise<void> {
  const { method = "GET", url: path = "/", headers } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const request = { method, path, headers };
  arrived.push(request);
  const lie = await front.instead?.(request);
  if (lie !== undefined) return answer(outgoing, lie);
  const { host: _host, connection: _connection, ...passed } = headers;
  const body = Buffer.concat(chunks);
  const told = await send(origin + path, {
    method: method as "GET",
    headers: passed,
    body: body.length === 0 ? null : body,
  });
  const text = await told.body.text();
  const json: unknown = text === "" ? undefined : JSON.parse(text);
  const kept = Object.fromEntries(
    ["content-type", "x-astro-iam", "retry-after"].flatMap((name) => {
      const value = told.headers[name];
      return typeof value === "string" ? [[name, value] as const] : [];
    }),
  );
  const changed = front.changed?.(request, { status: told.statusCode, headers: kept, json });
  return answer(outgoing, { status: told.statusCode, headers: kept, text, ...changed });
}

function answer(outgoing: ServerResponse, { status = 200, headers, json, text = "" }: Lie): void {
  const type = json === undefined ? {} : { "content-type": "application/scim+json" };
  outgoing.writeHead(status, { ...type, ...headers });
  outgoing.end(json === undefined ? text : JSON.stringify(json));
}
