/** Every answer has the media type of RFC 7644 §8.1, without a parameter unless the server is told to send one. */

import { once } from "node:events";
import net from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Behaviour } from "../../src/astro/behaviour/table.ts";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";

const bulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

interface Held {
  readonly client: ScimClient;
  readonly ada: string;
  readonly team: string;
}

const answers: readonly (readonly [string, number, (held: Held) => Promise<Answer>])[] = [
  ["a list", 200, ({ client }) => client.get("/Users")],
  ["a list in full", 200, ({ client }) => client.get("/Groups?sortBy=displayName")],
  ["the root", 200, ({ client }) => client.get("/")],
  ["a look-up", 200, ({ client }) => client.get('/Users?filter=userName+eq+"ada@example.com"')],
  ["a search", 200, ({ client }) => client.post("/.search", { schemas: [searchRequest] })],
  ["a user", 200, ({ client, ada }) => client.get(`/Users/${ada}`)],
  ["a Team that is sent as a stream", 200, ({ client, team }) => client.get(`/Groups/${team}`)],
  ["a list that is sent as a stream", 200, ({ client }) => client.get("/Groups")],
  ["the head of a list", 200, ({ client }) => client.send("HEAD", "/Users")],
  ["the head of a stream", 200, ({ client, team }) => client.send("HEAD", `/Groups/${team}`)],
  ["a POST", 201, ({ client }) => client.post("/Users", { userName: "bob@example.com" })],
  ["a PUT", 200, ({ client, ada }) => client.put(`/Users/${ada}`, { userName: "ada@example.com" })],
  [
    "a PATCH",
    200,
    ({ client, ada }) => client.patch(`/Users/${ada}`, { op: "add", path: "title", value: "x" }),
  ],
  ["a bulk request", 200, ({ client }) => client.post("/Bulk", { schemas: [bulkRequest], Operations: [] })],
  ["ServiceProviderConfig", 200, ({ client }) => client.get("/ServiceProviderConfig")],
  ["Schemas", 200, ({ client }) => client.get("/Schemas")],
  ["an error", 404, ({ client }) => client.get("/Users/nobody")],
  ["the head of an error", 404, ({ client }) => client.send("HEAD", "/Users/nobody")],
  ["no route", 404, ({ client }) => client.get("/Nothing")],
  ["no such method", 405, ({ client }) => client.send("PATCH", "/Schemas")],
  ["a body that is no JSON", 400, ({ client }) => client.send("POST", "/Users", { text: "{" })],
  ["no token", 401, ({ client }) => client.send("GET", "/Users", { headers: { authorization: "" } })],
  ["a URL that cannot be decoded", 400, ({ client }) => client.get("/Users/%zz")],
];

async function start(behaviour: Partial<Behaviour>): Promise<Held & { readonly server: AstroServer }> {
  const server = await startServer({ behaviour });
  onTestFinished(() => server.close());
  const client = scimClient(server);
  const members: string[] = [];
  for (let at = 0; at < 600; at += 1) members.push(await client.user(`${at}@example.com`));
  const [ada, team] = [await client.user("ada@example.com"), await client.team("data", ...members)];
  return { server, client, ada, team };
}

async function notHttp({ port }: AstroServer): Promise<string> {
  const socket = net.connect(port, "127.0.0.1");
  socket.setEncoding("utf8");
  let text = "";
  socket.on("data", (piece) => (text += String(piece)));
  socket.write("this is not HTTP\r\n\r\n");
  await once(socket, "close");
  return /^Content-Type: (.*)\r$/m.exec(text)?.[1] ?? text;
}

describe.each([
  ["none", "application/scim+json"],
  ["utf-8", "application/scim+json; charset=utf-8"],
] as const)("answerCharset=%s", (answerCharset, mediaType) => {
  test("every answer that has a body, or says what a body would be", async () => {
    const held = await start({ answerCharset });
    for (const [name, status, ask] of answers) {
      const answer = await ask(held);
      expect([name, answer.status, answer.headers["content-type"]]).toEqual([name, status, mediaType]);
    }
    expect(await notHttp(held.server)).toBe(mediaType);
  });

  test("an answer without a body has none", async () => {
    const { client, ada, team } = await start({ answerCharset });
    const { etag } = (await client.get(`/Users/${ada}`)).headers;
    const unchanged = await client.send("GET", `/Users/${ada}`, {
      headers: { "if-none-match": String(etag) },
    });
    const edited = await client.patch(`/Groups/${team}`, { op: "replace", path: "displayName", value: "x" });
    const deleted = await client.delete(`/Users/${ada}`);
    expect(
      [unchanged, edited, deleted].map(({ status, headers }) => [status, headers["content-type"]]),
    ).toEqual([
      [304, undefined],
      [204, undefined],
      [204, undefined],
    ]);
  });
});

test("errors in the form of the IAM API follow the same switch", async () => {
  for (const [answerCharset, mediaType] of [
    ["none", "application/json"],
    ["utf-8", "application/json; charset=utf-8"],
  ] as const) {
    const server = await startServer({ behaviour: { errorBody: "astro", answerCharset } });
    onTestFinished(() => server.close());
    const { headers } = await scimClient(server).get("/Users/nobody");
    expect(headers["content-type"]).toBe(mediaType);
  }
});
