/** What the HTTP adapter answers before a handler has its say. */

import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type RequestOptions, type ScimClient } from "../support/scim-client.ts";

let server: AstroServer;
let client: ScimClient;

beforeAll(async () => {
  server = await startServer({ limits: { maxBodyBytes: 2_000, maxUrlLength: 500 } });
  client = scimClient(server);
});
afterAll(() => server.close());

describe("authentication comes before anything else (RFC 7644 §2)", () => {
  const rows: readonly [string, string, string, RequestOptions["headers"], RegExp][] = [
    ["no header", "GET", "/Users", { authorization: "" }, /no Authorization header/],
    ["another scheme", "GET", "/Users", { authorization: "Basic YTpi" }, /does not start with 'Bearer '/],
    ["another token", "GET", "/Users", { authorization: "Bearer nope" }, /not valid for this organization/],
    [
      "the prefix twice, as some Okta guides make it",
      "GET",
      "/Users",
      { authorization: "Bearer Bearer x" },
      /twice/,
    ],
    [
      "an unknown path",
      "GET",
      "/nothing",
      { authorization: "Bearer nope" },
      /not valid for this organization/,
    ],
    [
      "a method that is not allowed",
      "PUT",
      "/Users",
      { authorization: "Bearer nope" },
      /not valid for this organization/,
    ],
  ];
  test.each(rows)("%s: 401", async (_name, method, path, headers = {}, detail) => {
    const answer = await client.send(method, path, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe('Bearer realm="Astro"');
    expect(answer.body).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "401",
      detail: expect.stringMatching(detail) as string,
    });
  });

  test("a body larger than the limit does not get past it either", async () => {
    const headers = { authorization: "Bearer nope" };
    expect((await client.send("POST", "/Users", { headers, body: "x".repeat(5_000) })).status).toBe(401);
  });

  test("the scheme is read without regard to case (RFC 9110 §11.1)", async () => {
    const headers = { authorization: `bearer ${server.token}` };
    expect((await client.send("GET", "/Users", { headers })).status).toBe(200);
  });
});

describe("refusals are SCIM errors (RFC 7644 §3.12)", () => {
  const json = { "content-type": "application/scim+json" };
  const rows: readonly [string, string, string, RequestOptions, number, string | undefined, RegExp][] = [
    ["a path that is not SCIM's", "GET", "/users", {}, 404, undefined, /Users and \/Groups/],
    ["an unknown resource", "GET", "/Users/c0", {}, 404, undefined, /User c0 not found/],
    ["a method that a collection has not", "PUT", "/Users", {}, 405, undefined, /allowed: GET, HEAD, POST/],
    [
      "a method that a resource has not",
      "POST",
      "/Groups/c1",
      { body: {} },
      405,
      undefined,
      /GET, HEAD, PUT, PATCH, DELETE/,
    ],
    ["writing to discovery", "POST", "/Schemas", { body: {} }, 405, undefined, /allowed: GET/],
    [
      "a broken body",
      "POST",
      "/Users",
      { headers: json, text: '{"userName": ' },
      400,
      "invalidSyntax",
      /not JSON/,
    ],
    [
      "a body that is no object",
      "POST",
      "/Users",
      { headers: json, text: "[]" },
      400,
      "invalidSyntax",
      /object/,
    ],
    ["no body", "POST", "/Users", {}, 400, "invalidSyntax", /object/],
    [
      "another media type",
      "POST",
      "/Users",
      { headers: { "content-type": "text/xml" }, text: "<a/>" },
      415,
      undefined,
      /scim\+json/,
    ],
    [
      "a body over the limit",
      "POST",
      "/Users",
      { body: { userName: "x".repeat(3_000) } },
      413,
      undefined,
      /2000 bytes/,
    ],
    ["a URL over the limit", "GET", `/Users?filter=${"x".repeat(600)}`, {}, 414, undefined, /500 characters/],
    ["a URL far over it", "GET", `/Users?filter=${"x".repeat(30_000)}`, {}, 414, undefined, /500 characters/],
    ["a path that cannot be decoded", "GET", "/Users/%E0%A4%A", {}, 400, undefined, /./],
    ["a broken filter", "GET", "/Users?filter=userName%20eq", {}, 400, "invalidFilter", /position/],
    ["startIndex that is no number", "GET", "/Users?startIndex=x", {}, 400, "invalidValue", /startIndex/],
  ];
  test.each(rows)("%s", async (_name, method, path, options, status, scimType, detail) => {
    const answer = await client.send(method, path, options);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/scim+json");
    expect(answer.body.status).toBe(String(status));
    expect(answer.body.scimType).toBe(scimType);
    expect(answer.body.detail).toMatch(detail);
  });

  test("405 names the methods that are allowed (RFC 9110 §15.5.6)", async () => {
    expect((await client.send("DELETE", "/Users")).headers["allow"]).toBe("GET, HEAD, POST");
  });

  test("an organization that is not this one: 404", async () => {
    const other = scimClient({
      url: server.url.replace(server.organizationId, "cother"),
      token: server.token,
    });
    const answer = await other.get("/Users");
    expect(answer.status).toBe(404);
    expect(answer.body.detail).toBe("organization cother not found");
  });

  test("a broken body is never quoted: it may hold a password", async () => {
    const text = '{"userName":"a","password":"hunter2" "x"}';
    const answer = await client.send("POST", "/Users", { headers: json, text });
    expect(answer.text).not.toContain("hunter2");
  });
});

