/** Answers in which the truth stands in an unusual place: it is found, or the reading ends. */

import { afterEach, describe, expect, test } from "vitest";
import { readAstroState } from "../../../src/astro/api/reading/read.ts";
import type { HeldState } from "../../../src/astro/held.ts";
import { AppError, type AppErrorCode } from "../../../src/ground/errors.ts";
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

type Lists = { readonly users?: readonly object[]; readonly groups?: readonly object[] };

/** Lists as they are given, on one page; resources by their ids. */
function holding({ users = [], groups = [] }: Lists, byId: Readonly<Record<string, object>> = {}) {
  return ({ path, query }: Arrived): Reply => {
    const list = path === "/Users" ? users : path === "/Groups" ? groups : undefined;
    if (list === undefined) {
      const one = byId[decodeURIComponent(path)];
      return one === undefined ? { status: 404, json: { status: "404" } } : { status: 200, json: one };
    }
    const Resources = query.get("startIndex") === "1" ? list : [];
    return { status: 200, json: { totalResults: list.length, Resources } };
  };
}

async function read(reply: (request: Arrived) => Reply): Promise<HeldState> {
  server = await scimServerWith(reply);
  return await readAstroState(server.send, { target: server.target, textIdsOnly: true });
}

async function codeOf(reply: (request: Arrived) => Reply): Promise<AppErrorCode> {
  const error: unknown = await read(reply).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error.code;
  throw new Error(`the read should have failed, and gave ${String(error)}`);
}

describe("attribute names in another case (RFC 7643 §2.1)", () => {
  test("users", async () => {
    const Emails = [{ Value: "kim.private@example.net" }];
    const state = await read(
      holding({
        users: [
          { ID: "1", UserName: "kim", Active: false, Emails, Roles: [{ Value: "ORGANIZATION_OWNER" }] },
        ],
      }),
    );
    expect(state.users.get("kim")).toMatchObject({
      scimId: "1",
      active: false,
      emails: ["kim.private@example.net"],
      roles: ["ORGANIZATION_OWNER"],
    });
  });

  test("Teams and their members", async () => {
    const state = await read(
      holding({
        users: [{ id: "1", userName: "kim" }],
        groups: [{ Id: "t", DisplayName: "Data", Members: [{ Value: "1" }, { Value: "g", Type: "Group" }] }],
      }),
    );
    const team = state.teams.get("data");
    expect([...(team?.memberIds ?? [])]).toEqual(["1"]);
    expect(team?.unseenMembers).toEqual([{ scimId: "g", is: "group" }]);
  });

  test("lists", async () => {
    const state = await read(({ path, query }) => {
      const resources =
        path === "/Users" && query.get("startIndex") === "1" ? [{ id: "1", userName: "kim" }] : [];
      return { status: 200, json: { TotalResults: path === "/Users" ? 1 : 0, resources } };
    });
    expect([...state.users.keys()]).toEqual(["kim"]);
  });

  test.each([
    { id: "1", Id: "2", userName: "kim" },
    { id: "1", userName: "kim", Active: false, active: true },
  ])("two spellings with two values are no resource: $Id$Active", async (user) => {
    expect(await codeOf(holding({ users: [user] }))).toBe("not-scim");
  });
});

test.each([
  { $ref: "https://h/scim/v2/Groups/1" },
  { $ref: "../Groups/1" },
  { value: "1", $ref: "https://h/scim/v2/Groups/1" },
  { value: "1", type: " group" },
])(
  "a member that is a group by its type or address is no user, though one has its id: %j",
  async (member) => {
    const state = await read(
      holding({
        users: [{ id: "1", userName: "kim" }],
        groups: [{ id: "t", displayName: "Data", members: [member] }],
      }),
    );
    const team = state.teams.get("data");
    expect([...(team?.memberIds ?? [])]).toEqual([]);
    expect(team?.unseenMembers).toEqual([{ scimId: "1", is: "group" }]);
  },
);

test("the id in a member's $ref is decoded, as in any address", async () => {
  const state = await read(
    holding({
      users: [{ id: "a/b", userName: "kim" }],
      groups: [{ id: "t", displayName: "Data", members: [{ $ref: "https://h/scim/v2/Users/a%2Fb" }] }],
    }),
  );
  expect([...(state.teams.get("data")?.members ?? [])]).toEqual(["kim"]);
});

test.each([".", "..", "\uD800"])("%j is no id: no address leads to it", async (id) => {
  expect(await codeOf(holding({ users: [{ id, userName: "kim" }] }))).toBe("not-scim");
  await server?.close();
  const members = [{ value: id }];
  expect(await codeOf(holding({ groups: [{ id: "t", displayName: "Data", members }] }))).toBe("not-scim");
});

test("a Team that has another name by its id than in the list is none that can be told", async () => {
  const reply = holding(
    { groups: [{ id: "t", displayName: "Data" }] },
    { "/Groups/t": { id: "t", displayName: "Ops", members: [] } },
  );
  expect(await codeOf(reply)).toBe("source-incomplete");
});

test("a Team that the list shows as empty is asked for by itself", async () => {
  const state = await read(
    holding(
      { users: [{ id: "1", userName: "kim" }], groups: [{ id: "t", displayName: "Data", members: [] }] },
      { "/Groups/t": { id: "t", displayName: "Data", members: [{ value: "1" }] } },
    ),
  );
  expect([...(state.teams.get("data")?.members ?? [])]).toEqual(["kim"]);
});

describe("a page that names the next one by a cursor (RFC 9865)", () => {
  const first = { Resources: [{ id: "1", userName: "kim" }], nextCursor: "c2" };
  const none: Reply = { status: 200, json: { totalResults: 0 } };

  test.each<{ afterwards: string; totalResults?: number; reply: Reply }>([
    { afterwards: "startIndex is refused", totalResults: 1, reply: { status: 400, json: { status: "400" } } },
    { afterwards: "startIndex brings nothing", reply: { status: 200, json: { Resources: [] } } },
    {
      afterwards: "startIndex brings the same again",
      totalResults: 1,
      reply: { status: 200, json: { ...first, totalResults: 1 } },
    },
  ])("is not the last: $afterwards", async ({ totalResults, reply }) => {
    const code = await codeOf(({ path, query }) => {
      if (path === "/Groups") return none;
      return query.get("startIndex") === "1" ? { status: 200, json: { ...first, totalResults } } : reply;
    });
    expect(code).toBe("source-incomplete");
  });

  test("is followed by startIndex where the server knows that as well", async () => {
    const state = await read(({ path, query }) => {
      if (path === "/Groups") return none;
      if (query.get("startIndex") === "1") return { status: 200, json: { ...first, totalResults: 2 } };
      return { status: 200, json: { totalResults: 2, Resources: [{ id: "2", userName: "ada" }] } };
    });
    expect(state.users.size).toBe(2);
  });
});

test.each([
  { roles: [{ value: "r-17", display: "Organization Owner" }] },
  { roles: [{ type: "ORGANIZATION_OWNER" }] },
  { roles: { display: "Organization Owner" } },
])("a role is told by whatever names it: %j", async (user) => {
  const state = await read(holding({ users: [{ id: "1", userName: "kim", ...user }] }));
  expect(
    state.users
      .get("kim")
      ?.roles?.some((role) => role.toLowerCase().replace("_", " ") === "organization owner"),
  ).toBe(true);
});

test.each([[], null, [{}]])("roles %j say nothing of roles", async (roles) => {
  const state = await read(holding({ users: [{ id: "1", userName: "kim", roles }] }));
  expect(state.users.get("kim")?.roles).toBeUndefined();
});
