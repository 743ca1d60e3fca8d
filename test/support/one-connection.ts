/** A client that has one connection and sends one request after another on it, so that many of them make a known load. */

import { Client } from "undici";
import type { AstroServer } from "../../src/server/start.ts";
import type { Answer } from "./scim-client.ts";

export interface ConnectionRequest {
  readonly method: string;
  /** Below the SCIM base URL, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface OneConnection {
  send(request: ConnectionRequest): Promise<Answer>;
  close(): Promise<void>;
}

export function oneConnection(server: Pick<AstroServer, "url" | "token">): OneConnection {
  const { origin, pathname } = new URL(server.url);
  const client = new Client(origin);
  return {
    close: () => client.close(),
    send: async ({ method, path, headers, body }) => {
      const answer = await client.request({
        method: method as "GET",
        path: pathname + path,
        headers: {
          authorization: `Bearer ${server.token}`,
          ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text,
        body: text === "" ? undefined : JSON.parse(text),
      };
    },
  };
}
