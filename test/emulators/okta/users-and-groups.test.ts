/** Users and groups of the emulated Okta: how they are made and changed, and what is refused. */

import { describe, expect, test } from "vitest";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta } from "../../support/emulated-okta.ts";

const [ada, bob, gone] = ["ada@example.com", "bob@example.com", "gone@example.com"];
const directory = aDirectory({
  users: [
    aUser(ada),
    aUser(bob, { status: "suspended" }),
    aUser(gone, { status: "deactivated" }),
    aUser("new@example.com", { status: "staged" }),
  ],
  groups: [aGroup("data", [ada, gone]), aGroup("free")],
  assignedUsers: [ada],
  pushedGroups: ["data"],
});
const start = () => startEmulatedOkta({ directory, startsPaused: true });

type Request = readonly [method: string, path: string, body?: unknown];

const refusals: readonly (readonly [why: string, request: Request, status: number, code: string])[] = [
  ["activating an active user", ["POST", "/api/v1/users/00u-ada/lifecycle/activate"], 403, "E0000016"],
  ["suspending a suspended user", ["POST", "/api/v1/users/00u-bob/lifecycle/suspend"], 400, "E0000001"],
  ["unsuspending an active user", ["POST", "/api/v1/users/00u-ada/lifecycle/unsuspend"], 400, "E0000001"],
  [
    "changing a deactivated user",
    ["POST", "/api/v1/users/00u-gone", { profile: { title: "x" } }],
    403,
    "E0000038",
  ],
  [
    "an attribute that no user has",
    ["POST", "/api/v1/users/00u-ada", { profile: { shoeSize: "43" } }],
    400,
    "E0000001",
  ],
  [
    "a login that another user has",
    ["POST", "/api/v1/users/00u-ada", { profile: { login: "BOB@example.com" } }],
    400,
    "E0000001",
  ],
  [
    "a user without a last name",
    ["POST", "/api/v1/users", { profile: { firstName: "A", email: "x@y.z", login: "x@y.z" } }],
    400,
    "E0000001",
  ],
  [
    "a user who loses the last name",
    ["POST", "/api/v1/users/00u-ada", { profile: { lastName: null } }],
    400,
    "E0000001",
  ],
  [
    "a whole profile without an e-mail address",
    ["PUT", "/api/v1/users/00u-ada", { profile: { firstName: "A", lastName: "B", login: ada } }],
    400,
    "E0000001",
  ],
  ["a body that is no object", ["POST", "/api/v1/users", []], 400, "E0000001"],
  ["no body", ["POST", "/api/v1/users"], 400, "E0000003"],
  ["an unknown user", ["GET", "/api/v1/users/00u-nobody"], 404, "E0000007"],
  ["an unknown group", ["GET", "/api/v1/groups/00g-none"], 404, "E0000007"],
  ["an unknown app", ["GET", "/api/v1/apps/0oanone/users"], 404, "E0000007"],
  ["an unknown address", ["GET", "/api/v1/nothing"], 404, "E0000007"],
  ["a method that is not there", ["PATCH", "/api/v1/users/00u-ada", {}], 405, "E0000022"],
  [
    "a name that another group has",
    ["POST", "/api/v1/groups", { profile: { name: "data" } }],
    400,
    "E0000001",
  ],
  [
    "the name of another group",
    ["PUT", "/api/v1/groups/00g-free", { profile: { name: "data" } }],
    400,
    "E0000001",
  ],
  ["deleting a pushed group", ["DELETE", "/api/v1/groups/00g-data"], 400, "E0000001"],
  ["assigning a deactivated user", ["POST", "{app}/users", { id: "00u-gone" }], 403, "E0000038"],
  ["assigning nobody", ["POST", "{app}/users", { scope: "USER" }], 400, "E0000001"],
  [
    "a mapped attribute in an assignment",
    ["POST", "{app}/users", { id: "00u-bob", profile: { givenName: "B" } }],
    403,
    "E0000075",
  ],
  ["unassigning one who is not assigned", ["DELETE", "{app}/users/00u-bob"], 404, "E0000007"],
  ["unassigning a group that is not assigned", ["DELETE", "{app}/groups/00g-free"], 404, "E0000007"],
  ["a member that is not there", ["PUT", "/api/v1/groups/00g-free/users/00u-nobody"], 404, "E0000007"],
  ["an unknown sort order", ["GET", "/api/v1/logs?sortOrder=UP"], 400, "E0000001"],
  ["a time that is none", ["GET", "/api/v1/logs?since=yesterday"], 400, "E0000001"],
];

