/** A list of the IAM API is read in full, or it is an error: never a shorter list. */

import { describe, expect, onTestFinished, test } from "vitest";
import { createIamReader } from "../../../src/astro/iam/reader.ts";
import { NoIamApi } from "../../../src/astro/iam/judge.ts";
import type { OrganizationReader } from "../../../src/astro/records/record.ts";
import type { AppErrorCode } from "../../../src/ground/errors.ts";
import {
  scimServerWith,
  type Arrived,
  type HabitServer,
  type Reply,
} from "../../support/scim-server-with.ts";

const organizationId = "clmaxoarx000008l2c5ayb9pt";

const team = (number: number) => ({
  id: `team-${number}`,
  name: `Team ${number}`,
  organizationId,
  organizationRole: "ORGANIZATION_MEMBER",
  isIdpManaged: true,
  createdAt: "2025-11-22T04:37:12Z",
  updatedAt: "2025-11-22T04:37:12Z",
});

const teams = (count: number) => Array.from({ length: count }, (_, index) => team(index));

interface Served {
  readonly reader: OrganizationReader;
  readonly server: HabitServer;
}

async function serving(
  reply: (request: Arrived) => Reply,
  signal = new AbortController().signal,
): Promise<Served> {
  const server = await scimServerWith(reply, "");
  onTestFinished(() => server.close());
  return { server, reader: createIamReader(server.send, { root: server.target, organizationId, signal }) };
}

/** The page that was asked for, of at most so many entries. */
function pageOf(all: readonly object[], request: Arrived, most = 1000, totalCount = all.length): Reply {
  const offset = Number(request.query.get("offset"));
  const limit = Math.min(most, Number(request.query.get("limit")));
  return { status: 200, json: { teams: all.slice(offset, offset + limit), limit, offset, totalCount } };
}

describe("complete", () => {
  test.each([
    ["nothing", 0, 1000, 1],
    ["one page", 999, 1000, 1],
    ["a page that is exactly full, which may not be the last", 1000, 1000, 2],
    ["several pages", 2500, 1000, 3],
    ["pages that are shorter than asked for", 250, 100, 3],
    ["10,000 Teams", 10_000, 1000, 11],
  ])("%s", async (_what, count, most, requests) => {
    const { reader, server } = await serving((request) => pageOf(teams(count), request, most));
    const read = await reader.teams();
    expect(read.map(({ id }) => id)).toEqual(teams(count).map(({ id }) => id));
    expect(server.arrived.length).toBe(requests);
  });

  test("each page is asked for with the largest limit, in an order that no two entries share", async () => {
    const { reader, server } = await serving((request) => pageOf(teams(2), request));
    await reader.teams();
    const [request] = server.arrived;
    expect(request?.path).toBe(`/v1/organizations/${organizationId}/teams`);
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      limit: "1000",
      offset: "0",
      sorts: "name:asc",
    });
  });

  test("a list that changes once while it is read is read again", async () => {
    let asked = 0;
    const { reader } = await serving((request) => {
      asked += 1;
      return pageOf(teams(asked === 1 ? 150 : 151), request, 100);
    });
    expect((await reader.teams()).length).toBe(151);
  });
});

/** Page after page; from the second on, something is wrong. */
const later =
  (wrong: (request: Arrived) => Reply) =>
  (request: Arrived): Reply =>
    request.query.get("offset") === "0" ? pageOf(teams(250), request, 100) : wrong(request);

const problem = (status: number, message: string): Reply => ({
  status,
  json: { message, requestId: "clz9x", statusCode: status },
});

