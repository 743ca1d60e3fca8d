/** What Fastify received, as the router and the routes see it. */

import type { FastifyRequest } from "fastify";
import type { RawRequest } from "./answer.ts";
import { readPath } from "./routes.ts";

/** Undefined where the path is not well encoded. */
export function readRequest(request: FastifyRequest): RawRequest | undefined {
  const { method } = request;
  const target = pathAndQueryOf(request);
  const path = readPath(target.path);
  if (path === undefined) return undefined;
  return {
    method: method === "HEAD" ? "GET" : method,
    path,
    query: new URLSearchParams(target.query),
    headers: headersOf(request),
    text: typeof request.body === "string" ? request.body : "",
    // Links lead back to where the client found this server, which may be another name than its own.
    origin: `http://${request.host || `127.0.0.1:${request.socket.localPort}`}`,
  };
}

/** As they were sent. */
export function pathAndQueryOf({ url }: FastifyRequest): { readonly path: string; readonly query: string } {
  const at = url.indexOf("?");
  return at === -1 ? { path: url, query: "" } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

/** Names in lower case; the values of one that came several times are joined. */
export function headersOf({ headers }: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}
