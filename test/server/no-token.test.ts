/** The token is in nothing that the server tells of a request, wherever a client has put it. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type RequestOptions, type ScimClient } from "../support/scim-client.ts";

// Short enough that no detail cuts it, and with signs that a URL may encode.
const token = "a/token+of=tests";
const encoded = encodeURIComponent(token);
/** As no client would do it, but as it would be read again. */
const encodedInFull = Buffer.from(token).toString("hex").replaceAll(/../g, "%$&");

let server: AstroServer;
let client: ScimClient;
let told: { url?: string }[];

beforeAll(async () => {
  server = await startServer({
    token,
    keepRequests: 1,
    onServed: (served) => told.push(served),
    onExchange: (exchange) => told.push(exchange),
  });
  client = scimClient(server);
});
beforeEach(() => {
  told = [];
});
afterAll(() => server.close());

const rows: readonly [place: string, method: string, path: string, options: RequestOptions][] = [
  ["the header where it belongs", "GET", "/Users", {}],
  ["that header, twice", "GET", "/Users", { headers: { authorization: `Bearer Bearer ${token}` } }],
  ["a header of its own", "GET", "/Users", { headers: { "x-api-token": token } }],
  ["the user agent", "GET", "/Users", { headers: { "user-agent": `client ${token}` } }],
  ["a precondition", "GET", "/Users/none", { headers: { "if-none-match": `"${token}"` } }],
  ["a parameter", "GET", `/Users?access_token=${encoded}`, {}],
  ["a parameter of SCIM's", "GET", `/Users?count=${encoded}`, {}],
  ["a parameter, in part encoded", "GET", `/Users?count=${token.replace("=", "%3d")}`, {}],
  ["a parameter, encoded in full", "GET", `/Users?count=${encodedInFull}`, {}],
  ["a filter", "GET", `/Users?filter=userName+eq+%22${encoded}%22`, {}],
  ["a broken filter", "GET", `/Users?filter=${encoded}`, {}],
  ["the id of a resource", "GET", `/Users/${encoded}`, {}],
  ["a path", "GET", `/${encoded}`, {}],
  ["a path, as it is", "GET", `/${token}`, {}],
  ["a path, encoded in full", "GET", `/${encodedInFull}`, {}],
  ["a userName", "POST", "/Users", { body: { userName: token } }],
  ["a userName that is taken", "POST", "/Users", { body: { userName: token } }],
  [
    "an attribute that nobody knows",
    "POST",
    "/Users",
    { body: { userName: "a@example.com", [token]: token } },
  ],
  ["a member", "POST", "/Groups", { body: { displayName: "data", members: [token] } }],
  [
    "a path of a PATCH",
    "PATCH",
    "/Users/none",
    { body: { Operations: [{ op: "add", path: token, value: 1 }] } },
  ],
  ["a body that is no JSON", "POST", "/Users", { text: `{"token":${token}` }],
];

test.each(rows)("%s", async (_place, method, path, options) => {
  await client.send(method, path, options);
  await expect.poll(() => told.length).toBe(2);
  const all = JSON.stringify([...told, ...server.requests()]);
  expect(all).not.toContain(token);
  expect(decodeURIComponent(told[0]?.url ?? told[1]?.url ?? token)).not.toContain(token);
});

test("what else is told stays as it was", async () => {
  await client.get("/Users?filter=userName+pr&aadOptscim062020&count=x");
  await expect.poll(() => told.length).toBe(2);
  expect(told[0]).toMatchObject({
    method: "GET",
    url: `/scim/v2/${server.organizationId}/Users?filter=userName+pr&aadOptscim062020&count=x`,
    detail: 'count must be a whole number, not "x".',
  });
});
