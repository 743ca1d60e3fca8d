/** A list is read whole, or not at all. */

import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod";
import type { AppError } from "../../src/ground/errors.ts";
import {
  linked,
  oktaClient,
  oktaError,
  oktaToken,
  startOktaLike,
  type AnswerOkta,
  type OktaAnswer,
  type OktaClient,
  type OktaLike,
  type OktaRequest,
} from "../support/okta-answers.ts";

const entry = z.looseObject({ id: z.string() });
const purpose = { reads: "the users assigned to the app", needs: "okta.apps.read" };
const path = "/api/v1/apps/0oa1/users?limit=2&expand=user";

let server: OktaLike;
let client: OktaClient;
afterEach(async () => {
  await client.close();
  await server.close();
});

async function start(answer: AnswerOkta): Promise<void> {
  server = await startOktaLike(answer);
  client = oktaClient(server.url);
}

async function read(): Promise<readonly string[]> {
  const entries = await client.api.list(path, entry, purpose);
  return entries.map(({ id }) => id);
}

async function refusal(): Promise<AppError> {
  return (await read().then(
    (ids) => {
      throw new Error(`read ${ids.length} entries`);
    },
    (error: unknown) => error,
  )) as AppError;
}

/** Pages of two, as `pages` has them; the cursor is opaque, and has characters that a query may have. */
function paged(pages: readonly (readonly string[])[]): (request: OktaRequest) => OktaAnswer {
  return ({ query }) => {
    const at = Number(query.get("after")?.slice("c:'/?(".length) ?? 0);
    const next =
      at + 1 < pages.length ? `/api/v1/apps/0oa1/users?after=c:'/?(${at + 1}&limit=2&expand=user` : undefined;
    return { body: (pages[at] ?? []).map((id) => ({ id })), headers: linked(server.url, path, next) };
  };
}

describe("a list of several pages", () => {
  test("is read by the next links, verbatim, with the credentials", async () => {
    await start((request) => paged([["a", "b"], ["c", "d"], [], ["e"]])(request));
    expect(await read()).toEqual(["a", "b", "c", "d", "e"]);
    expect(server.requests.map(({ url }) => url)).toEqual([
      path,
      "/api/v1/apps/0oa1/users?after=c:'/?(1&limit=2&expand=user",
      "/api/v1/apps/0oa1/users?after=c:'/?(2&limit=2&expand=user",
      "/api/v1/apps/0oa1/users?after=c:'/?(3&limit=2&expand=user",
    ]);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 4 }, () => `SSWS ${oktaToken}`),
    );
  });

  test("is told of after each page", async () => {
    await start((request) => paged([["a", "b"], ["c"]])(request));
    const counts: number[] = [];
    await client.api.list(path, entry, purpose, { onPage: (count) => counts.push(count) });
    expect(counts).toEqual([2, 3]);
  });

  test.each([
    ["two links in one header", (self: string, next: string) => [`${self}, ${next}`]],
    ["the next link first", (self: string, next: string) => [next, self]],
    ["a name in another case", (self: string, next: string) => [self, next.replace("next", "NEXT")]],
    ["a relation without quotes", (self: string, next: string) => [self, next.replace('"next"', "next")]],
    ["several relations", (self: string, next: string) => [self, next.replace("next", "last next")]],
    ["other parameters, with commas in them", (_: string, next: string) => [`${next}; title="a, <b>; c"`]],
  ])("is read with %s", async (_, headers) => {
    const next = `${path}&after=1`;
    await start(({ query }) => {
      const self = `<${server.url}${path}>; rel="self"`;
      if (query.has("after")) return { body: [{ id: "b" }], headers: { Link: self } };
      const link = `<${server.url}${next}>; rel="next"`;
      return { body: [{ id: "a" }], headers: { Link: headers(self, link) } };
    });
    expect(await read()).toEqual(["a", "b"]);
  });
});

const pages = [["a", "b"], ["c", "d"], ["e", "f"], ["g"]];

/** What a page may be in place of itself. */
const broken: readonly (readonly [string, (page: OktaAnswer) => OktaAnswer | undefined])[] = [
  ["fails with 500", () => ({ status: 500, body: oktaError("E0000009", "Internal Server Error") })],
  ["fails with 404", () => ({ status: 404, body: oktaError("E0000007", "Not found: Resource not found") })],
  ["is a web page", () => ({ body: "<html>Sign in</html>", headers: { "Content-Type": "text/html" } })],
  ["is empty", () => ({ body: "" })],
  ["is an object", () => ({ body: { value: [] } })],
  ["is null", () => ({ body: null })],
  ["has an entry of another form", (page) => ({ ...page, body: [{ id: 7 }] })],
  ["has an entry that is nothing", (page) => ({ ...page, body: [null] })],
  ["is JSON that was cut off", (page) => ({ ...page, body: JSON.stringify(page.body).slice(0, -1) })],
  ["is cut off on its way", (page) => ({ ...page, cutAfter: 5 })],
  ["is never answered", () => undefined],
  ["redirects", () => ({ status: 302, headers: { Location: "https://login.example/oauth" } })],
  [
    "is refused for lack of a permission",
    () => ({ status: 403, body: oktaError("E0000006", "You do not have permission") }),
  ],
  [
    "has a Link header that cannot be read",
    (page) => ({ ...page, headers: { Link: '<https://a>; rel="self", <b' } }),
  ],
  [
    "leads to another origin",
    (page) => ({ ...page, headers: { Link: '<https://evil.example/api/v1/apps>; rel="next"' } }),
  ],
  [
    "leads to another port",
    (page) => ({ ...page, headers: { Link: '<http://127.0.0.1:1/api/v1/apps>; rel="next"' } }),
  ],
  [
    "leads back to the first page",
    (page) => ({ ...page, headers: { Link: `<${server.url}${path}>; rel="next"` } }),
  ],
];

