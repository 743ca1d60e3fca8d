import { afterEach, describe, expect, test } from "vitest";
import { readAstroState, type ReadOptions } from "../../../src/astro/api/reading/read.ts";
import type { HeldState } from "../../../src/astro/held.ts";
import { AppError } from "../../../src/ground/errors.ts";
import { createSender } from "../../../src/http/send.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { longEnoughMs } from "../../support/long-enough.ts";
import { unusedPort } from "../../support/loopback-server.ts";
import {
  scimServerWith,
  type Arrived,
  type HabitServer,
  type Reply,
} from "../../support/scim-server-with.ts";

let server: HabitServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function read(
  reply: (request: Arrived) => Reply,
  options: Partial<ReadOptions> = {},
): Promise<HeldState> {
  server = await scimServerWith(reply);
  return await readAstroState(server.send, { target: server.target, ...options });
}

async function failure(
  reply: (request: Arrived) => Reply,
  options: Partial<ReadOptions> = {},
): Promise<AppError> {
  try {
    await read(reply, options);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("the read should have failed");
}

const user = (number: number) => ({ id: `u${number}`, userName: `user${number}@example.com`, active: true });
const users = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => user(from + at));

/** RFC 7644 §3.12. */
const notThere: Reply = { status: 404, json: { status: "404" } };

/** A server that follows RFC 7644 §3.4.2.4, and gives a Team by its id, apart from what a test changes. */
function following(all: readonly object[], groups: readonly object[] = []): (request: Arrived) => Reply {
  return ({ path, query }) => {
    const team = groups.find((group) => "id" in group && path === `/Groups/${String(group.id)}`);
    if (team !== undefined) return { status: 200, json: team };
    if (path !== "/Users" && path !== "/Groups") return notThere;
    const list = path === "/Users" ? all : groups;
    const startIndex = Number(query.get("startIndex"));
    const Resources = list.slice(startIndex - 1, startIndex - 1 + Number(query.get("count")));
    return { status: 200, json: { totalResults: list.length, startIndex, Resources } };
  };
}

describe("the end of a list", () => {
  const all = users(1, 100);
  const groups: Reply = { status: 200, json: { totalResults: 0 } };

  test("where the total is the page, the next page is asked for once; a failure there ends the list", async () => {
    const state = await read(({ path, query }) => {
      if (path === "/Groups") return groups;
      if (query.get("startIndex") !== "1") return { status: 400, text: "" };
      return { status: 200, json: { totalResults: 100, Resources: all } };
    });
    expect(state.users.size).toBe(100);
    expect(server?.arrived.filter(({ path }) => path === "/Users")).toHaveLength(2);
  });

  test.each([400, 404, 500, 503])(
    "a page that fails (%i) before the total was reached makes the read incomplete",
    async (status) => {
      const error = await failure(({ path, query }) => {
        if (path === "/Groups") return groups;
        if (query.get("startIndex") !== "1") return { status, json: { status: String(status) } };
        return { status: 200, json: { totalResults: 150, Resources: all } };
      });
      expect(["source-incomplete", "not-scim"]).toContain(error.code);
    },
  );

  test.each([
    { says: "the total of all", totalResults: 150 },
    { says: "the length of the page as the total", totalResults: 100 },
    { says: "no total", totalResults: undefined },
  ])(
    "a server that ignores startIndex, and says $says, makes the read incomplete",
    async ({ totalResults }) => {
      const error = await failure(({ path, query }) => {
        if (path === "/Groups") return groups;
        const Resources = users(1, 150).slice(0, Number(query.get("count")));
        return { status: 200, json: { totalResults, Resources } };
      });
      expect(error.code).toBe("source-incomplete");
      expect(error.message).toContain("returns the same page for every startIndex");
    },
  );

  test("a server that does not page at all, and gives everything whatever it is asked for, is read", async () => {
    const state = await read(({ path }) =>
      path === "/Groups" ? groups : { status: 200, json: { totalResults: 150, Resources: users(1, 150) } },
    );
    expect(state.users.size).toBe(150);
  });

  test("a server that gives the first page again past the end is read", async () => {
    const state = await read(({ path, query }) => {
      if (path === "/Groups") return groups;
      const startIndex = Number(query.get("startIndex"));
      const from = startIndex > all.length ? 0 : startIndex - 1;
      const Resources = all.slice(from, from + Number(query.get("count")));
      return { status: 200, json: { totalResults: 100, Resources } };
    });
    expect(state.users.size).toBe(100);
  });

  test.each([1, undefined])(
    "one id for two users makes the read incomplete (total %s)",
    async (totalResults) => {
      const error = await failure(({ path, query }) => {
        if (path === "/Groups") return groups;
        const Resources = query.get("startIndex") === "1" ? [user(1), { ...user(2), id: "u1" }] : [];
        return { status: 200, json: { totalResults, Resources } };
      });
      expect(error.message).toContain('two resources have the id "u1"');
      expect(error.code).toBe("source-incomplete");
    },
  );
});

