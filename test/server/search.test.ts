/** Searches by POST (RFC 7644 §3.4.3), over one resource type and over all of them (§3.4.2.1), on real HTTP. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";

const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

let server: AstroServer;
let client: ScimClient;

beforeAll(async () => {
  // A second apart, so that the order in which they were made can be told.
  let seconds = 0;
  server = await startServer({ now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, (seconds += 1))) });
  client = scimClient(server);
  const ada = await client.user("ada@example.com", { displayName: "Ada", active: true });
  await client.team("core", ada);
  const bob = await client.user("bob@example.com", { displayName: "bob", active: false });
  await client.team("Zeppelin", ada);
  await client.user("cyd@example.com", { externalId: bob, [enterprise]: { department: "core" } });
});
afterAll(() => server.close());

const search = (path: string, body: object): Promise<Answer> =>
  client.post(`${path}/.search`, { schemas: [searchRequest], ...body });
const names = (answer: Answer): string[] =>
  answer.body.Resources.map(
    (one: { userName?: string; displayName?: string }) => one.userName ?? one.displayName,
  );

describe("what is asked in a body is what is asked in a URL (RFC 7644 §3.4.3)", () => {
  const rows: readonly [string, string, string, object][] = [
    ["nothing in particular", "/Users", "", {}],
    ["a filter", "/Users", 'filter=displayName eq "ADA"', { filter: 'displayName eq "ADA"' }],
    [
      "a filter by an index",
      "/Users",
      'filter=userName eq "bob@example.com"',
      { filter: 'userName eq "bob@example.com"' },
    ],
    [
      "a part of an extension",
      "/Users",
      `filter=${enterprise}:department eq "core"`,
      { filter: `${enterprise}:department eq "core"` },
    ],
    ["attributes", "/Users", "attributes=userName,displayName", { attributes: ["userName", "displayName"] }],
    ["excludedAttributes", "/Groups", "excludedAttributes=members", { excludedAttributes: ["members"] }],
    [
      "an order",
      "/Users",
      "sortBy=userName&sortOrder=descending",
      { sortBy: "userName", sortOrder: "descending" },
    ],
    ["a page", "/Users", "startIndex=2&count=1", { startIndex: 2, count: 1 }],
    ["totalResults only", "/Groups", "count=0", { count: 0 }],
    ["numbers as text", "/Users", "startIndex=2&count=1", { startIndex: "2", count: "1" }],
    ["null is not said", "/Users", "", { filter: null, sortBy: null, count: null, attributes: null }],
    ["names in any case (RFC 7643 §2.1)", "/Users", "count=1", { COUNT: 1 }],
    ["all types", "", "sortBy=displayName", { sortBy: "displayName" }],
  ];
  test.each(rows)("%s", async (_name, path, parameters, body) => {
    const bySearch = await search(path, body);
    const byGet = await client.get(`${path}?${encodeURI(parameters)}`);
    expect(bySearch.status).toBe(200);
    expect(bySearch.body).toEqual(byGet.body);
    expect(bySearch.headers["content-type"]).toBe("application/scim+json");
  });

  test("a body that does not say which message it is is taken for a search", async () => {
    expect(names(await client.post("/Users/.search", { filter: "active eq false" }))).toEqual([
      "bob@example.com",
    ]);
  });

  test.each([
    ["no object", [], "invalidSyntax", /JSON object/],
    [
      "another message",
      { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"] },
      "invalidSyntax",
      /SearchRequest/,
    ],
    ["a filter that is no text", { filter: { eq: 1 } }, "invalidSyntax", /filter must be a string/],
    ["a broken filter", { filter: "userName eq" }, "invalidFilter", /position 12/],
    ["attributes that are no names", { attributes: [1] }, "invalidSyntax", /attributes must be a list/],
    ["a count that is no number", { count: [] }, "invalidSyntax", /count must be/],
    ["a startIndex that is no whole number", { startIndex: 1.5 }, "invalidValue", /startIndex must be/],
    ["a name in two spellings", { count: 1, Count: 2 }, "invalidSyntax", /count is given twice/],
  ])("%s is refused", async (_name, body, scimType, detail) => {
    for (const path of ["/.search", "/Users/.search", "/Groups/.search"]) {
      const answer = await client.post(path, body);
      expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
      expect(answer.body.detail).toMatch(detail);
    }
  });

  test.each(["GET", "PUT", "PATCH", "DELETE"])("%s on a search: 405", async (method) => {
    for (const path of ["/.search", "/Users/.search", "/Groups/.search/"]) {
      const answer = await client.send(method, path);
      expect([answer.status, answer.headers["allow"]]).toEqual([405, "POST"]);
    }
  });
});

describe("the root is all resource types (RFC 7644 §3.4.2.1)", () => {
  const all = ["ada@example.com", "core", "bob@example.com", "Zeppelin", "cyd@example.com"];

  test("in the order in which they were made", async () => {
    const answer = await client.get("");
    expect(answer.body.totalResults).toBe(5);
    expect(names(answer)).toEqual(all);
    expect(answer.body.Resources.map((one: { schemas: string[] }) => one.schemas[0])).toEqual([
      "urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:core:2.0:Group",
      "urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:core:2.0:Group",
      "urn:ietf:params:scim:schemas:core:2.0:User",
    ]);
  });

  test("pages go across types", async () => {
    const pages = await Promise.all([1, 3, 5, 7].map((from) => client.get(`/?startIndex=${from}&count=2`)));
    expect(pages.map(names)).toEqual([all.slice(0, 2), all.slice(2, 4), all.slice(4), []]);
    expect(pages.map((page) => page.body.totalResults)).toEqual([5, 5, 5, 5]);
  });

  test.each([
    ["one type", 'meta.resourceType eq "Group"', ["core", "Zeppelin"]],
    [
      "the example of the RFC, which has no quotes",
      "(meta.resourceType eq User) or (meta.resourceType eq Group)",
      all,
    ],
    ["an attribute of all", 'displayName eq "CORE"', ["core"]],
    ["an attribute of one type", "active eq true", ["ada@example.com", "cyd@example.com"]],
    [
      "presence: others have no value",
      "userName pr",
      ["ada@example.com", "bob@example.com", "cyd@example.com"],
    ],
    ["absence", "not (userName pr)", ["core", "Zeppelin"]],
    ["an unassigned attribute is not equal", 'userName ne "ada@example.com"', all.slice(1)],
    ["nor in any order", 'userName gt "a"', ["ada@example.com", "bob@example.com", "cyd@example.com"]],
    ["brackets", 'members[display eq "ada@example.com"]', ["core", "Zeppelin"]],
    ["a name with a URN", 'urn:ietf:params:scim:schemas:core:2.0:Group:displayName sw "z"', ["Zeppelin"]],
    ["null", "userName eq null", ["core", "Zeppelin"]],
  ])("filter: %s", async (_name, filter, expected) => {
    expect(names(await search("", { filter }))).toEqual(expected);
  });

  test("an attribute that no type has is refused, as it is everywhere", async () => {
    const answer = await search("", { filter: 'nickname2 eq "x"' });
    expect([answer.status, answer.body.scimType]).toEqual([400, "invalidFilter"]);
    expect(answer.body.detail).toContain("nickname2");
  });

  test.each([
    [
      "of all types",
      "displayName",
      "ascending",
      ["ada@example.com", "bob@example.com", "core", "Zeppelin", "cyd@example.com"],
    ],
    [
      "of one type: the others last",
      "userName",
      "ascending",
      ["ada@example.com", "bob@example.com", "cyd@example.com", "core", "Zeppelin"],
    ],
    [
      "of one type, descending: the others first",
      "userName",
      "descending",
      ["core", "Zeppelin", "cyd@example.com", "bob@example.com", "ada@example.com"],
    ],
    ["by date", "meta.created", "descending", all.toReversed()],
  ])("sorted by an attribute %s (§3.4.2.3)", async (_name, sortBy, sortOrder, expected) => {
    expect(names(await search("", { sortBy, sortOrder }))).toEqual(expected);
    const pages = await Promise.all(
      [1, 3, 5].map((startIndex) => search("", { sortBy, sortOrder, startIndex, count: 2 })),
    );
    expect(pages.flatMap(names)).toEqual(expected);
  });

  test("attributes are looked for in each type", async () => {
    const answer = await search("", { attributes: ["userName", "members.display"] });
    const shown = answer.body.Resources.map(({ userName, members }: Record<string, unknown>) => ({
      userName,
      members,
    }));
    expect(shown.slice(0, 2)).toEqual([
      { userName: "ada@example.com", members: undefined },
      { userName: undefined, members: [{ display: "ada@example.com" }] },
    ]);
  });
});

describe("parameters of a URL", () => {
  test("names in any case: Microsoft's collection of inbound requests sends startindex", async () => {
    const answer = await client.get("/Users?startindex=2&COUNT=1&sortby=userName&Attributes=userName");
    expect(answer.body).toMatchObject({ startIndex: 2, itemsPerPage: 1, totalResults: 3 });
    expect(Object.keys(answer.body.Resources[0]).toSorted()).toEqual(["id", "schemas", "userName"]);
  });

  test("attributes of one resource too", async () => {
    const { body } = await search("/Users", { filter: 'displayName eq "Ada"' });
    const answer = await client.get(`/Users/${body.Resources[0].id}?ATTRIBUTES=displayName`);
    expect(Object.keys(answer.body).toSorted()).toEqual(["displayName", "id", "schemas"]);
  });
});

describe("an order by what is kept apart reads it, shown or not (RFC 7644 §3.4.2.3)", () => {
  let related: AstroServer;
  let people: ScimClient;
  beforeAll(async () => {
    related = await startServer();
    people = scimClient(related);
    const zoe = await people.user("zoe@example.com");
    const ben = await people.user("ben@example.com");
    await people.user("loner@example.com");
    await people.team("of nobody");
    await people.team("of zoe", zoe);
    await people.team("of ben", ben);
  });
  afterAll(() => related.close());

  test.each([
    ["/Groups", "members.display", "displayName", ["of ben", "of zoe", "of nobody"]],
    ["/Groups", "MEMBERS.type", "displayName", ["of zoe", "of ben", "of nobody"]],
    ["/Groups", "members", "displayName,members", ["of zoe", "of ben", "of nobody"]],
    ["/Users", "groups.display", "userName", ["ben@example.com", "zoe@example.com", "loner@example.com"]],
    ["/Users", "groups", "userName,groups", ["zoe@example.com", "ben@example.com", "loner@example.com"]],
  ])("%s by %s, showing %s", async (path, sortBy, attributes, expected) => {
    const ascending = await people.get(`${path}?sortBy=${sortBy}&attributes=${attributes}`);
    expect(names(ascending)).toEqual(expected);
    const last = await people.get(`${path}?sortBy=${sortBy}&sortOrder=descending&count=1`);
    expect(names(last)).toEqual(expected.slice(2));
  });

  test("of the root too", async () => {
    const answer = await people.get("?sortBy=members.display&attributes=userName,displayName&count=2");
    expect(names(answer)).toEqual(["of ben", "of zoe"]);
  });
});