describe("a list of which a page", () => {
  const cases = broken.flatMap(([what, breakPage]) =>
    pages.map((_, at) => [what, at + 1, breakPage] as const),
  );
  test.each(cases)("%s, page %i, is refused", async (_, number, breakPage) => {
    await start((request) => {
      const page = paged(pages)(request);
      const at = Number(request.query.get("after")?.slice("c:'/?(".length) ?? 0) + 1;
      return at === number ? breakPage(page) : page;
    });
    const error = await refusal();
    expect(["source-incomplete", "permission-missing", "unreachable"]).toContain(error.code);
    expect(error.message).toContain("GET /api/v1/apps/0oa1/users");
    expect(error.message).toContain(`page ${number}`);
    expect(error.message + (error.hint ?? "")).not.toContain(oktaToken);
  });

  test("leads to another host names both hosts, and nothing is sent there", async () => {
    let reached = 0;
    const foreign = await startOktaLike(() => {
      reached += 1;
      return { body: [] };
    });
    await start(() => ({
      body: [{ id: "a" }],
      headers: { Link: `<${foreign.url}/api/v1/apps/0oa1/users?after=1>; rel="next"` },
    }));
    const error = await refusal();
    await foreign.close();
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain(new URL(foreign.url).host);
    expect(error.message).toContain(new URL(server.url).host);
    expect(reached).toBe(0);
  });

  test.each([
    ["a Link header", 150],
    ["a long Link header", 190],
  ])("echoes the token in %s that cannot be read does not show a part of it", async (_, before) => {
    await start(({ headers }) => ({
      body: [{ id: "a" }],
      headers: { Link: `${"x".repeat(before)} ${headers.authorization ?? ""}` },
    }));
    const { message } = await refusal();
    expect(message).toContain("cannot be read");
    expect(message).not.toContain(oktaToken.slice(0, 4));
  });

  test("leads to the same host with another scheme is refused", async () => {
    await start(() => ({
      body: [{ id: "a" }],
      headers: { Link: `<${server.url.replace("http:", "https:")}/x>; rel="next"` },
    }));
    const { message } = await refusal();
    expect(message).toContain(server.url.replace("http:", "https:"));
  });
});

describe("a list that changes while it is read", () => {
  test("is read again", async () => {
    await start((request) => {
      const changed =
        request.number <= 2
          ? [
              ["a", "b"],
              ["b", "c"],
            ]
          : [["a", "b"], ["c"]];
      return paged(changed)(request);
    });
    expect(await read()).toEqual(["a", "b", "c"]);
    expect(server.requests).toHaveLength(4);
  });

  test("is refused where it is never the same: the entry is named", async () => {
    await start((request) =>
      paged([
        ["a", "b"],
        ["00u-twice", "00u-twice"],
      ])(request),
    );
    const error = await refusal();
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain("00u-twice");
    expect(server.requests).toHaveLength(6);
  });
});

describe("a full first page without any link", () => {
  const long = "/api/v1/groups/00g1/users?limit=30";
  const ids = Array.from({ length: 30 }, (_, at) => ({ id: `00u${at}` }));

  test("is all there is where the same list in smaller pages has a next link", async () => {
    await start(({ query }) => {
      const limit = Number(query.get("limit"));
      const link = limit < ids.length ? { Link: `<${server.url}/next>; rel="next"` } : {};
      return { body: ids.slice(0, limit), headers: link };
    });
    expect(await client.api.list(long, entry, purpose)).toHaveLength(30);
  });

  test("is refused also where a page that is not full has none: the server makes pages of its own size", async () => {
    await start(({ query }) => ({ body: ids.slice(0, Math.min(25, Number(query.get("limit")))) }));
    const error = await client.api.list(long, entry, purpose).catch((reason: unknown) => reason as AppError);
    expect(error).toMatchObject({ code: "source-incomplete" });
  });

  test("is refused where a later page has none either", async () => {
    await start(({ query }) => {
      const after = Number(query.get("after") ?? 0);
      const limit = Number(query.get("limit"));
      const link = { Link: `<${server.url}${long}&after=${after + limit}>; rel="next"` };
      const many = Array.from({ length: limit }, (__, at) => ({ id: `00u${after + at}` }));
      return { body: many, headers: after === 0 ? link : {} };
    });
    const error = await client.api.list(long, entry, purpose).catch((reason: unknown) => reason as AppError);
    expect(error).toMatchObject({ code: "source-incomplete" });
  });

  test("is refused where that has none either: something removes the links", async () => {
    await start(({ query }) => ({ body: ids.slice(0, Number(query.get("limit"))) }));
    const error = await client.api.list(long, entry, purpose).catch((reason: unknown) => reason as AppError);
    expect(error).toMatchObject({ code: "source-incomplete" });
    expect((error as AppError).message).toContain("no links");
  });
});

test("a list that is interrupted ends as interrupted", async () => {
  await start((request) => {
    if (request.number === 2) client.interrupt();
    return paged(pages)(request);
  });
  expect((await refusal()).code).toBe("interrupted");
});
