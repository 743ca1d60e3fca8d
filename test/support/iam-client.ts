/** A plain client for tests of Astro's own API: below one organization, with the token and JSON taken care of. */

import { request } from "undici";
import type { AstroServer } from "../../src/server/start.ts";
import type { Answer } from "./scim-client.ts";

export interface IamClient {
  /** `path` is below the server: `/v1/users/self`. */
  send(
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly text?: string },
  ): Promise<Answer>;
  /** `path` is below the organization: `/users`. */
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Makes a Team and gives back its ID. */
  team(name: string, more?: object): Promise<string>;
}

type Target = Pick<AstroServer, "apiUrl" | "token" | "organizationId">;

export function iamClient({ apiUrl, token, organizationId }: Target, version = "/v1"): IamClient {
  const origin = apiUrl.replace(/\/v1$/, "");
  const send: IamClient["send"] = async (method, path, { body, text } = {}) => {
    const sent = text ?? (body === undefined ? null : JSON.stringify(body));
    const response = await request(origin + path, {
      method: method as "GET",
      headers: {
        authorization: `Bearer ${token}`,
        ...(sent === null ? {} : { "content-type": "application/json" }),
      },
      body: sent,
    });
    const answered = await response.body.text();
    const { statusCode: status, headers } = response;
    return { status, headers, text: answered, body: answered === "" ? undefined : JSON.parse(answered) };
  };
  const inside = (path: string): string => `${version}/organizations/${organizationId}${path}`;
  const client: IamClient = {
    send,
    get: (path) => send("GET", inside(path)),
    post: (path, body) => send("POST", inside(path), { body }),
    delete: (path) => send("DELETE", inside(path)),
    team: async (name, more = {}) => {
      const answer = await client.post("/teams", { name, ...more });
      if (answer.status !== 200) throw new Error(`expected 200, got ${answer.status}: ${answer.text}`);
      return answer.body.id as string;
    },
  };
  return client;
}
