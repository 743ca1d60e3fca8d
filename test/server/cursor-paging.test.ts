/** Paging by cursors over real HTTP (RFC 9865). */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";

const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

let server: AstroServer;
let client: ScimClient;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  server = await startServer({ now: () => new Date(now), behaviour: { cursorPaging: "on" } });
  client = scimClient(server);
  for (const name of ["ann", "bob", "cyd", "dan", "eve"]) await addUser(name);
});
afterEach(() => server.close());

const addUser = (name: string): Promise<string> => {
  now += 1_000;
  return client.user(`${name}@example.com`, {
    displayName: name,
    userType: name < "cyd" ? "guest" : "member",
  });
};
const names = (answer: Answer): string[] =>
  answer.body.Resources.map((one: { displayName: string }) => one.displayName);
const page = (cursor: string, parameters = "count=2"): Promise<Answer> =>
  client.get(`/Users?cursor=${cursor}${parameters === "" ? "" : `&${parameters}`}`);

/** Every page from the first on, by the cursor that each gives. */
async function pages(
  parameters: string,
  from: "nextCursor" | "previousCursor" = "nextCursor",
  start = "",
): Promise<Answer[]> {
  const found = [await page(start, parameters)];
  for (let cursor = found.at(-1)!.body[from]; cursor !== undefined; cursor = found.at(-1)!.body[from]) {
    found.push(await page(cursor as string, parameters));
  }
  return found;
}

