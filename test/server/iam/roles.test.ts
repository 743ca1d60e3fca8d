/** Roles: given as a whole, in Workspaces, Deployments and for Dags; what Astro adds, and what it refuses. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import { seedUser } from "../../support/seed-user.ts";

const [data, web] = ["clm8t5u4q000008jq4qoc3036", "clm8t5u4q000008jq4qoc3037"];
const [prod, dev] = ["clm8t5u4q000008jq4qoc3031", "clm8t5u4q000008jq4qoc3032"];

let server: AstroServer;
let iam: IamClient;
let [olga, ada, team] = ["", "", ""];

beforeEach(async () => {
  server = await startServer({
    seed: {
      workspaces: [
        {
          id: data,
          name: "data",
          deployments: [
            { id: prod, name: "prod" },
            { id: dev, name: "dev" },
          ],
        },
        { id: web, name: "web" },
      ],
      customRoles: [
        { name: "Releaser", scopeType: "DEPLOYMENT", permissions: ["deployment.get"] },
        { name: "Watcher", scopeType: "DAG" },
      ],
      users: [
        seedUser("olga@example.com", { role: "ORGANIZATION_OWNER" }),
        seedUser("ada@example.com", { workspaceRoles: { data: "WORKSPACE_AUTHOR" } }),
      ],
      teams: [{ name: "core", members: ["ada@example.com"], deploymentRoles: { prod: "DEPLOYMENT_ADMIN" } }],
    },
  });
  iam = iamClient(server);
  [olga, ada] = (await iam.get("/users")).body.users.map((user: { id: string }) => user.id);
  team = (await iam.get("/teams")).body.teams[0].id;
});
afterEach(() => server.close());

const member = { organizationRole: "ORGANIZATION_MEMBER" };

describe("a seed gives roles by name", () => {
  test("and Astro adds the least Workspace role to a Deployment role", async () => {
    expect((await iam.get(`/users/${ada}`)).body.workspaceRoles).toEqual([
      { workspaceId: data, role: "WORKSPACE_AUTHOR" },
    ]);
    expect((await iam.get(`/teams/${team}`)).body).toMatchObject({
      isIdpManaged: false,
      rolesCount: 3,
      workspaceRoles: [{ workspaceId: data, role: "WORKSPACE_ACCESSOR" }],
      deploymentRoles: [{ deploymentId: prod, role: "DEPLOYMENT_ADMIN" }],
    });
  });
});

describe.each([
  ["users", () => `/users/${ada}`],
  ["Teams", () => `/teams/${team}`],
])("roles of %s", (_what, path) => {
  const give = (body: object) => iam.post(`${path()}/roles`, body);

  test("are replaced as a whole, and answered as they are", async () => {
    const roles = {
      organizationRole: "ORGANIZATION_BILLING_ADMIN",
      workspaceRoles: [
        { workspaceId: web, role: "WORKSPACE_OWNER" },
        { workspaceId: data, role: "WORKSPACE_MEMBER" },
      ],
      deploymentRoles: [{ deploymentId: dev, role: "Releaser" }],
      dagRoles: [
        { deploymentId: dev, role: "DAG_AUTHOR", dagId: "etl" },
        { deploymentId: dev, role: "Watcher", dagTag: "nightly" },
      ],
    };
    expect((await give(roles)).body).toEqual(roles);
    expect((await iam.get(path())).body).toMatchObject(roles);
    expect((await give(member)).body).toEqual(member);
    expect((await iam.get(path())).body).not.toHaveProperty("workspaceRoles");
  });

  test("a Deployment role adds WORKSPACE_ACCESSOR where there is no role in its Workspace", async () => {
    const deploymentRoles = [{ deploymentId: prod, role: "DEPLOYMENT_ADMIN" }];
    expect((await give({ ...member, deploymentRoles })).body.workspaceRoles).toEqual([
      { workspaceId: data, role: "WORKSPACE_ACCESSOR" },
    ]);
    const workspaceRoles = [{ workspaceId: data, role: "WORKSPACE_OWNER" }];
    expect((await give({ ...member, deploymentRoles, workspaceRoles })).body.workspaceRoles).toEqual(
      workspaceRoles,
    );
  });

  test("the same roles again change nothing", async () => {
    await give(member);
    const before = (await server.state()).users.length;
    const { updatedAt } = (await iam.get(path())).body;
    await give(member);
    expect((await iam.get(path())).body.updatedAt).toBe(updatedAt);
    expect((await server.state()).users.length).toBe(before);
  });

  test.each<[body: object, field: string, code: string]>([
    [{ organizationRole: "BOSS" }, "organizationRole", "oneof"],
    [{ ...member, workspaceRoles: [{ workspaceId: data, role: "BOSS" }] }, "workspaceRoles[0].role", "oneof"],
    [
      { ...member, workspaceRoles: [{ role: "WORKSPACE_OWNER" }] },
      "workspaceRoles[0].workspaceId",
      "required",
    ],
    [
      { ...member, workspaceRoles: [{ workspaceId: prod, role: "WORKSPACE_OWNER" }] },
      "workspaceRoles[0].workspaceId",
      "unknown",
    ],
    [
      {
        ...member,
        workspaceRoles: ["WORKSPACE_OWNER", "WORKSPACE_MEMBER"].map((role) => ({ workspaceId: data, role })),
      },
      "workspaceRoles",
      "unique",
    ],
    [
      { ...member, deploymentRoles: [{ deploymentId: data, role: "DEPLOYMENT_ADMIN" }] },
      "deploymentRoles[0].deploymentId",
      "unknown",
    ],
    [
      { ...member, deploymentRoles: [{ deploymentId: prod, role: "WORKSPACE_OWNER" }] },
      "deploymentRoles[0].role",
      "unknown",
    ],
    [
      { ...member, deploymentRoles: [{ deploymentId: prod, role: "Nope" }] },
      "deploymentRoles[0].role",
      "unknown",
    ],
    [{ ...member, dagRoles: [{ deploymentId: prod, role: "DAG_VIEWER" }] }, "dagRoles[0]", "format"],
    [
      { ...member, dagRoles: [{ deploymentId: prod, role: "DAG_VIEWER", dagId: "etl", dagTag: "x" }] },
      "dagRoles[0]",
      "format",
    ],
  ])("%j is refused, and nothing changes", async (body, field, code) => {
    const before = (await iam.get(path())).body;
    const { status, body: answered } = await give(body);
    expect([status, answered.fieldErrors]).toEqual([
      400,
      [{ field, code, message: expect.any(String) as string }],
    ]);
    expect((await iam.get(path())).body).toEqual(before);
  });
});

test("a Team's update needs its organization role; a user's needs it for other roles only", async () => {
  const workspaceRoles = [{ workspaceId: data, role: "WORKSPACE_OWNER" }];
  expect((await iam.post(`/teams/${team}/roles`, {})).status).toBe(400);
  expect((await iam.post(`/users/${ada}/roles`, { workspaceRoles })).body.fieldErrors[0]).toMatchObject({
    field: "organizationRole",
    code: "required",
  });
  expect((await iam.post(`/users/${ada}/roles`, {})).body).toEqual(member);
});

describe("the last owner", () => {
  test("stays one", async () => {
    const { status, body } = await iam.post(`/users/${olga}/roles`, member);
    expect([status, body.message]).toEqual([400, expect.stringMatching(/last active Organization Owner/)]);
    expect((await iam.post(`/users/${olga}/roles`, { organizationRole: null })).status).toBe(400);
    expect((await iam.get(`/users/${olga}`)).body.organizationRole).toBe("ORGANIZATION_OWNER");
  });

  test("may go once there is another", async () => {
    await iam.post(`/users/${ada}/roles`, { organizationRole: "ORGANIZATION_OWNER" });
    expect((await iam.post(`/users/${olga}/roles`, member)).body).toEqual(member);
    expect((await iam.post(`/users/${olga}/roles`, { organizationRole: null })).status).toBe(200);
    expect((await iam.get(`/users/${olga}`)).status).toBe(404);
  });
});

describe("lists by where somebody has a role of their own", () => {
  test.each([
    [`/users?workspaceId=${data}`, ["ada@example.com"]],
    [`/users?workspaceId=${web}`, []],
    [`/teams?workspaceId=${data}`, ["core"]],
    [`/teams?deploymentId=${prod}`, ["core"]],
    [`/teams?deploymentId=${dev}`, []],
  ])("%s", async (path, expected) => {
    const { users, teams } = (await iam.get(path)).body;
    const names = (users ?? teams).map(
      (one: { username?: string; name?: string }) => one.username ?? one.name,
    );
    expect(names).toEqual(expected);
  });

  test("Dags, by ID and by tag", async () => {
    const dagRoles = [
      { deploymentId: dev, role: "DAG_AUTHOR", dagId: "etl" },
      { deploymentId: dev, role: "DAG_VIEWER", dagTag: "nightly" },
    ];
    await iam.post(`/users/${ada}/roles`, { ...member, dagRoles });
    for (const [query, count] of [
      ["dagId=etl", 1],
      ["dagId=other", 0],
      ["dagTags=daily&dagTags=nightly", 1],
      [`deploymentId=${dev}&dagTags=daily`, 0],
    ]) {
      expect([query, (await iam.get(`/users?${query}`)).body.totalCount]).toEqual([query, count]);
    }
  });

  test.each(["workspaceId", "deploymentId"])("an unknown %s is refused", async (name) => {
    const { status, body } = await iam.get(`/users?${name}=clm8t5u4q000008jq4qoc9999`);
    expect([status, body.fieldErrors[0]]).toMatchObject([400, { field: name, code: "unknown" }]);
  });
});

test("the Platform API lists the Deployments that roles can be given for", async () => {
  const platform = iamClient(server, "/platform/v1beta1");
  const { body } = await platform.get(`/deployments?deploymentIds=${prod}`);
  expect(body).toMatchObject({
    totalCount: 1,
    deployments: [{ id: prod, name: "prod", workspaceId: data, organizationId: server.organizationId }],
  });
});

test("who was invited as an owner is none yet", async () => {
  await iam.post("/invites", { inviteeEmail: "new@example.com", role: "ORGANIZATION_OWNER" });
  expect((await iam.post(`/users/${olga}/roles`, member)).status).toBe(400);
});

test("custom roles are listed beside the default ones, and read with their permissions", async () => {
  const { body } = await iam.get("/roles?sorts=name:desc&scopeTypes=DEPLOYMENT&scopeTypes=DAG");
  expect(body.roles.map((role: { name: string }) => role.name)).toEqual(["Watcher", "Releaser"]);
  expect((await iam.get(`/roles/${body.roles[1].id}`)).body).toEqual({
    ...body.roles[1],
    permissions: ["deployment.get"],
  });
  expect((await iam.get("/roles/ORGANIZATION_OWNER")).status).toBe(404);
});