describe("never a shorter list", () => {
  test.each<[string, (request: Arrived) => Reply, AppErrorCode, string]>([
    [
      "a page that fails in the middle",
      later(() => problem(503, "try later")),
      "source-incomplete",
      "503: try later (request clz9x)",
    ],
    ["a page in the middle whose connection is cut", later(() => "cut"), "unreachable", "/teams"],
    [
      "a totalCount that keeps changing",
      (request) => pageOf(teams(250), request, 100, 250 + Number(request.query.get("offset"))),
      "source-incomplete",
      "its totalCount changed from 250 to 350 while it was read",
    ],
    [
      "fewer entries than totalCount",
      (request) => pageOf(teams(150), request, 100, 250),
      "source-incomplete",
      "its totalCount is 250, but it ended after 150",
    ],
    [
      "more entries than totalCount",
      (request) => pageOf(teams(150), request, 1000, 149),
      "source-incomplete",
      "it has more entries than its totalCount, 149",
    ],
    [
      "an entry twice, another one missing",
      (request) => pageOf([...teams(149), team(0)], request, 100),
      "source-incomplete",
      "it contains an entry twice",
    ],
    [
      "the same page for every offset",
      () => ({ status: 200, json: { teams: teams(100), limit: 100, offset: 0, totalCount: 250 } }),
      "source-incomplete",
      "it contains an entry twice",
    ],
    [
      "a totalCount that counts the page",
      (request) =>
        request.query.get("offset") === "0"
          ? pageOf(teams(100), request, 100)
          : pageOf(teams(150), request, 100),
      "source-incomplete",
      "its totalCount changed from 100 to 150 while it was read",
    ],
    [
      "a page without totalCount",
      () => ({ status: 200, json: { teams: [], limit: 10, offset: 0 } }),
      "not-astro",
      "JSON that is not a page of teams",
    ],
    [
      "a page of something else",
      () => ({ status: 200, json: { users: [], limit: 10, offset: 0, totalCount: 0 } }),
      "not-astro",
      "JSON that is not a page of teams",
    ],
    [
      "an entry without an id",
      () => ({ status: 200, json: { teams: [{ name: "x" }], limit: 10, offset: 0, totalCount: 1 } }),
      "not-astro",
      "(at id)",
    ],
    [
      "JSON that is broken in the middle",
      later(() => ({ status: 200, text: '{"teams": [', headers: { "content-type": "application/json" } })),
      "source-incomplete",
      'could not be read: GET /teams was answered the text "{"teams": ["',
    ],
    [
      "a web page in the middle",
      later(() => ({ status: 404, text: "<html>" })),
      "source-incomplete",
      "a later page was answered 404 with",
    ],
  ])("%s", async (_what, reply, code, said) => {
    const { reader } = await serving(reply);
    await expect(reader.teams()).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
  });

  test("the end of the run, between two pages", async () => {
    const ending = new AbortController();
    const { reader } = await serving((request) => {
      ending.abort();
      return pageOf(teams(250), request, 100);
    }, ending.signal);
    await expect(reader.teams()).rejects.toMatchObject({ code: "interrupted" });
  });
});

describe("refusals", () => {
  test.each<[string, Reply, AppErrorCode, string]>([
    [
      "401",
      problem(401, "Invalid token"),
      "unauthorized",
      "refused the token: GET /teams was answered 401: Invalid token",
    ],
    ["403", problem(403, "Forbidden"), "unauthorized", "does not allow this token to do that"],
    ["404", problem(404, "Not found"), "not-astro", `has no organization ${organizationId} for this token`],
    ["400", problem(400, "bad"), "failed", "refused the request: GET /teams was answered 400: bad"],
    ["429", problem(429, "slow down"), "source-incomplete", "429: slow down (request clz9x)"],
    ["500", { status: 500, text: "oops" }, "source-incomplete", "GET /teams was answered 500"],
    [
      "JSON that is broken",
      { status: 200, text: '{"teams": [', headers: { "content-type": "application/json" } },
      "source-incomplete",
      'could not be read: GET /teams was answered the text "{"teams": ["',
    ],
    ["a gateway's 502", { status: 502, text: "<html>" }, "source-incomplete", "GET /teams was answered 502"],
  ])("%s", async (_status, reply, code, said) => {
    const { reader } = await serving(() => reply);
    const error = await reader.teams().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining(said) });
    expect(error).not.toBeInstanceOf(NoIamApi);
  });

  test.each<[string, Reply]>([
    ["a web page that is not found", { status: 404, text: "<html>" }],
    ["SCIM's own error", { status: 404, json: { schemas: [], status: "404", detail: "nothing here" } }],
    ["a web page for every path", { status: 200, text: "<html>" }],
    ["a redirect", { status: 302, text: "", headers: { location: "/login" } }],
    ["a method that is not allowed", { status: 405, text: "" }],
  ])("no IAM API: %s", async (_what, reply) => {
    const { reader } = await serving(() => reply);
    await expect(reader.teams()).rejects.toBeInstanceOf(NoIamApi);
  });
});

