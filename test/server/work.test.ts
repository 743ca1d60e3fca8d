/**
 * How much work one request may cause. It is counted in comparisons and never in time; what is too much is refused as a
 * whole (413 for edits, 400 tooMany for lists), and while a long list is made other requests are answered.
 */

import { beforeAll, afterAll, describe, expect, test } from "vitest";
import type { AstroSeed } from "../../src/astro/seed.ts";
import { bodyLimits } from "../../src/scim/body-limits.ts";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";
import { seedUser } from "../support/seed-user.ts";

const memberCount = 4_600;
const teamCount = 12;

let server: AstroServer;
let client: ScimClient;
let memberIds: readonly string[];
let teamId: string;

beforeAll(async () => {
  const userNames = Array.from({ length: memberCount }, (_, index) => `user-${index}@example.com`);
  const seed: AstroSeed = {
    users: userNames.map((userName) => seedUser(userName)),
    teams: times(teamCount, (index) => ({ name: `team-${index}`, members: userNames })),
  };
  server = await startServer({ seed });
  client = scimClient(server);
  const { users } = await server.state();
  memberIds = users.map(({ id }) => id);
  teamId = (await client.get("/Groups?count=1&attributes=displayName")).body.Resources[0].id as string;
});
afterAll(() => server.close());

function times<Item>(count: number, make: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function anyOf(count: number, term: (index: number) => string): string {
  return times(count, term).join(" or ");
}

const removeWhere = (filter: string): object => ({ op: "remove", path: `members[${filter}]` });

describe("the operations of a PATCH", () => {
  test("that name members by their ids cost nothing that grows with the Team: 60 times 400 of 4,600", async () => {
    const chosen = (operation: number, term: number): string =>
      memberIds[operation * 10 + term] ?? `nobody-${operation}-${term}`;
    const id = await client.team("to be emptied", ...memberIds);
    const operations = times(60, (operation) =>
      removeWhere(anyOf(400, (term) => `value eq "${term < 10 ? chosen(operation, term) : `x${term}`}"`)),
    );
    expect((await client.patch(`/Groups/${id}`, ...operations)).status).toBe(204);
    const { body } = await client.get(`/Groups/${id}`);
    expect(body.members.map(({ value }: { readonly value: string }) => value)).toEqual(memberIds.slice(600));
    await client.delete(`/Groups/${id}`);
  });

  test("that name a member by its id and ask for more look at that member only", async () => {
    const id = await client.team("one by one", ...memberIds);
    const operations = memberIds
      .slice(0, 1_500)
      .map((value, index) => removeWhere(`type eq "User" and value eq "${value}" and display ew "${index}"`));
    expect((await client.patch(`/Groups/${id}`, ...operations)).status).toBe(204);
    // Each display ends with @example.com.
    expect((await client.get(`/Groups/${id}`)).body.members).toHaveLength(memberCount);
    await client.delete(`/Groups/${id}`);
  });

  const manyEmails = times(bodyLimits.maxValues, (index) => ({
    value: `${index}@example.com`,
    type: "work",
  }));

  test.each<readonly [what: string, path: "/Users" | "/Groups", operations: readonly object[]]>([
    [
      "filters of many terms over many members",
      "/Groups",
      times(60, () => removeWhere(anyOf(300, (term) => `display co "x${term}"`))),
    ],
    ["a filter over many members, many times", "/Groups", times(2_000, () => removeWhere('display eq "x"'))],
    [
      "a filter that could match whom it does not name",
      "/Groups",
      times(100, () => removeWhere('value eq "x" or display eq "x"')),
    ],
    [
      "a filter over the values of a user, many times",
      "/Users",
      times(2_000, () => ({
        op: "replace",
        path: 'emails[value eq "x" or type eq "work"].display',
        value: "x",
      })),
    ],
    [
      "a change of each value of a user, many times",
      "/Users",
      times(2_000, () => ({ op: "replace", path: "emails.display", value: "x" })),
    ],
    [
      "one more value beside many, many times",
      "/Users",
      times(2_000, () => ({ op: "add", path: "emails", value: [{ value: "0@example.com", type: "work" }] })),
    ],
    [
      "many values to remove from many",
      "/Users",
      times(4, () => ({
        op: "remove",
        path: "emails",
        value: times(490, (index) => ({ value: `x${index}` })),
      })),
    ],
    [
      "many names that may be paths",
      "/Users",
      times(100, () => ({
        op: "add",
        value: Object.fromEntries(times(900, (index) => [`name${index}`, 1])),
      })),
    ],
    ["long paths", "/Users", times(400, () => ({ op: "add", path: `urn:${"a:".repeat(4_900)}b`, value: 1 }))],
  ])("%s: 413, and nothing is changed, not even by those before", async (_what, path, operations) => {
    const id =
      path === "/Groups" ? teamId : await client.user(`${_what}@example.com`, { emails: manyEmails });
    const before = (await client.get(`${path}/${id}`)).text;
    const first =
      path === "/Groups"
        ? { op: "remove", path: `members[value eq "${memberIds[0]}"]` }
        : { op: "add", path: "title", value: "Pilot" };
    const answer = await client.patch(
      `${path}/${id}`,
      first,
      ...operations.slice(0, bodyLimits.maxOperations - 1),
    );
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "413",
      detail: expect.stringContaining("The operations need more than 500000 comparisons"),
    });
    expect((await client.get(`${path}/${id}`)).text).toBe(before);
  });

  test("what providers send at most is far below: 1,000 members removed, each by its id", async () => {
    const id = await client.team("of Okta", ...memberIds);
    const operations = memberIds.slice(0, 1_000).map((value) => removeWhere(`value eq "${value}"`));
    expect((await client.patch(`/Groups/${id}`, ...operations)).status).toBe(204);
    expect((await client.get(`/Groups/${id}`)).body.members).toHaveLength(memberCount - 1_000);
    await client.delete(`/Groups/${id}`);
  });
});

