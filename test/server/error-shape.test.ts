/** `errorBody=astro`: an error has Astro's shape wherever it arises (Astro API reference: message, requestId, statusCode). */

import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type RequestOptions } from "../support/scim-client.ts";

let server: AstroServer;

beforeAll(async () => {
  server = await startServer({
    behaviour: { errorBody: "astro" },
    limits: { maxBodyBytes: 2_000 },
    faults: ["status=503,path=/Groups", "slow=1000,path=/Me"],
    wait: async () => {},
  });
});
afterAll(() => server.close());

const rows: readonly [
  place: string,
  method: string,
  path: string,
  options: RequestOptions,
  status: number,
][] = [
  ["a handler", "GET", "/Users/nobody", {}, 404],
  ["no route", "GET", "/nothing", {}, 404],
  ["a method that is not allowed", "PUT", "/Users", { body: {} }, 405],
  ["the token", "GET", "/Users", { headers: { authorization: "Bearer other" } }, 401],
  ["a body that is too large", "POST", "/Users", { text: "x".repeat(3_000) }, 413],
  ["a part of the path that is too long", "GET", `/Users/${"x".repeat(600)}`, {}, 414],
  ["a fault", "GET", "/Groups", {}, 503],
  ["a slow answer", "GET", "/Me", {}, 501],
];

test.each(rows)("%s: %s", async (_place, method, path, options, status) => {
  const answer = await scimClient(server).send(method, path, options);
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toBe("application/json");
  expect(answer.body).toEqual({
    message: expect.stringMatching(/\w/) as string,
    requestId: expect.stringMatching(/\w/) as string,
    statusCode: status,
  });
});

test("what never became a request", async () => {
  const socket = net.connect(server.port, "127.0.0.1");
  socket.setEncoding("utf8");
  let text = "";
  socket.on("data", (piece) => (text += String(piece)));
  socket.write("this is not HTTP\r\n\r\n");
  await once(socket, "close");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1.1 400 [^]*Content-Type: application\/json\r/);
  expect(JSON.parse(body)).toMatchObject({
    statusCode: 400,
    message: expect.stringMatching(/HTTP/) as string,
  });
});

test("an answer that is no error stays as it is", async () => {
  const answer = await scimClient(server).get("/Users");
  expect(answer.headers["content-type"]).toBe("application/scim+json");
  expect(answer.body.totalResults).toBe(0);
});