describe("ids (RFC 7643 §3.1)", () => {
  const numbered = [{ ...user(1), id: 1 }];

  test("a number is read as its digits", async () => {
    const state = await read(following(numbered));
    expect(state.users.get("user1@example.com")?.scimId).toBe("1");
  });

  test("a number that cannot be held exactly is no id: it would be read as its neighbour", async () => {
    const text = `{"totalResults":1,"Resources":[{"id":9007199254740993,"userName":"a@example.com"}]}`;
    const error = await failure(() => ({ status: 200, text }));
    expect(error.code).toBe("not-scim");
  });

  test.each([
    { of: "a user", users: numbered, groups: [] },
    { of: "a Team", users: [user(1)], groups: [{ id: 7, displayName: "Data", members: [] }] },
    {
      of: "a member",
      users: [user(1)],
      groups: [{ id: "t1", displayName: "Data", members: [{ value: 1 }] }],
    },
  ])("for a repair, a number as the id of $of is refused", async (server_) => {
    const error = await failure(following(server_.users, server_.groups), { textIdsOnly: true });
    expect(error.message).toContain("with an id that is a number instead of a string");
    expect(error.code).toBe("not-scim");
  });
});

describe("members that the list of users does not show", () => {
  const team = (...members: object[]) => [{ id: "t1", displayName: "Data", members }];
  const unseen = (state: HeldState) => state.teams.get("data")?.unseenMembers;

  test("an account that exists is hidden, and asked for once however many Teams it is in", async () => {
    const listed = following(
      [user(1)],
      ["t1", "t2"].map((id) => ({ id, displayName: id, members: [{ value: "u9" }] })),
    );
    const state = await read((request) =>
      request.path === "/Users/u9" ? { status: 200, json: user(9) } : listed(request),
    );
    expect(state.teams.get("t1")?.unseenMembers).toMatchObject([
      { scimId: "u9", is: "hidden", account: { key: "user9@example.com", active: true } },
    ]);
    expect(state.teams.get("t2")?.unknownMembers).toEqual([]);
    expect(server?.arrived.filter(({ path }) => path === "/Users/u9")).toHaveLength(1);
  });

  test.each([
    { rule: "one of type Group is a group", members: [{ value: "g2", type: "Group" }] },
    { rule: "also where a user has that id", members: [{ value: "u1", type: "group" }] },
    { rule: "one with the id of another Team is a group", members: [{ value: "t2" }] },
  ])("$rule", async ({ members }) => {
    const groups = [...team(...members), { id: "t2", displayName: "Other", members: [] }];
    const state = await read(following([user(1)], groups));
    expect(unseen(state)).toEqual([{ scimId: members[0]?.value, is: "group" }]);
    expect([...(state.teams.get("data")?.members ?? [])]).toEqual([]);
  });

  test.each<{ why: string; reply: Reply }>([
    { why: "a server that fails", reply: { status: 500, text: "" } },
    { why: "a gateway's 404", reply: { status: 404, text: "<html>not found</html>" } },
    { why: "another user in its place", reply: { status: 200, json: user(1) } },
  ])("one that cannot be asked for ($why) is not taken for nobody's", async ({ reply }) => {
    const listed = following([user(1)], team({ value: "u9" }));
    const state = await read((request) => (request.path === "/Users/u9" ? reply : listed(request)));
    expect(unseen(state)).toEqual([{ scimId: "u9", is: "unreadable" }]);
  });

  test("of very many only the first are asked for; the others are not taken for nobody's", async () => {
    const ids = Array.from({ length: 250 }, (_, at) => ({ value: `x${at}` }));
    const state = await read(following([user(1)], team(...ids)));
    expect(state.teams.get("data")?.unknownMembers).toHaveLength(200);
    expect(unseen(state)).toHaveLength(50);
  });
});

