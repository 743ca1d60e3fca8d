/** A plain client for tests of the local Astro: one function a method, the token and JSON taken care of. */

import { request } from "undici";
import type { AstroServer } from "../../src/server/start.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // Tests read what they expect to be there; what is not there fails the test.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is, in the place of a body to stringify. */
  readonly text?: string;
}

export interface ScimClient {
  send(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, ...operations: unknown[]): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Makes a user and gives back its id. */
  user(userName: string, attributes?: object): Promise<string>;
  /** Makes a Team with these members and gives back its id. */
  team(displayName: string, ...memberIds: string[]): Promise<string>;
}

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export function scimClient(server: Pick<AstroServer, "url" | "token">): ScimClient {
  const send = async (method: string, path: string, options: RequestOptions = {}): Promise<Answer> => {
    const body = options.text ?? (options.body === undefined ? null : JSON.stringify(options.body));
    const response = await request(server.url + path, {
      method: method as "GET",
      headers: {
        authorization: `Bearer ${server.token}`,
        ...(options.body === undefined ? {} : { "content-type": "application/scim+json" }),
        ...options.headers,
      },
      body,
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text, body: parsed(text) };
  };
  const client: ScimClient = {
    send,
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, { body }),
    put: (path, body) => send("PUT", path, { body }),
    patch: (path, ...operations) =>
      send("PATCH", path, { body: { schemas: [patchOp], Operations: operations } }),
    delete: (path) => send("DELETE", path),
    user: async (userName, attributes = {}) => idOf(await client.post("/Users", { userName, ...attributes })),
    team: async (displayName, ...ids) =>
      idOf(await client.post("/Groups", { displayName, members: ids.map((value) => ({ value })) })),
  };
  return client;
}

function idOf(answer: Answer): string {
  if (answer.status !== 201) throw new Error(`expected 201, got ${answer.status}: ${answer.text}`);
  return answer.body.id as string;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