describe("a query that is paged by cursors (§2)", () => {
  test("an empty cursor asks for the first page; the last one has no nextCursor", async () => {
    const found = await pages("count=2");
    expect(found.map(names)).toEqual([["ann", "bob"], ["cyd", "dan"], ["eve"]]);
    expect(found.map(({ body }) => [body.totalResults, body.itemsPerPage])).toEqual([
      [5, 2],
      [5, 2],
      [5, 1],
    ]);
    expect(found.map(({ body }) => ["nextCursor" in body, "previousCursor" in body])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
  });

  test("a page of cursors has no startIndex, and one by index no cursors", async () => {
    expect((await page("")).body).not.toHaveProperty("startIndex");
    const byIndex = await client.get("/Users?count=2");
    expect(byIndex.body.startIndex).toBe(1);
    expect(byIndex.body).not.toHaveProperty("nextCursor");
  });

  test("`cursor` without a value, as the RFC's example has it", async () => {
    const answer = await client.get("/Users?filter=displayName%20sw%20%22a%22&cursor&count=10");
    expect(names(answer)).toEqual(["ann"]);
    expect(answer.body).not.toHaveProperty("nextCursor");
  });

  test("previousCursor leads back to the first page", async () => {
    const last = (await pages("count=2")).at(-1)!;
    const back = await pages("count=2", "previousCursor", last.body.previousCursor as string);
    expect(back.map(names)).toEqual([
      ["cyd", "dan"],
      ["ann", "bob"],
    ]);
    expect(back.at(-1)!.body).toHaveProperty("nextCursor");
  });

  test("without count a page has the size that is announced", async () => {
    const { pagination } = (await client.get("/ServiceProviderConfig")).body;
    expect((await page("", "")).body.itemsPerPage).toBe(Math.min(5, pagination.defaultPageSize as number));
  });

  test.each([
    ['filter=userType eq "member"', ["cyd", "dan", "eve"]],
    ['filter=userName eq "eve@example.com"', ["eve"]],
    ["sortBy=userName&sortOrder=descending", ["eve", "dan", "cyd", "bob", "ann"]],
    ["sortBy=userType", ["ann", "bob", "cyd", "dan", "eve"]],
    ["sortBy=nickName", ["ann", "bob", "cyd", "dan", "eve"]],
    ["sortBy=groups.display&sortOrder=descending", ["ann", "bob", "cyd", "dan", "eve"]],
    ["filter=userType pr&sortBy=meta.created&sortOrder=descending", ["eve", "dan", "cyd", "bob", "ann"]],
    ["attributes=displayName", ["ann", "bob", "cyd", "dan", "eve"]],
  ])("%s (§2.2)", async (parameters, expected) => {
    expect((await pages(encodeURI(`${parameters}&count=1`))).flatMap(names)).toEqual(expected);
  });

  test("a cursor holds unreserved characters of RFC 3986 §2.3 only, and fits into a URL whatever it is sorted by", async () => {
    await client.user("long@example.com", { displayName: "long", nickName: "ü".repeat(50_000) });
    await client.user("longer@example.com", { displayName: "longer", nickName: "ü".repeat(50_001) });
    const found = await pages("count=1&sortBy=nickName");
    expect(found.flatMap(names).toSorted()).toEqual(["ann", "bob", "cyd", "dan", "eve", "long", "longer"]);
    for (const { body } of found.slice(0, -1)) {
      expect(body.nextCursor).toMatch(/^[\w.~-]+$/);
      expect(body.nextCursor.length).toBeLessThan(2_000);
    }
  });
});

describe("who comes and who goes does not move the pages", () => {
  const remove = async (name: string): Promise<void> => {
    const { body } = await client.get(`/Users?filter=displayName%20eq%20%22${name}%22`);
    await client.delete(`/Users/${body.Resources[0].id}`);
  };

  test.each(["count=2", "count=2&sortBy=userName"])(
    "the resource where a page ended is gone: %s",
    async (parameters) => {
      const first = await page("", parameters);
      await remove("bob");
      const second = await page(first.body.nextCursor as string, parameters);
      expect(names(second)).toEqual(["cyd", "dan"]);
      expect(second.body.totalResults).toBe(4);
    },
  );

  test("one is added among those that were seen: it does not push another onto the next page", async () => {
    const first = await page("", "count=2&sortBy=userName");
    await addUser("ben");
    const second = await page(first.body.nextCursor as string, "count=2&sortBy=userName");
    expect(names(second)).toEqual(["cyd", "dan"]);
    expect(names(await page(second.body.previousCursor as string, "count=2&sortBy=userName"))).toEqual([
      "ben",
      "bob",
    ]);
  });

  test("one is added while pages are read in the order of making: it is seen last", async () => {
    const first = await page("");
    await addUser("aaa");
    expect(names(await page(first.body.nextCursor as string, "count=9"))).toEqual([
      "cyd",
      "dan",
      "eve",
      "aaa",
    ]);
  });

  test("all that would follow are gone: an empty page, from which one can go back", async () => {
    const [, second] = await pages("count=2");
    for (const name of ["dan", "eve"]) await remove(name);
    const third = await page(second!.body.nextCursor as string);
    expect(third.body).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] });
    expect(third.body).not.toHaveProperty("nextCursor");
    expect(names(await page(third.body.previousCursor as string))).toEqual(["bob", "cyd"]);
  });

  test("all that would lead up are gone: the first page", async () => {
    const [, second] = await pages("count=2");
    for (const name of ["ann", "bob"]) await remove(name);
    const first = await page(second!.body.previousCursor as string);
    expect(names(first)).toEqual(["cyd", "dan"]);
    expect(first.body).not.toHaveProperty("previousCursor");
  });
});