describe("pages", () => {
  const all = users(1, 250);
  const paged = (
    change: (page: { startIndex: number; count: number; Resources: readonly object[] }) => object,
  ) => {
    return ({ path, query }: Arrived): Reply => {
      if (path === "/Groups") return { status: 200, json: { totalResults: 0 } };
      const startIndex = Number(query.get("startIndex"));
      const count = Number(query.get("count"));
      const Resources = all.slice(startIndex - 1, startIndex - 1 + count);
      return { status: 200, json: change({ startIndex, count, Resources }) };
    };
  };

  test.each([
    {
      habit: "follows RFC 7644 §3.4.2.4",
      reply: paged((page) => ({ totalResults: 250, itemsPerPage: page.Resources.length, ...page })),
    },
    {
      habit: "writes its counters as strings",
      reply: paged(({ Resources }) => ({
        totalResults: "250",
        startIndex: "1",
        itemsPerPage: "100",
        Resources,
      })),
    },
    {
      habit: "echoes count as itemsPerPage, on the short last page too",
      reply: paged(({ count, Resources }) => ({ totalResults: 250, itemsPerPage: count, Resources })),
    },
    {
      habit: "says itemsPerPage 0 and startIndex 1 on each page",
      reply: paged(({ Resources }) => ({ totalResults: 250, itemsPerPage: 0, startIndex: 1, Resources })),
    },
    {
      habit: "gives at most 30 in a page, whatever is asked for",
      reply: paged(({ Resources }) => ({ totalResults: 250, Resources: Resources.slice(0, 30) })),
    },
    {
      habit: "gives 100 a page and says that these are all",
      reply: paged(({ Resources }) => ({ totalResults: Resources.length, Resources })),
    },
    {
      habit: "does not say how many there are",
      reply: paged(({ Resources }) => ({ Resources })),
    },
    {
      habit: "repeats one user at the start of the next page",
      reply: paged(({ startIndex, Resources }) => ({
        totalResults: 250,
        Resources: startIndex === 1 ? Resources : [user(startIndex - 1), ...Resources],
      })),
    },
    {
      habit: "answers a page past the end with the first one, as SCIMMY does",
      reply: paged(({ Resources }) => ({
        totalResults: Resources.length === 0 ? 100 : Resources.length,
        Resources: Resources.length === 0 ? users(1, 100) : Resources,
      })),
    },
  ])("all users are read from a server that $habit", async ({ reply }) => {
    const state = await read(reply);
    expect([...state.users.keys()].sort()).toEqual(all.map((one) => one.userName).sort());
  });

  test("a server that refuses a page past the end has given everything", async () => {
    const state = await read(({ path, query }) => {
      if (query.get("startIndex") !== "1")
        return { status: 400, json: { status: "400", detail: "out of range" } };
      return {
        status: 200,
        json: path === "/Users" ? { totalResults: 2, Resources: users(1, 2) } : { totalResults: 0 },
      };
    });
    expect(state.users.size).toBe(2);
  });

  test("a list that grows while it is read is read to its new end", async () => {
    const state = await read(({ path, query }) => {
      if (path === "/Groups") return { status: 200, json: { totalResults: 0 } };
      const startIndex = Number(query.get("startIndex"));
      const now = startIndex === 1 ? users(1, 150) : users(1, 160);
      return {
        status: 200,
        json: { totalResults: now.length, Resources: now.slice(startIndex - 1, startIndex + 99) },
      };
    });
    expect(state.users.size).toBe(160);
  });

  test("a list that shrank while it was read is read again, for a user may have moved up past the reader", async () => {
    let left = users(1, 150);
    let removed = false;
    const state = await read(({ path, query }) => {
      if (path === "/Groups") return { status: 200, json: { totalResults: 0 } };
      const startIndex = Number(query.get("startIndex"));
      if (startIndex > 1 && !removed) {
        removed = true;
        left = left.filter((one) => one.id !== "u7");
      }
      return {
        status: 200,
        json: { totalResults: left.length, Resources: left.slice(startIndex - 1, startIndex + 99) },
      };
    });
    expect(state.users.size).toBe(149);
    expect(state.users.has("user101@example.com")).toBe(true);
    expect(state.users.has("user7@example.com")).toBe(false);
  });

  test.each([
    {
      habit: "ignores startIndex and gives the first page again and again",
      reply: paged(() => ({ totalResults: 250, Resources: users(1, 100) })),
      says: "250 resources were announced, but 100 were returned",
    },
    {
      habit: "announces more than it gives",
      reply: paged(({ Resources }) => ({ totalResults: 251, Resources })),
      says: "251 resources were announced, but 250 were returned",
    },
    {
      habit: "fails on the second page",
      reply: ({ path, query }: Arrived): Reply =>
        path === "/Users" && query.get("startIndex") === "101"
          ? { status: 500, json: { status: "500", detail: "database away" } }
          : following(all)({ path, query } as Arrived),
      says: "GET /Users was answered 500: database away",
    },
    {
      habit: "cuts the connection on the second page",
      reply: ({ path, query }: Arrived): Reply =>
        query.get("startIndex") === "101" ? "cut" : following(all)({ path, query } as Arrived),
      says: "GET /Users",
      code: "unreachable",
    },
  ])("a read is never smaller than the list: a server that $habit", async ({ reply, says, code }) => {
    const error = await failure(reply);
    expect(error.code).toBe(code ?? "source-incomplete");
    expect(error.message).toContain(says);
    expect(error.hint).toBeDefined();
  });

  test("a list that shrinks with every page is given up after three readings", async () => {
    let total = 400;
    const error = await failure(({ query }) => {
      total -= 1;
      const startIndex = Number(query.get("startIndex"));
      return {
        status: 200,
        json: { totalResults: total, Resources: users(1, total).slice(startIndex - 1, startIndex + 99) },
      };
    });
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain("kept changing");
  });

  test("an interrupted read ends with the page that is under way", async () => {
    const controller = new AbortController();
    const error = await failure(following(all), {
      signal: controller.signal,
      onPage: () => {
        controller.abort();
      },
    });
    expect(error.code).toBe("interrupted");
    expect(server?.arrived).toHaveLength(1);
  });
});

