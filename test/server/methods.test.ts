/** Methods and paths: HEAD, /Me, trailing slashes, and what is allowed where. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

let server: AstroServer;
let client: ScimClient;
let user: string;

beforeAll(async () => {
  server = await startServer();
  client = scimClient(server);
  user = await client.user("ada@example.com");
  await client.team("core", user);
});
afterAll(() => server.close());

describe("/Me is not supported (RFC 7644 §3.11)", () => {
  test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s: 501", async (method) => {
    for (const path of ["/Me", "/Me/", "/Me?attributes=userName"]) {
      const answer = await client.send(method, path);
      expect(answer.status).toBe(501);
      expect(answer.body).toMatchObject({
        status: "501",
        detail: expect.stringContaining("/Users/{id}") as string,
      });
    }
  });

  test("HEAD: 501 without a body", async () => {
    const answer = await client.send("HEAD", "/Me");
    expect([answer.status, answer.text]).toEqual([501, ""]);
  });
});

describe("HEAD is GET without the body (RFC 9110 §9.3.2)", () => {
  test.each(["/Users", "", "/Groups?count=0", "/Schemas", "/ServiceProviderConfig", "/Users/unknown"])(
    "of '%s'",
    async (path) => {
      const [head, get] = [await client.send("HEAD", path), await client.get(path)];
      expect([head.status, head.text]).toEqual([get.status, ""]);
      expect(head.headers["content-type"]).toBe(get.headers["content-type"]);
      expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
    },
  );

  test("with the headers of the resource", async () => {
    const [head, get] = [await client.send("HEAD", `/Users/${user}`), await client.get(`/Users/${user}`)];
    expect(head.headers["etag"]).toBe(get.headers["etag"]);
    expect(head.headers["location"]).toBe(get.headers["location"]);
  });

  test("and with its conditions (RFC 9110 §13.1.2)", async () => {
    const headers = { "if-none-match": "*" };
    expect((await client.send("HEAD", `/Users/${user}`, { headers })).status).toBe(304);
  });
});

describe("what is allowed where (RFC 9110 §15.5.6)", () => {
  test.each([
    ["PUT", "", "GET, HEAD"],
    ["DELETE", "/", "GET, HEAD"],
    ["GET", "/.search", "POST"],
    ["OPTIONS", "/Users/.search", "POST"],
    ["PATCH", "/Users", "GET, HEAD, POST"],
    ["POST", "/Users/c1", "GET, HEAD, PUT, PATCH, DELETE"],
    ["POST", "/Schemas", "GET, HEAD"],
    ["DELETE", "/ServiceProviderConfig/", "GET, HEAD"],
    ["PUT", "/ResourceTypes/User", "GET, HEAD"],
  ])("%s %s: 405, allowed %s", async (method, path, allow) => {
    const answer = await client.send(method, path);
    expect([answer.status, answer.headers["allow"]]).toEqual([405, allow]);
  });
});

test.each([
  "",
  "/Users",
  "/Groups",
  "/ServiceProviderConfig",
  "/ResourceTypes",
  "/ResourceTypes/User",
  "/Schemas",
  "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
])("a slash at the end of '%s' makes no difference", async (path) => {
  const [plain, slashed] = [await client.get(path), await client.get(`${path}/`)];
  expect(plain.status).toBe(200);
  expect(slashed.body).toEqual(plain.body);
  expect((await client.get(`${path}/?count=1`)).status).toBe(200);
});

test("nor does one behind the id of a resource, or behind .search", async () => {
  expect((await client.get(`/Users/${user}/`)).body.id).toBe(user);
  expect((await client.post("/Users/.search/", {})).body.totalResults).toBe(1);
  expect((await client.post("/.search/", {})).body.totalResults).toBe(2);
  expect((await client.patch(`/Users/${user}/`, { op: "replace", path: "title", value: "x" })).status).toBe(
    200,
  );
});