test.each(refusals)("%s is refused, and changes nothing", async (_, [method, path, body], status, code) => {
  const { send, app, company } = await start();
  const before = company.directory();
  const answer = await send(method, path.replace("{app}", app), { body });
  expect([answer.status, answer.body.errorCode, Array.isArray(answer.body.errorCauses)]).toEqual([
    status,
    code,
    true,
  ]);
  expect(company.directory()).toBe(before);
});

describe("a user", () => {
  test("is made with groups, and not assigned", async () => {
    const { send, company, get } = await start();
    const profile = { firstName: "Eve", lastName: "X", email: "eve@example.com", login: "eve@example.com" };
    const made = await send("POST", "/api/v1/users?activate=false", {
      body: { profile, groupIds: ["00g-data"] },
    });
    expect(made.body).toMatchObject({ id: expect.stringMatching(/^00u\w{17}$/), status: "STAGED", profile });
    expect(company.directory().groups.get("data")?.members.has("eve@example.com")).toBe(true);
    expect((await get(`/api/v1/users/${profile.login}`)).body.id).toBe(made.body.id);
    const { status } = await send("POST", `/api/v1/users/${made.body.id}/lifecycle/activate?sendEmail=false`);
    expect([status, (await get(`/api/v1/users/${made.body.id}`)).body.status]).toEqual([200, "ACTIVE"]);
  });

  test("keeps with POST what is not named, and loses it with PUT", async () => {
    const { send } = await start();
    const changed = await send("POST", "/api/v1/users/00u-ada", {
      body: { profile: { nickName: "countess" } },
    });
    expect(changed.body.profile).toMatchObject({ nickName: "countess", firstName: "ada" });
    const profile = { login: ada, email: ada, firstName: "A", lastName: "B" };
    expect(
      (await send("PUT", "/api/v1/users/00u-ada", { body: { profile } })).body.profile,
    ).not.toHaveProperty("nickName");
  });

  test("is deactivated before it is deleted", async () => {
    const { send, get, company } = await start();
    expect((await send("DELETE", "/api/v1/users/00u-ada")).status).toBe(204);
    expect((await get("/api/v1/users/00u-ada")).body.status).toBe("DEPROVISIONED");
    expect((await send("DELETE", "/api/v1/users/00u-ada")).status).toBe(204);
    expect((await get("/api/v1/users/00u-ada")).status).toBe(404);
    expect(company.directory().users.has(ada)).toBe(false);
  });

  test("that is deactivated is in no list unless it is searched for, and stays a member", async () => {
    const { get } = await start();
    const ids = async (path: string) => (await get(encodeURI(path))).body.map(({ id }: { id: string }) => id);
    expect(await ids("/api/v1/users")).not.toContain("00u-gone");
    expect(await ids('/api/v1/users?search=status eq "DEPROVISIONED"')).toEqual(["00u-gone"]);
    expect(await ids("/api/v1/groups/00g-data/users")).toEqual(["00u-ada", "00u-gone"]);
  });
});

describe("a group", () => {
  test("is made, renamed, described and deleted", async () => {
    const { send, get } = await start();
    const made = await send("POST", "/api/v1/groups", {
      body: { profile: { name: "x", description: "An x" } },
    });
    expect(made.body).toMatchObject({ type: "OKTA_GROUP", profile: { name: "x", description: "An x" } });
    const path = `/api/v1/groups/${made.body.id}`;
    expect((await send("PUT", path, { body: { profile: { name: "y" } } })).body.profile).toEqual({
      name: "y",
      description: null,
    });
    expect((await send("DELETE", path)).status).toBe(204);
    expect((await get(path)).status).toBe(404);
  });

  test("takes a member twice, and lets one go twice", async () => {
    const { send, get, company } = await start();
    const events = () => company.events().length;
    for (const [method, members] of [
      ["PUT", 1],
      ["DELETE", 0],
    ] as const) {
      const before = events();
      for (const _ of [1, 2])
        expect((await send(method, "/api/v1/groups/00g-free/users/00u-ada")).status).toBe(204);
      expect([events() - before, (await get("/api/v1/groups/00g-free/users")).body.length]).toEqual([
        1,
        members,
      ]);
    }
  });

  test("is counted by all its members, whatever a page shows", async () => {
    const { get } = await start();
    const [group] = (await get(encodeURI('/api/v1/groups?search=profile.name eq "data"&expand=stats'))).body;
    expect(group._embedded.stats).toMatchObject({ usersCount: 2, appsCount: 0, groupPushMappingsCount: 1 });
  });

  test("Everyone has all users, and cannot be changed", async () => {
    const { get, send } = await start();
    const [everyone] = (await get("/api/v1/groups?q=Everyone")).body;
    const path = `/api/v1/groups/${everyone.id}`;
    expect((await get(`${path}/users`)).body.length).toBe(3);
    expect((await send("PUT", `${path}/users/00u-ada`)).status).toBe(501);
  });
});