describe("users", () => {
  const only = async (resource: object, options: Partial<ReadOptions> = {}) => {
    const state = await read(following([resource]), options);
    return [...state.users.values()][0];
  };

  test("the documented attributes are read by their paths; empty and null ones are absent", async () => {
    const held = await only({
      id: "1",
      userName: "Ada@Example.com",
      externalId: "00u1",
      displayName: "Ada Lovelace",
      name: { givenName: "Ada", familyName: "" },
      emails: [
        { value: "home@example.com", type: "home" },
        { value: "ada@example.com", primary: true },
      ],
      profileUrl: null,
      active: true,
    });
    expect(held).toMatchObject({
      key: "ada@example.com",
      userName: "Ada@Example.com",
      scimId: "1",
      externalId: "00u1",
      active: true,
      attributes: {
        displayName: "Ada Lovelace",
        "name.givenName": "Ada",
        "emails[primary eq true].value": "ada@example.com",
      },
    });
    expect(Object.keys(held?.attributes ?? {})).toHaveLength(3);
  });

  test.each([
    { habit: "false", active: false, expected: false },
    { habit: 'the string "False"', active: "False", expected: false },
    { habit: 'the string "true"', active: "true", expected: true },
    { habit: "nothing", active: undefined, expected: true },
    { habit: "null", active: null, expected: false },
    { habit: "0", active: 0, expected: false },
    { habit: 'the string "no"', active: "no", expected: false },
  ])("active as $habit", async ({ active, expected }) => {
    expect((await only({ ...user(1), active }))?.active).toBe(expected);
  });

  test("a single e-mail address is the primary one though nothing marks it", async () => {
    const held = await only({ ...user(1), emails: [{ value: "a@example.com" }] });
    expect(held?.attributes["emails[primary eq true].value"]).toBe("a@example.com");
  });

  test('primary is recognised as the string "True"', async () => {
    const emails = [{ value: "a@example.com" }, { value: "b@example.com", primary: "True" }];
    const held = await only({ ...user(1), emails });
    expect(held?.attributes["emails[primary eq true].value"]).toBe("b@example.com");
  });

  test("numbers pass as ids, and a version only where it can stand in a header", async () => {
    const held = await only({ ...user(1), id: 17, meta: { version: 'W/"3"' } });
    expect(held).toMatchObject({ scimId: "17", version: 'W/"3"' });
    await server?.close();
    const other = await only({ ...user(1), meta: { version: 'W/"3"\r\nx: y' } });
    expect(other?.version).toBeUndefined();
  });

  test("extension attributes are read behind their URN", async () => {
    const urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    const held = await only(
      { ...user(1), [urn]: { department: "Data" } },
      { attributePaths: [`${urn}:department`] },
    );
    expect(held?.attributes).toEqual({ [`${urn}:department`]: "Data" });
  });

  test("names like __proto__ are no attributes", async () => {
    const resource = JSON.parse(
      '{"id":"1","userName":"a@example.com","__proto__":{"displayName":"x"}}',
    ) as object;
    expect((await only(resource))?.attributes).toEqual({});
  });

  test("two accounts that differ by case only are both kept, the active one first", async () => {
    const state = await read(
      following([
        { id: "1", userName: "Ada@example.com", active: false },
        { id: "2", userName: "ada@example.com", active: true },
      ]),
    );
    expect(state.users.get("ada@example.com")?.scimId).toBe("2");
    expect(state.namesakeUsers.map((one) => one.scimId)).toEqual(["1"]);
  });

  test("the fingerprint follows the mapped attributes and nothing else", async () => {
    const before = await only({ ...user(1), displayName: "Ada", title: "Countess" });
    await server?.close();
    const retitled = await only({ ...user(1), displayName: "Ada", title: "Baroness" });
    await server?.close();
    const renamed = await only({ ...user(1), displayName: "Augusta", title: "Countess" });
    expect(retitled?.fingerprint).toBe(before?.fingerprint);
    expect(renamed?.fingerprint).not.toBe(before?.fingerprint);
  });
});

