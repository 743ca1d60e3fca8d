/** Astro's own API reads the state that SCIM writes: users, Teams, members, roles, organizations. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";
import { seedUser } from "../../support/seed-user.ts";

let server: AstroServer;
let iam: IamClient;
let scim: ScimClient;
let [ada, bob, core] = ["", "", ""];

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

beforeAll(async () => {
  server = await startServer({
    seed: { users: [seedUser("olga@example.com", { role: "ORGANIZATION_OWNER" })], teams: [] },
  });
  iam = iamClient(server);
  scim = scimClient(server);
  ada = await scim.user("ada@example.com", {
    displayName: "Ada Lovelace",
    profileUrl: "https://example.com/ada",
  });
  bob = await scim.user("Bob@example.com", { name: { givenName: "Bob", familyName: "Bell" } });
  core = await scim.team("core", ada, bob);
  await scim.team("Edge", ada);
});
afterAll(() => server.close());

const names = async (path: string, list: string, field: string): Promise<unknown> =>
  (await iam.get(path)).body[list].map((one: Record<string, unknown>) => one[field]);

describe("users", () => {
  test("a user made over SCIM is there at once, with the id that SCIM has", async () => {
    const { status, body, headers } = await iam.get(`/users/${ada}`);
    expect([status, headers["content-type"]]).toEqual([200, "application/json"]);
    expect(body).toEqual({
      id: ada,
      username: "ada@example.com",
      fullName: "Ada Lovelace",
      avatarUrl: "https://example.com/ada",
      status: "ACTIVE",
      organizationRole: "ORGANIZATION_MEMBER",
      createdAt: expect.stringMatching(instant) as string,
      updatedAt: expect.stringMatching(instant) as string,
    });
  });

  test("a list has limit, offset and totalCount, and the oldest first", async () => {
    const { body } = await iam.get("/users");
    expect(body).toMatchObject({ limit: 20, offset: 0, totalCount: 3 });
    expect(body.users.map((user: { username: string }) => user.username)).toEqual([
      "olga@example.com",
      "ada@example.com",
      "Bob@example.com",
    ]);
    expect(body.users[1]).toEqual((await iam.get(`/users/${ada}`)).body);
  });

  test("the Teams of a user have roles, and no members", async () => {
    expect((await iam.get(`/users/${ada}/teams?sorts=name:desc`)).body).toEqual({
      teams: ["Edge", "core"].map((name) => ({
        id: expect.any(String) as string,
        name,
        isIdpManaged: true,
        organizationRole: "ORGANIZATION_MEMBER",
        rolesCount: 1,
      })),
      limit: 20,
      offset: 0,
      totalCount: 2,
    });
  });

  test("what SCIM changes is seen at once", async () => {
    const id = await scim.user("joan@example.com");
    expect((await iam.get(`/users/${id}`)).body).toMatchObject({
      fullName: "joan@example.com",
      status: "ACTIVE",
    });
    await scim.patch(`/Users/${id}`, { op: "replace", value: { displayName: "Joan", active: false } });
    expect((await iam.get(`/users/${id}`)).body).toMatchObject({ fullName: "Joan", status: "INACTIVE" });
    expect((await iam.get("/users?sorts=createdAt:desc&limit=1")).body.users[0].fullName).toBe("Joan");
    await scim.delete(`/Users/${id}`);
    expect((await iam.get(`/users/${id}`)).status).toBe(404);
  });
});

describe("Teams", () => {
  test("a Team made over SCIM is managed by the identity provider", async () => {
    const subject = {
      id: expect.stringMatching(/^c[a-z0-9]{24}$/) as string,
      subjectType: "SERVICEKEY",
      apiTokenName: "local API token",
    };
    expect((await iam.get(`/teams/${core}`)).body).toEqual({
      id: core,
      name: "core",
      organizationId: server.organizationId,
      isIdpManaged: true,
      organizationRole: "ORGANIZATION_MEMBER",
      rolesCount: 1,
      createdAt: expect.stringMatching(instant) as string,
      createdBy: subject,
      updatedAt: expect.stringMatching(instant) as string,
      updatedBy: subject,
    });
  });

  test("names filters without regard to case, and may come twice", async () => {
    expect(await names("/teams?names=CORE&names=nobody", "teams", "name")).toEqual(["core"]);
    expect(await names("/teams?names=edge&names=core", "teams", "name")).toEqual(["core", "Edge"]);
  });

  test("members are a list of their own", async () => {
    const { body } = await iam.get(`/teams/${core}/members?sorts=username:desc`);
    expect(body).toMatchObject({ limit: 20, offset: 0, totalCount: 2 });
    expect(body.teamMembers[0]).toEqual({
      userId: bob,
      username: "Bob@example.com",
      fullName: "Bob Bell",
      avatarUrl: expect.stringMatching(/^https:/) as string,
      createdAt: expect.stringMatching(instant) as string,
    });
  });
});

describe("the organization", () => {
  test("v1 shows it with product and plans", async () => {
    const { body } = await iam.get("");
    expect(body).toMatchObject({
      id: server.organizationId,
      product: "HOSTED",
      isScimEnabled: true,
      productPlans: [{ organizationId: server.organizationId, productPlanName: "ENTERPRISE" }],
    });
    expect((await iam.send("GET", "/v1/organizations")).body).toEqual({
      organizations: [body],
      limit: 20,
      offset: 0,
      totalCount: 1,
    });
    expect((await iam.send("GET", "/v1/organizations?product=HYBRID")).body.totalCount).toBe(0);
  });

  test("an API token stands in the place of a user", async () => {
    expect((await iam.send("GET", "/v1/users/self?createIfNotExist=true")).body).toMatchObject({
      organizationId: server.organizationId,
      status: "ACTIVE",
      roles: [
        { role: "ORGANIZATION_OWNER", scope: { type: "ORGANIZATION", entityId: server.organizationId } },
      ],
    });
  });

  test("roles: the default ones where they are asked for", async () => {
    expect((await iam.get("/roles")).body).toEqual({ roles: [], limit: 20, offset: 0, totalCount: 0 });
    const { body } = await iam.get("/roles?includeDefaultRoles=true&scopeTypes=DAG");
    expect(body.defaultRoles.map((role: { name: string }) => role.name)).toEqual([
      "DAG_AUTHOR",
      "DAG_VIEWER",
    ]);
  });
});

describe("pages and orders", () => {
  test.each([
    [
      "/users?sorts=username:asc",
      "users",
      "username",
      ["ada@example.com", "Bob@example.com", "olga@example.com"],
    ],
    ["/users?sorts=fullName:desc&limit=1", "users", "fullName", ["olga@example.com"]],
    ["/users?offset=1&limit=1", "users", "username", ["ada@example.com"]],
    ["/users?offset=7", "users", "username", []],
    ["/users?limit=0", "users", "username", []],
    ["/teams?sorts=name:asc", "teams", "name", ["core", "Edge"]],
    ["/teams?sorts=description:asc&sorts=name:desc", "teams", "name", ["Edge", "core"]],
  ])("%s", async (path, list, field, expected) => {
    expect(await names(path, list, field)).toEqual(expected);
  });

  test.each([
    ["/users?limit=1001", "limit", "max"],
    ["/users?limit=-1", "limit", "min"],
    ["/users?limit=ten", "limit", "type"],
    ["/users?offset=1.5", "offset", "type"],
    ["/users?sorts=email:asc", "sorts", "oneof"],
    ["/users?sorts=username", "sorts", "oneof"],
    ["/users?sorts=username:up", "sorts", "oneof"],
    ["/teams?sorts=id:asc", "sorts", "oneof"],
    ["/roles?scopeTypes=MOON", "scopeTypes", "oneof"],
  ])("%s is refused, with the field that is wrong", async (path, field, code) => {
    const { status, body } = await iam.get(path);
    expect([status, body.statusCode, body.fieldErrors]).toEqual([
      400,
      400,
      [{ field, code, message: expect.any(String) as string }],
    ]);
    expect(body.message).toMatch(new RegExp(`^${field}: `));
  });

  test("a limit of members may be any", async () => {
    expect((await iam.get(`/teams/${core}/members?limit=5000`)).body.limit).toBe(5000);
  });
});

describe("errors", () => {
  test.each([
    ["/users/clm9sq6s0000008kz7uvl7yz7", 404, /^user clm9sq6s0000008kz7uvl7yz7 not found/],
    ["/users/nobody", 404, /^user nobody not found/],
    ["/users/nobody/teams", 404, /^user nobody not found/],
    ["/teams/nobody", 404, /^Team nobody not found/],
    ["/teams/nobody/members", 404, /^Team nobody not found/],
    [
      "/moons",
      404,
      /^there is nothing at .*\/moons; Astro.s own API is at \/v1\/organizations\/\{organizationId\}$/,
    ],
  ])("%s: %i with message, requestId and statusCode", async (path, status, message) => {
    const answer = await iam.get(path);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect([answer.status, answer.body]).toEqual([
      status,
      {
        message: expect.stringMatching(message) as string,
        requestId: expect.any(String) as string,
        statusCode: status,
      },
    ]);
  });

  test("no token: 401; an organization that the token is not for: 403; another method: 405", async () => {
    expect((await iamClient({ ...server, token: "another" }).get("/users")).body.statusCode).toBe(401);
    expect((await iamClient({ ...server, organizationId: "c".repeat(25) }).get("/users")).status).toBe(403);
    const { status, headers } = await iam.send("PATCH", `/v1/organizations/${server.organizationId}/users`);
    expect([status, headers["allow"]]).toEqual([405, "GET, HEAD"]);
  });
});

describe("the deprecated versions", () => {
  test("have what they share with v1", async () => {
    const old = iamClient(server, "/iam/v1beta1");
    expect((await old.get("/users")).body).toEqual((await iam.get("/users")).body);
    expect((await old.get(`/teams/${core}`)).body).toEqual((await iam.get(`/teams/${core}`)).body);
    expect((await old.get(`/users/${ada}/teams`)).status).toBe(404);
  });

  test("the Platform API has organizations and Deployments", async () => {
    const platform = iamClient(server, "/platform/v1beta1");
    expect((await platform.get("")).body).toMatchObject({
      id: server.organizationId,
      isScimEnabled: true,
      supportPlan: "ENTERPRISE",
    });
    expect((await platform.get("/deployments?deploymentIds=a&deploymentIds=b")).body).toEqual({
      deployments: [],
      limit: 20,
      offset: 0,
      totalCount: 0,
    });
  });
});

test("a fault names the path below the organization, or below the version where there is none", async () => {
  const faulty = await startServer({ faults: ["status=503,path=/teams", "status=502,path=/users/self"] });
  const client = iamClient(faulty);
  const answers = ["/teams", "/teams/x/members", "/users"].map(
    async (path) => (await client.get(path)).status,
  );
  expect(await Promise.all(answers)).toEqual([503, 503, 200]);
  expect((await client.send("GET", "/v1/users/self")).body).toMatchObject({ statusCode: 502 });
  expect((await scimClient(faulty).get("/Groups")).status).toBe(200);
  await faulty.close();
});