test("the operations of a bulk request share one account: those beyond it are refused, each by itself", async () => {
  const path = `/Groups/${teamId}`;
  // Each takes 4,600 times 41 comparisons.
  const heavy = { Operations: [removeWhere(anyOf(40, (term) => `display co "x${term}"`))] };
  const Operations = [
    ...times(4, () => ({ method: "PATCH", path, data: heavy })),
    { method: "POST", path: "/Users", bulkId: "1", data: { userName: "after@example.com" } },
  ];
  const { status, body } = await client.post("/Bulk", { Operations });
  expect(status).toBe(200);
  expect(body.Operations.map((one: { readonly status: string }) => one.status)).toEqual([
    "204",
    "204",
    "413",
    "413",
    "201",
  ]);
});

describe("a list", () => {
  const search = (path: string, filter: string, more: object = {}): Promise<Answer> =>
    client.post(`${path}/.search`, { filter, attributes: ["displayName"], ...more });

  test("whose filter makes too many comparisons with one resource: 400 tooMany", async () => {
    const filter = anyOf(200, (term) => `members.display co "x${term}"`);
    for (const all of [filter, `members.value eq "${memberIds[0]}" and (${filter})`]) {
      const { status, body } = await search("/Groups", all);
      expect([status, body.scimType]).toEqual([400, "tooMany"]);
    }
    expect(
      (
        await search(
          "/Users",
          anyOf(200, (term) => `userName co "x${term}"`),
        )
      ).status,
    ).toBe(200);
  });

  test("that an index narrows is in the order of creation, cut into pages, and filtered by the rest", async () => {
    const names = async (more: object): Promise<readonly string[]> => {
      const filter = `members.value eq "${memberIds[3]}" and displayName co "team-1"`;
      const { body } = await search("/Groups", filter, more);
      expect(body.totalResults).toBe(3);
      return body.Resources.map(({ displayName }: { readonly displayName: string }) => displayName);
    };
    expect(await names({})).toEqual(["team-1", "team-10", "team-11"]);
    expect(await names({ startIndex: 2, count: 1 })).toEqual(["team-10"]);
    expect(await names({ sortBy: "displayName", sortOrder: "descending" })).toEqual([
      "team-11",
      "team-10",
      "team-1",
    ]);
  });

  test("is in the order of creation, also where its one user joined the Teams in another order", async () => {
    const id = await client.user("late@example.com");
    const { body } = await client.get("/Groups?attributes=displayName");
    const [, second, third] = body.Resources as readonly {
      readonly id: string;
      readonly displayName: string;
    }[];
    for (const team of [third, second]) {
      await client.patch(`/Groups/${team?.id}`, { op: "add", path: "members", value: [{ value: id }] });
    }
    const found = await search("/Groups", `members.value eq "${id}" and displayName sw "team"`);
    expect(found.body.Resources.map((team: { readonly id: string }) => team.id)).toEqual([
      second?.id,
      third?.id,
    ]);
  });

  test.each([
    ["by looking at all Teams", "id pr"],
    ["by looking at those that an index finds", "members.value eq "],
  ])("that looks at many members lets other requests have their turn, %s", async (_how, start) => {
    const narrow = start.endsWith(" ") ? `${start}"${memberIds[0]}"` : start;
    const progress = { isOver: false };
    const heavy = search(
      "/Groups",
      `${narrow} and (${anyOf(100, (term) => `members.display co "x${term}"`)})`,
    ).finally(() => {
      progress.isOver = true;
    });
    let answered = 0;
    while (!progress.isOver) {
      expect((await client.get("/Users?count=1")).status).toBe(200);
      answered += 1;
    }
    expect((await heavy).body.totalResults).toBe(0);
    // Were it done in one go, one or two would come before it or be on their way.
    expect(answered).toBeGreaterThan(4);
  });

  test.each(["attributes", "excludedAttributes"])(
    "with too many names in %s: 400 invalidValue",
    async (name) => {
      const tooMany = times(2_000, () => "emails.value");
      for (const names of [tooMany, tooMany.join(",")]) {
        const { status, body } = await client.post("/Users/.search", { [name]: names, count: 1 });
        expect([status, body.scimType]).toEqual([400, "invalidValue"]);
      }
      const many = times(1_000, () => "emails.value");
      expect((await client.post("/Users/.search", { [name]: many, count: 1 })).status).toBe(200);
    },
  );
});