test.each([1, "yes", "active", {}])(
  "an active that is neither yes nor no (%j) is an error: it would hide somebody either way",
  async (active) => {
    const error = await failure(following([{ ...user(1), active }]));
    expect(error.message).toContain("(at active)");
    expect(error.code).toBe("not-scim");
  },
);

test.each([
  { habit: "texts", roles: ["ORGANIZATION_OWNER"], expected: ["ORGANIZATION_OWNER"] },
  { habit: "values", roles: [{ value: "ORGANIZATION_OWNER" }], expected: ["ORGANIZATION_OWNER"] },
  { habit: "one text", roles: "owner", expected: ["owner"] },
  { habit: "none", roles: [], expected: undefined },
  { habit: "nothing", roles: undefined, expected: undefined },
])("roles as $habit", async ({ roles, expected }) => {
  const state = await read(following([{ ...user(1), roles }]));
  expect(state.users.get("user1@example.com")?.roles).toEqual(expected);
});

describe("Teams", () => {
  const two = users(1, 2);

  test("members become users; ids that point nowhere are kept apart", async () => {
    const state = await read(
      following(two, [{ id: "t1", displayName: "Data", members: [{ value: "u1" }, { value: "ghost" }] }]),
    );
    const team = state.teams.get("data");
    expect([...(team?.members ?? [])]).toEqual(["user1@example.com"]);
    expect(team?.unknownMembers).toEqual(["ghost"]);
  });

  test.each([
    { habit: "null", members: null, expected: [] },
    { habit: "one object instead of a list", members: { value: "u1" }, expected: ["user1@example.com"] },
    {
      habit: "references only",
      members: [{ $ref: "https://h/scim/v2/Users/u2" }],
      expected: ["user2@example.com"],
    },
  ])("members as $habit", async ({ members, expected }) => {
    const state = await read(following(two, [{ id: "t1", displayName: "Data", members }]));
    expect([...(state.teams.get("data")?.members ?? [])]).toEqual(expected);
  });

  test("a Team that the list shows without members is read by itself", async () => {
    const listed = following(two, [
      { id: "t1", displayName: "Data" },
      { id: "t2", displayName: "Empty" },
    ]);
    const state = await read((request) => {
      if (request.path === "/Groups/t1") {
        return { status: 200, json: { id: "t1", displayName: "Data", members: [{ value: "u1" }] } };
      }
      if (request.path === "/Groups/t2") return { status: 200, json: { id: "t2", displayName: "Empty" } };
      return listed(request);
    });
    expect([...(state.teams.get("data")?.members ?? [])]).toEqual(["user1@example.com"]);
    expect(state.teams.get("empty")?.members.size).toBe(0);
  });

  test("a Team that is gone when it is read by itself is no part of the state", async () => {
    const listed = following(two, [{ id: "t1", displayName: "Data" }]);
    const without = following(two, []);
    let isGone = false;
    const state = await read((request) => {
      isGone ||= request.path === "/Groups/t1";
      return isGone ? without(request) : listed(request);
    });
    expect(state.teams.size).toBe(0);
  });

  test("a Team that the list shows and that cannot be found by its id makes the read incomplete", async () => {
    const listed = following(two, [{ id: "t1", displayName: "Data" }]);
    const error = await failure((request) =>
      request.path === "/Groups/t1" ? { status: 404, json: { status: "404" } } : listed(request),
    );
    expect(error.message).toContain("has the group t1, which is not found by its id");
    expect(error.code).toBe("source-incomplete");
  });

  test("a Team that cannot be read by itself makes the read incomplete", async () => {
    const listed = following(two, [{ id: "t1", displayName: "Data" }]);
    const error = await failure((request) =>
      request.path === "/Groups/t1" ? { status: 503, text: "" } : listed(request),
    );
    expect(error.code).toBe("source-incomplete");
  });

  test("the fingerprint does not depend on the order of the members", async () => {
    const team = (...ids: string[]) => [
      { id: "t1", displayName: "Data", members: ids.map((value) => ({ value })) },
    ];
    const before = await read(following(two, team("u1", "u2")));
    await server?.close();
    const after = await read(following(two, team("u2", "u1")));
    expect(after.teams.get("data")?.fingerprint).toBe(before.teams.get("data")?.fingerprint);
  });
});