describe("one by its id", () => {
  test("a user or Team that is not there is undefined, and so are lists below it", async () => {
    const { reader } = await serving(() => problem(404, "not found"));
    expect(await reader.user("clm9sq6s0000008kz7uvl7yz7")).toBeUndefined();
    expect(await reader.team("clm9sq6s0000008kz7uvl7yz7")).toBeUndefined();
    expect(await reader.membersOf("clm9sq6s0000008kz7uvl7yz7")).toBeUndefined();
    expect(await reader.teamsOf("clm9sq6s0000008kz7uvl7yz7")).toBeUndefined();
  });

  test("another one than was asked for is an error", async () => {
    const { reader } = await serving(() => ({ status: 200, json: team(1) }));
    await expect(reader.team("team-2")).rejects.toMatchObject({ code: "not-astro" });
  });

  test.each([".", "..", "\uD800"])("%j is no id: no path can hold it", async (id) => {
    const { reader } = await serving((request) => pageOf([{ ...team(1), id }], request));
    await expect(reader.teams()).rejects.toMatchObject({ code: "not-astro" });
  });

  test("an id is one segment of the path, whatever it contains", async () => {
    const { reader, server } = await serving(() => problem(404, "not found"));
    await reader.user("../teams?x=1#y");
    expect(server.arrived[0]?.path).toBe(`/v1/organizations/${organizationId}/users/..%2Fteams%3Fx%3D1%23y`);
  });

  test("roles that the list of a user's Teams counts and does not show are read from the Team", async () => {
    const roles = { workspaceRoles: [{ workspaceId: "w", role: "WORKSPACE_OWNER" }], rolesCount: 2 };
    const { reader } = await serving(({ path }) =>
      path.endsWith("/users/u/teams")
        ? {
            status: 200,
            json: { teams: [{ ...team(1), rolesCount: 2 }], limit: 1000, offset: 0, totalCount: 1 },
          }
        : { status: 200, json: { ...team(1), ...roles } },
    );
    const [read] = (await reader.teamsOf("u")) ?? [];
    expect(read?.roles?.workspaceRoles).toEqual(roles.workspaceRoles);
  });

  test("what is optional may be absent or null, and what is new is no error", async () => {
    const user = {
      id: "u",
      username: "ada@example.com",
      fullName: "",
      avatarUrl: "https://avatar.url",
      status: "SOME_NEW_STATUS",
      createdAt: "2025-11-22T04:37:12Z",
      updatedAt: "2025-11-22T04:37:12Z",
      organizationRole: "ORGANIZATION_SOME_NEW_ROLE",
      workspaceRoles: null,
      somethingNew: { a: 1 },
    };
    const { reader } = await serving(() => ({ status: 200, json: user }));
    expect(await reader.user("u")).toMatchObject({
      status: "SOME_NEW_STATUS",
      roles: {
        organizationRole: "ORGANIZATION_SOME_NEW_ROLE",
        workspaceRoles: [],
        deploymentRoles: [],
        dagRoles: [],
      },
    });
  });
});
