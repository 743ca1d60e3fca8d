/** A server without cursor paging, the default: `cursor` means nothing to it, and nothing announces it. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

let server: AstroServer;
let client: ScimClient;

beforeEach(async () => {
  server = await startServer();
  client = scimClient(server);
  for (const name of ["ann", "bob", "cyd"]) await client.user(`${name}@example.com`);
});
afterEach(() => server.close());

test("ServiceProviderConfig has the attributes of RFC 7643 §5 and no others", async () => {
  const { body } = await client.get("/ServiceProviderConfig");
  expect(Object.keys(body).toSorted()).toEqual([
    "authenticationSchemes",
    "bulk",
    "changePassword",
    "etag",
    "filter",
    "meta",
    "patch",
    "schemas",
    "sort",
  ]);
});

test.each([
  ["an empty cursor", "cursor=&", 1],
  ["a cursor without a value", "cursor&", 1],
  ["a cursor of another server", "cursor=abc.def&", 1],
  ["a cursor in other letters", "CURSOR=abc&", 1],
  ["a cursor beside startIndex", "cursor=&startIndex=2&", 2],
])("%s is ignored, and the page is one by index", async (_name, parameters, startIndex) => {
  for (const path of ["/Users?", "/?", '/Users?filter=userName+sw+""&', "/Users?sortBy=userName&"]) {
    const { status, body } = await client.get(`${path}${parameters}count=2`);
    expect([status, body.startIndex, body.totalResults]).toEqual([200, startIndex, 3]);
    expect(body.Resources).toHaveLength(2);
    expect(body).not.toHaveProperty("nextCursor");
    expect(body).not.toHaveProperty("previousCursor");
  }
});

test.each([[""], ["abc"], [5], [null], [["abc"]]])("the cursor %j of a search is ignored", async (cursor) => {
  const body = { schemas: [searchRequest], cursor, count: 2 };
  const answer = await client.post("/Users/.search", body);
  expect([answer.status, answer.body.startIndex, answer.body.itemsPerPage]).toEqual([200, 1, 2]);
  expect(answer.body).not.toHaveProperty("nextCursor");
});

test("a count that cursors refuse is one by index", async () => {
  const { status, body } = await client.get("/Users?cursor=&count=0");
  expect([status, body.totalResults, body.Resources]).toEqual([200, 3, []]);
});
