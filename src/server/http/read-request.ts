/** What Fastify received as the handlers see it: query and body read as the API's requests are written. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import { Work } from "../../scim/work.ts";
import type { Api, Apis } from "../api/api.ts";
import { parseBody } from "../api/body.ts";
import type { ServerRequest } from "../api/message.ts";
import { readQuery, type QueryParameters } from "../api/query.ts";

/** @throws HttpError what `parseBody` throws */
export function readRequest(
  request: FastifyRequest<{ Params: Record<string, string> }>,
  { form }: Pick<Api, "form">,
): ServerRequest {
  const { url, headers } = request;
  const queryAt = url.indexOf("?");
  return {
    method: request.method,
    params: request.params,
    query: queryAt === -1 ? noQuery : readQuery(url.slice(queryAt + 1), form),
    headers,
    body: parseBody(request.body, headers["content-type"], form),
    work: new Work(),
    isAbandoned: () => request.raw.socket.destroyed,
  };
}

const noQuery: QueryParameters = [];

/**
 * Bodies are read as text whatever their type says, and parsed by `parseBody`: Okta's DELETE carries a
 * Content-Type and no body, which Fastify's own JSON parser refuses.
 */
export function acceptEveryBody(app: FastifyInstance, apis: Apis): void {
  app.removeAllContentTypeParsers();
  // The usual ones are named, because Fastify does not keep what it finds out about others.
  const usual = new Set([...apis.map(({ form }) => form.mediaType), "application/json"]);
  for (const mediaTypes of [[...usual], "*"]) {
    app.addContentTypeParser(mediaTypes, { parseAs: "string" }, (_request, body, done) => {
      done(null, body);
    });
  }
}