describe("answers that are no list of users", () => {
  const scimError = (status: number, detail: string) => ({
    status,
    json: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status), detail },
  });

  test.each([
    { answer: scimError(401, "no token"), code: "unauthorized", says: "401: no token" },
    { answer: scimError(403, "not an owner"), code: "unauthorized", says: "403: not an owner" },
    {
      answer: { status: 403, json: { message: "forbidden", requestId: "clz9x", statusCode: 403 } },
      code: "unauthorized",
      says: "403: forbidden (request clz9x)",
    },
    {
      answer: {
        status: 404,
        json: { message: "Organization not found", requestId: "clz9y", statusCode: 404 },
      },
      code: "not-scim",
      says: "is not a SCIM base URL: GET /Users was answered 404: Organization not found (request clz9y)",
    },
    { answer: { status: 404, text: "<html>nginx</html>" }, code: "not-scim", says: "is not a SCIM server" },
    { answer: { status: 200, text: "<!doctype html><html>" }, code: "not-scim", says: "answered a web page" },
    { answer: { status: 200, text: "" }, code: "not-scim", says: "answered nothing" },
    { answer: { status: 200, text: "ready" }, code: "not-scim", says: 'the text "ready"' },
    { answer: { status: 200, json: { hello: "world" } }, code: "not-scim", says: "not a list of resources" },
    { answer: { status: 200, json: [] }, code: "not-scim", says: "not a list of resources" },
    {
      answer: { status: 200, json: { totalResults: 1, Resources: [{ id: "1" }] } },
      code: "not-scim",
      says: "(at userName)",
    },
    {
      answer: { status: 200, json: { totalResults: 1, Resources: ["x"] } },
      code: "not-scim",
      says: "not a resource",
    },
    {
      answer: { status: 302, headers: { location: "https://login.example.com/start?secret=1" } },
      code: "not-scim",
      says: "302, a redirect to https://login.example.com.",
    },
    { answer: { status: 502, text: "<html>bad gateway</html>" }, code: "source-incomplete", says: "502" },
    { answer: { status: 429, json: { status: 429 } }, code: "source-incomplete", says: "429" },
    { answer: "cut", code: "unreachable", says: "GET /Users" },
  ] as const)("$code: $says", async ({ answer, code, says }) => {
    const error = await failure(() => answer);
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
    expect(error.message).not.toContain("secret");
    expect(error.hint).toBeDefined();
  });

  test("a server that is not there", async () => {
    const port = await unusedPort();
    const target = `http://127.0.0.1:${port}/scim/v2`;
    const signal = new AbortController().signal;
    const { timers } = systemWorld();
    const sender = createSender({ baseUrl: target, timeoutMs: longEnoughMs, connections: 1, signal, timers });
    const reading = readAstroState(sender.send, { target });
    await expect(reading).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining(String(port)) as string,
      hint: expect.stringContaining("Check the host and port") as string,
    });
    await sender.close();
  });
});
