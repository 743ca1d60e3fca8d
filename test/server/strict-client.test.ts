/** What a strict HTTP client on a raw socket is answered: framing, fields, and requests at the edge of HTTP. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient } from "../support/scim-client.ts";
import { converseRaw, httpComplaints, type RawRequest } from "../support/strict-http.ts";

let server: AstroServer;
let base: string;
let head: string;
beforeAll(async () => {
  server = await startServer();
  const { pathname, host } = new URL(server.url);
  base = pathname;
  head = `Host: ${host}\r\nAuthorization: Bearer ${server.token}\r\n`;
});
afterAll(() => server.close());

const user = (userName: string): string =>
  JSON.stringify({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName,
    displayName: "Zoë ☃",
  });

interface Parts {
  readonly fields?: string;
  readonly body?: string;
}

function request(method: string, path: string, { fields = "", body }: Parts = {}): RawRequest {
  const type = /content-type/i.test(fields) ? "" : "Content-Type: application/scim+json\r\n";
  const ofBody = body === undefined ? "" : `${type}Content-Length: ${Buffer.byteLength(body)}\r\n`;
  const target = path.startsWith("/") ? base + path : path;
  return { method, text: `${method} ${target} HTTP/1.1\r\n${head}${fields}${ofBody}\r\n${body ?? ""}` };
}

const raw = (method: string, line: string, fields: string, body: string | Buffer = ""): RawRequest => ({
  method,
  text: Buffer.concat([Buffer.from(`${line}\r\n${fields}\r\n`), Buffer.from(body)]),
});

test("requests that are sent before the first is answered are answered in their order", async () => {
  const { answers, rest } = await converseRaw(server.port, [
    request("POST", "/Users", { body: user("pipelined@example.com") }),
    request("GET", "/Users?count=1"),
    request("HEAD", "/Users"),
    request("GET", "/Nothing"),
    request("DELETE", "/Schemas"),
    request("GET", "/ServiceProviderConfig"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 404, 405, 200]);
  expect(answers.flatMap(httpComplaints)).toEqual([]);
  expect(answers[0]?.body).toContain("Zoë ☃");
  expect(rest).toBe("");
});

test("writes that are sent before the first is answered are carried out in their order (RFC 9112 §9.3.2)", async () => {
  const made = await converseRaw(server.port, [
    request("POST", "/Users", { body: user("in-turn@example.com") }),
  ]);
  const { id } = JSON.parse(made.answers[0]?.body ?? "");
  const patch = (value: string): RawRequest => {
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
    const body = JSON.stringify({ schemas, Operations: [{ op: "replace", path: "title", value }] });
    return request("PATCH", `/Users/${id}`, { body });
  };
  const { answers } = await converseRaw(server.port, [
    patch("one"),
    request("GET", `/Users/${id}`),
    patch("two"),
    request("DELETE", `/Users/${id}`),
    patch("three"),
    request("GET", `/Users/${id}`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 204, 404, 404]);
  expect(JSON.parse(answers[1]?.body ?? "").title).toBe("one");
});

test("a connection that breaks behind a write leaves the ones behind it undone", async () => {
  const fault = "cut=after-write,method=POST,path=/Groups";
  const breaking = await startServer({ faults: [fault], keepRequests: 100 });
  const client = scimClient(breaking);
  const ada = await client.user("ada@example.com");
  const path = new URL(breaking.url).pathname;
  const fields = `Host: h\r\nAuthorization: Bearer ${breaking.token}\r\n`;
  const body = JSON.stringify({ displayName: "data" });
  const ofBody = `Content-Type: application/scim+json\r\nContent-Length: ${body.length}\r\n`;
  const sent = [
    raw("POST", `POST ${path}/Groups HTTP/1.1`, fields + ofBody, body),
    raw("DELETE", `DELETE ${path}/Users/${ada} HTTP/1.1`, fields),
  ];
  await expect(converseRaw(breaking.port, sent)).rejects.toMatchObject({ code: "ECONNRESET" });
  // What would be done out of turn is done by the time that another connection was answered.
  await client.get("/Users");
  const { users, teams } = await breaking.state();
  await breaking.close();
  expect([users.map(({ userName }) => userName), teams.map(({ name }) => name)]).toEqual([
    ["ada@example.com"],
    ["data"],
  ]);
});

const cases: readonly (readonly [name: string, statuses: readonly number[], made: () => RawRequest])[] = [
  ["a URL as a proxy is sent (RFC 9112 §3.2.2)", [200], () => request("GET", `${server.url}/Users?count=0`)],
  ["blanks as +", [200], () => request("GET", "/Users?filter=userName+eq+%22a%22")],
  ["a slash at the end", [200], () => request("GET", "/Users/")],
  ["no token", [401], () => raw("GET", `GET ${base}/Users HTTP/1.1`, "Host: h\r\n")],
  [
    "names and schemes in other letters",
    [200],
    () => raw("GET", `GET ${base}/Users HTTP/1.1`, `hOsT: h\r\naUTHORIZATION: bearer ${server.token}\r\n`),
  ],
  [
    "no Host (RFC 9112 §3.2)",
    [400],
    () => raw("GET", `GET ${base}/Users HTTP/1.1`, `Authorization: Bearer ${server.token}\r\n`),
  ],
  ["HTTP/1.0", [200], () => raw("GET", `GET ${base}/Users HTTP/1.0`, head)],
  ["HTTP/3.0", [400, 505], () => raw("GET", `GET ${base}/Users HTTP/3.0`, head)],
  ["the preface of HTTP/2", [400, 505], () => raw("PRI", "PRI * HTTP/2.0", "", "SM\r\n\r\n")],
  ["a method that nobody has", [400, 501], () => raw("BREW", `BREW ${base}/Users HTTP/1.1`, head)],
  ["PROPFIND", [405, 501], () => request("PROPFIND", "/Users")],
  ["TRACE", [405, 501], () => request("TRACE", "/Users")],
  ["CONNECT (RFC 9110 §9.3.6)", [501], () => raw("CONNECT", "CONNECT example.com:443 HTTP/1.1", head)],
  [
    "two ways to tell the length (RFC 9112 §6.3)",
    [400],
    () =>
      raw(
        "POST",
        `POST ${base}/Users HTTP/1.1`,
        `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n`,
        "0\r\n\r\n",
      ),
  ],
  [
    "two lengths",
    [400],
    () =>
      raw("POST", `POST ${base}/Users HTTP/1.1`, `${head}Content-Length: 2\r\nContent-Length: 3\r\n`, "{}"),
  ],
  [
    "a blank before the colon (RFC 9112 §5.1)",
    [400],
    () => request("GET", "/Users", { fields: "X-A : b\r\n" }),
  ],
  [
    "a field over two lines (RFC 9112 §5.2)",
    [200, 400],
    () => request("GET", "/Users", { fields: "X-A: b\r\n c\r\n" }),
  ],
  [
    "a head that is too large",
    [431],
    () => request("GET", "/Users", { fields: `X-A: ${"a".repeat(80_000)}\r\n` }),
  ],
  ["a URL that is too long", [414], () => request("GET", `/Users?filter=${"a".repeat(50_000)}`)],
  [
    "an expectation that nobody knows",
    [200, 417],
    () => request("GET", "/Users", { fields: "Expect: tea\r\n" }),
  ],
  [
    "an upgrade that is not taken",
    [200],
    () => request("GET", "/Users", { fields: "Connection: Upgrade\r\nUpgrade: h2c\r\n" }),
  ],
  ["a part of a list", [200], () => request("GET", "/Users", { fields: "Range: bytes=0-3\r\n" })],
  [
    "the last request of a connection",
    [200],
    () => request("GET", "/Users", { fields: "Connection: close\r\n" }),
  ],
  ["GET with a body", [200], () => request("GET", "/Users", { body: "{}" })],
  ["POST with an empty body", [400], () => request("POST", "/Users", { body: "" })],
  [
    "a charset in quotes",
    [201],
    () =>
      request("POST", "/Users", {
        body: user("quoted@example.com"),
        fields: 'Content-Type: application/scim+json; charset="UTF-8"\r\n',
      }),
  ],
  [
    "bytes that are no UTF-8",
    [400],
    () =>
      raw(
        "POST",
        `POST ${base}/Users HTTP/1.1`,
        `${head}Content-Type: application/scim+json\r\nContent-Length: 4\r\n`,
        Buffer.from([0x22, 0xff, 0xfe, 0x22]),
      ),
  ],
  [
    "a body in chunks, with an extension and in the middle of a character",
    [201],
    () => {
      const body = Buffer.from(user("chunked@example.com"));
      const cut = body.indexOf("☃") + 1;
      const chunk = (bytes: Buffer): Buffer =>
        Buffer.concat([Buffer.from(`${bytes.length.toString(16)};x=1\r\n`), bytes, Buffer.from("\r\n")]);
      const chunks = [chunk(body.subarray(0, cut)), chunk(body.subarray(cut)), Buffer.from("0\r\n\r\n")];
      const fields = `${head}Content-Type: application/scim+json\r\nTransfer-Encoding: chunked\r\n`;
      return raw("POST", `POST ${base}/Users HTTP/1.1`, fields, Buffer.concat(chunks));
    },
  ],
];

test.each(cases)("%s", async (_name, statuses, made) => {
  const { answers, rest } = await converseRaw(server.port, [made()]);
  expect(answers).toHaveLength(1);
  expect(statuses).toContain(answers[0]?.status);
  expect(answers.flatMap(httpComplaints)).toEqual([]);
  expect(rest).toBe("");
});

test("a client that waits for 100 before it sends its body", async () => {
  const body = user("waiting@example.com");
  const fields = `${head}Content-Type: application/scim+json\r\nExpect: 100-continue\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  const asked = { ...raw("POST", `POST ${base}/Users HTTP/1.1`, fields), afterContinue: body };
  const { answers } = await converseRaw(server.port, [asked]);
  expect(answers.map(({ status }) => status)).toEqual([100, 201]);
  expect(answers.flatMap(httpComplaints)).toEqual([]);
});

test.each(["/Users", "/Groups", "/", "/ServiceProviderConfig", "/Schemas", "/Users/nobody"])(
  "HEAD %s has the fields of GET",
  async (path) => {
    const fieldsOf = async (method: string): Promise<readonly string[]> => {
      const { answers } = await converseRaw(server.port, [request(method, path)]);
      expect(answers.flatMap(httpComplaints)).toEqual([]);
      return (answers[0]?.fields ?? []).filter((field) => !field.startsWith("Date:"));
    };
    expect(await fieldsOf("HEAD")).toEqual(await fieldsOf("GET"));
  },
);

describe("conditions (RFC 9110 §13, RFC 7644 §3.14)", () => {
  test("If-None-Match: one, one of several, any; If-Match: another, any", async () => {
    const made = await converseRaw(server.port, [
      request("POST", "/Users", { body: user("tagged@example.com") }),
    ]);
    const etag = made.answers[0]?.get("etag")[0] ?? "";
    const path = `/Users/${JSON.parse(made.answers[0]?.body ?? "").id as string}`;
    const body = user("tagged@example.com");
    const { answers } = await converseRaw(server.port, [
      request("GET", path, { fields: `If-None-Match: ${etag}\r\n` }),
      request("GET", path, { fields: `If-None-Match: "a", ${etag}\r\n` }),
      request("GET", path, { fields: "If-None-Match: *\r\n" }),
      request("GET", path, { fields: 'If-None-Match: W/"99"\r\n' }),
      request("PUT", path, { fields: 'If-Match: W/"99"\r\n', body }),
      request("PUT", path, { fields: "If-Match: *\r\n", body }),
      request("DELETE", path, { fields: `If-Match: W/"99", ${etag}\r\n` }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([304, 304, 304, 200, 412, 200, 204]);
    expect(answers.flatMap(httpComplaints)).toEqual([]);
  });
});

test("who asks for a tunnel and goes away does not end the server", async () => {
  for (let at = 0; at < 20; at += 1)
    await converseRaw(server.port, [raw("CONNECT", "CONNECT h:1 HTTP/1.1", head, "x".repeat(50_000))]);
  const { answers } = await converseRaw(server.port, [request("GET", "/Users")]);
  expect(answers[0]?.status).toBe(200);
});
