/** A refusal repeats little of what was sent: a long answer would carry a body, or a secret, to wherever it is logged. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

let server: AstroServer;
let client: ScimClient;

beforeAll(async () => {
  server = await startServer({ behaviour: { cursorPaging: "on" } });
  client = scimClient(server);
});
afterAll(() => server.close());

const long = "x".repeat(7_000);
const filter = (text: string): string => `/Users?filter=${encodeURIComponent(text)}`;

const rows: readonly [name: string, status: number, method: string, path: string, body: unknown][] = [
  ["an id", 414, "GET", `/Users/${long}`, undefined],
  ["a path", 404, "GET", `/${long}`, undefined],
  ["a filter's value", 400, "GET", filter(`active eq "${long}"`), undefined],
  ["a filter's attribute", 400, "GET", filter(`${long} eq 1`), undefined],
  ["a filter's operator", 400, "GET", filter(`userName ${long} 1`), undefined],
  ["an attribute to sort by", 400, "GET", `/Users?sortBy=${long}`, undefined],
  ["a number", 400, "GET", `/Users?startIndex=${long}`, undefined],
  ["a cursor", 400, "GET", `/Users?cursor=${long}`, undefined],
  ["the name of a user that is taken", 409, "POST", "/Users", { userName: long }],
  ["the name of a Team that is taken", 409, "POST", "/Groups", { displayName: long }],
  ["a member", 400, "POST", "/Groups", { displayName: "data", members: [{ value: long }] }],
  ["a value", 400, "POST", "/Users", { userName: "a", active: long }],
  ["a schema", 400, "POST", "/Users", { userName: "a", schemas: [long] }],
  ["the path of an operation", 400, "PATCH", "/Users/c0", { Operations: [{ op: "remove", path: long }] }],
];

test.each(rows)("%s: %i", async (_name, status, method, path, body) => {
  if (status === 409) await client.post(path, body);
  const answer = await client.send(method, path, { body });
  expect(answer.status).toBe(status);
  expect(answer.body.status).toBe(String(status));
  expect(answer.text.length).toBeLessThan(500);
});