describe("what is refused (§2.1)", () => {
  const refusal = ({ status, body }: Answer): unknown[] => [status, body.scimType];
  const nextCursor = async (): Promise<string> => (await page("")).body.nextCursor as string;

  test.each(["garbage", "a.b", ".", "..", "a", "é", "eyJhIjoxfQ.AAAA", "x".repeat(5_000)])(
    "a cursor that this server did not make: %s",
    async (cursor) => {
      expect(refusal(await page(encodeURIComponent(cursor)))).toEqual([400, "invalidCursor"]);
    },
  );

  test("a cursor that was changed, in any one character", async () => {
    const cursor = await nextCursor();
    for (let at = 0; at < cursor.length; at += 1) {
      const other = cursor.charAt(at) === "A" ? "B" : "A";
      const changed = cursor.slice(0, at) + other + cursor.slice(at + 1);
      expect(refusal(await page(changed))).toEqual([400, "invalidCursor"]);
    }
  });

  test("a cursor of another server", async () => {
    const other = await startServer({ behaviour: { cursorPaging: "on" } });
    const stranger = await scimClient(other).get(`/Users?count=2&cursor=${await nextCursor()}`);
    expect(refusal(stranger)).toEqual([400, "invalidCursor"]);
    await other.close();
  });

  test.each([
    ["another filter", "/Users?count=2&filter=active%20eq%20true"],
    ["another order", "/Users?count=2&sortBy=userName"],
    ["other attributes", "/Users?count=2&attributes=userName"],
    ["another endpoint", "/Groups?count=2"],
    ["the root", "?count=2"],
  ])("a cursor with %s", async (_name, path) => {
    const answer = await client.get(`${path}&cursor=${await nextCursor()}`);
    expect(refusal(answer)).toEqual([400, "invalidCursor"]);
    expect(answer.body.detail).toContain("another query");
  });

  test("a page of another size goes on from the same place", async () => {
    expect(names(await page(await nextCursor(), "count=1"))).toEqual(["cyd"]);
    expect(names(await page(await nextCursor(), ""))).toEqual(["cyd", "dan", "eve"]);
  });

  test("a cursor older than cursorTimeout: expiredCursor", async () => {
    const cursor = await nextCursor();
    const { cursorTimeout } = (await client.get("/ServiceProviderConfig")).body.pagination;
    now += cursorTimeout * 1_000;
    expect((await page(cursor)).status).toBe(200);
    now += 1_000;
    const late = await page(cursor);
    expect(refusal(late)).toEqual([400, "expiredCursor"]);
    expect(late.body.detail).toContain(String(cursorTimeout));
  });

  test.each(["0", "-1", "1.5", "x", "", "%20"])("count=%s with a cursor: invalidCount", async (count) => {
    expect(refusal(await page("", `count=${count}`))).toEqual([400, "invalidCount"]);
  });

  test("a count above maxPageSize is taken for maxPageSize (§4)", async () => {
    expect((await page("", "count=100000")).body.itemsPerPage).toBe(5);
  });

  test("cursor and startIndex at once", async () => {
    expect(refusal(await client.get("/Users?cursor&startIndex=1"))).toEqual([400, "invalidValue"]);
  });
});

describe("cursors in searches by POST (§3)", () => {
  test("go over the same pages, and can be carried on in a URL", async () => {
    const body = { schemas: [searchRequest], filter: 'userType eq "member"', sortBy: "userName", count: 2 };
    const first = await client.post("/Users/.search", { ...body, cursor: "" });
    expect(names(first)).toEqual(["cyd", "dan"]);
    const cursor = first.body.nextCursor as string;
    expect(names(await client.post("/Users/.search", { ...body, cursor }))).toEqual(["eve"]);
    expect(names(await page(cursor, "filter=userType%20eq%20%22member%22&sortBy=userName&count=2"))).toEqual([
      "eve",
    ]);
  });

  test("null asks for no cursor", async () => {
    const { body } = await client.post("/Users/.search", { cursor: null, startIndex: 2, count: 1 });
    expect(body).toMatchObject({ startIndex: 2, itemsPerPage: 1 });
  });

  test("at the root, over users and Teams", async () => {
    now += 1_000;
    await client.team("fred");
    await addUser("gil");
    for (const parameters of [{}, { sortBy: "displayName", sortOrder: "descending" }]) {
      const found: Answer[] = [];
      for (
        let cursor: string | undefined = "";
        cursor !== undefined;
        cursor = found.at(-1)!.body.nextCursor
      ) {
        found.push(await client.post("/.search", { ...parameters, cursor, count: 2 }));
      }
      const all = ["ann", "bob", "cyd", "dan", "eve", "fred", "gil"];
      expect(found.flatMap(names)).toEqual("sortBy" in parameters ? all.toReversed() : all);
      const back = await client.post("/.search", {
        ...parameters,
        cursor: found.at(-1)!.body.previousCursor,
        count: 2,
      });
      expect(names(back)).toEqual(names(found.at(-2)!));
    }
  });
});

test("ServiceProviderConfig announces it, with what is true (§4)", async () => {
  expect((await client.get("/ServiceProviderConfig")).body.pagination).toEqual({
    cursor: true,
    index: true,
    defaultPaginationMethod: "index",
    defaultPageSize: 100,
    maxPageSize: 1_000,
    cursorTimeout: 3_600,
  });
});