describe("a resource that would be too large", () => {
  const photos = (count: number): readonly object[] =>
    times(count, (index) => ({ value: `data:${index},${"x".repeat(90_000)}` }));

  test("is not made: 413", async () => {
    const { status } = await client.post("/Users", { userName: "large@example.com", photos: photos(6) });
    expect(status).toBe(413);
    expect((await client.get('/Users?filter=userName eq "large@example.com"')).body.totalResults).toBe(0);
  });

  test("is left as it was by a PUT and by a PATCH: 413", async () => {
    const id = await client.user("growing@example.com", { photos: photos(5), title: "Pilot" });
    const before = (await client.get(`/Users/${id}`)).text;
    const replacement = { userName: "grown@example.com", photos: photos(6) };
    expect((await client.put(`/Users/${id}`, replacement)).status).toBe(413);
    const operations = [
      { op: "replace", path: "userName", value: "grown@example.com" },
      { op: "add", path: "photos", value: [{ value: `data:more,${"x".repeat(90_000)}` }] },
    ];
    expect((await client.patch(`/Users/${id}`, ...operations)).status).toBe(413);
    expect((await client.get(`/Users/${id}`)).text).toBe(before);
    expect((await client.get('/Users?filter=userName eq "grown@example.com"')).body.totalResults).toBe(0);
  });
});