describe("what real clients send is taken", () => {
  test("application/json and a missing Content-Type are JSON", async () => {
    const text = JSON.stringify({ userName: "plain@example.com" });
    expect(
      (await client.send("POST", "/Users", { headers: { "content-type": "application/json" }, text })).status,
    ).toBe(201);
    const bare = JSON.stringify({ userName: "bare@example.com" });
    const status = await rawRequest(server, "POST", "/Users", [`Content-Length: ${bare.length}`], bare);
    expect(status).toMatch(/^HTTP\/1.1 201 /);
  });

  test("Okta's DELETE carries a Content-Type and no body (Okta: SCIM guide)", async () => {
    const id = await client.team("short-lived");
    const headers = { "content-type": "application/scim+json; charset=utf-8" };
    expect((await client.send("DELETE", `/Groups/${id}`, { headers })).status).toBe(204);
  });

  test.each(["/Users?aadOptscim062020", "/Users/?aadOptscim062020", "/Groups?count=1&aadOptscim062020"])(
    "Entra's flag may stand on any URL: %s",
    async (path) => {
      expect((await client.get(path)).status).toBe(200);
    },
  );

  test("a request without User-Agent and Accept, as Entra sends it", async () => {
    expect(await rawRequest(server, "GET", "/Users", [], "")).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe("what never becomes a request", () => {
  test("header fields that are too large: 431 as a SCIM error", async () => {
    const answer = await rawRequest(server, "GET", "/Users", [`X-Long: ${"x".repeat(80_000)}`], "");
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(answer).toContain("urn:ietf:params:scim:api:messages:2.0:Error");
  });

  test("something that is not HTTP: 400 as a SCIM error", async () => {
    const answer = await converse(server, "this is not HTTP\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain("well-formed");
  });
});

test("closing twice is safe, and a closed server is gone", async () => {
  const other = await startServer();
  await other.close();
  await other.close();
  await expect(scimClient(other).get("/Users")).rejects.toThrow(/ECONNREFUSED/);
});

test("two servers in one process share nothing", async () => {
  const [a, b] = [await startServer(), await startServer()];
  await scimClient(a).user("only-in-a@example.com");
  expect((await scimClient(b).get("/Users")).body.totalResults).toBe(0);
  expect((await scimClient({ url: b.url, token: a.token }).get("/Users")).status).toBe(401);
  await Promise.all([a.close(), b.close()]);
});

async function rawRequest(
  target: AstroServer,
  method: string,
  path: string,
  headers: readonly string[],
  body: string,
): Promise<string> {
  const url = new URL(target.url);
  const lines = [
    `${method} ${url.pathname}${path} HTTP/1.1`,
    `Host: ${url.host}`,
    `Authorization: Bearer ${target.token}`,
    "Connection: close",
    ...headers,
  ];
  return converse(target, `${lines.join("\r\n")}\r\n\r\n${body}`);
}

async function converse(target: AstroServer, text: string): Promise<string> {
  const socket = net.connect(target.port, "127.0.0.1");
  socket.setEncoding("utf8");
  socket.write(text);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
