/** A list for which no query is made answers what the same list answers that is read in full (RFC 7644 §3.4.2). */

import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

let server: AstroServer;
let client: ScimClient;
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer({ behaviour: { existingTeam: "allow", cursorPaging: "on" } });
  client = scimClient(server);
  ids["ada"] = await client.user("Ada@example.com", { externalId: "shared", displayName: "Ada" });
  ids["bob"] = await client.user("bob@example.com", { externalId: "shared" });
  ids["zoe"] = await client.user("zoé@example.com", { externalId: "Ab" });
  await client.team("core", ids["ada"]);
  await client.team("Core");
  await client.team("édge", ids["ada"], ids["bob"]);
});
afterAll(() => server.close());

const rows: readonly [rule: string, path: string, filter: string, rest: string, total: number | undefined][] =
  [
    ["one user", "/Users", 'userName eq "ADA@example.com"', "", 1],
    ["nobody", "/Users", 'userName eq "nobody"', "", 0],
    ["a name with an accent, decomposed", "/Users", 'userName eq "zoe\u0301@example.com"', "", 1],
    ["a value that minds case", "/Users", 'externalId eq "ab"', "", 0],
    [
      "a value that two have, in the order in which they were made",
      "/Users",
      'externalId eq "shared"',
      "",
      2,
    ],
    ["by id", "/Users", 'id eq "{ada}"', "", 1],
    ["the id of the other type", "/Groups", 'id eq "{ada}"', "", 0],
    ["a URN before the name", "/Users", 'urn:ietf:params:scim:schemas:core:2.0:User:id eq "{bob}"', "", 1],
    ["by a name that is not unique", "/Users", 'displayName eq "ada"', "", 1],
    ["by an address", "/Users", 'emails eq "ada@example.com"', "", 0],
    ["a Team without its members", "/Groups", 'displayName eq "ÉDGE"', "&excludedAttributes=members", 1],
    ["a Team with its members", "/Groups", 'displayName eq "édge"', "", 1],
    ["two Teams of one name", "/Groups", 'displayName eq "core"', "&excludedAttributes=members", 2],
    ["the Teams of a user", "/Groups", 'members.value eq "{ada}"', "&attributes=displayName", 2],
    ["the Team of a user", "/Groups", 'members.value eq "{bob}"', "&attributes=displayName", 1],
    ["some attributes", "/Users", 'userName eq "bob@example.com"', "&attributes=externalId", 1],
    ["without Teams", "/Users", 'id eq "{ada}"', "&excludedAttributes=groups", 1],
    ["the page that Okta asks for", "/Users", 'id eq "{ada}"', "&startIndex=1&count=100", 1],
    ["the count alone", "/Users", 'id eq "{ada}"', "&count=0", 1],
    ["a page behind the last one", "/Users", 'id eq "{ada}"', "&startIndex=2", 1],
    ["a page before the first one", "/Users", 'id eq "{ada}"', "&startIndex=-1&count=1", 1],
    ["an order", "/Users", 'id eq "{ada}"', "&sortBy=userName", 1],
    ["an order that cannot be", "/Users", 'id eq "{ada}"', "&sortOrder=up", undefined],
    ["a page that cannot be", "/Users", 'id eq "{ada}"', "&count=many", undefined],
    ["a cursor", "/Users", 'id eq "{ada}"', "&cursor=&count=1", 1],
    ["an attribute nobody has", "/Users", 'nick eq "{ada}"', "", undefined],
    ["Teams do not have userNames", "/Groups", 'userName eq "ada"', "", undefined],
  ];

test.each([
  ["all", "/Users", "", 3],
  ["a page", "/Users", "&startIndex=2&count=1", 3],
  ["the count alone", "/Users", "&count=0", 3],
  ["a page behind the last one", "/Users", "&startIndex=4", 3],
  ["some attributes", "/Users", "&attributes=userName,groups", 3],
  ["without Teams", "/Users", "&excludedAttributes=groups", 3],
  ["Teams without their members", "/Groups", "&excludedAttributes=members", 3],
  ["Teams with their members", "/Groups", "", 3],
  ["a page that cannot be", "/Users", "&startIndex=two", undefined],
])("%s of the resources: %s%s", async (_rule, path, rest, total) => {
  const [answer, inFull] = [
    await client.get(`${path}?${rest}`),
    await client.get(`${path}?filter=id+pr${rest}`),
  ];
  expect(answer.body.totalResults).toBe(total);
  expect(answer.text).toBe(inFull.text);
});

test.each(rows)("%s: %s %s %s", async (_rule, path, filter, rest, total) => {
  const text = filter.replaceAll(/\{(?<name>\w+)\}/g, (_all, name: string) => ids[name] ?? "");
  const ask = (asked: string): ReturnType<ScimClient["get"]> =>
    client.get(`${path}?filter=${encodeURIComponent(asked)}${rest}`);
  const [answer, inFull] = [await ask(text), await ask(`(${text})`)];
  expect(answer.status).toBe(total === undefined ? 400 : 200);
  expect(answer.body.totalResults).toBe(total);
  // The positions that errors tell differ by the bracket.
  expect(answer.text.replace(/position \d+/, "")).toBe(inFull.text.replace(/position \d+/, ""));
});
