/** SCIM and Astro's own API work on one state: what one writes, the other sees at once, and neither takes from the other what is not its own. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";
import { seedUser } from "../../support/seed-user.ts";

let server: AstroServer;
let iam: IamClient;
let scim: ScimClient;

beforeEach(async () => {
  server = await startServer({
    seed: {
      users: [
        seedUser("olga@example.com", { role: "ORGANIZATION_OWNER" }),
        seedUser("pending@example.com", { status: "PENDING", role: "ORGANIZATION_BILLING_ADMIN" }),
        seedUser("banned@example.com", { status: "BANNED" }),
      ],
      teams: [
        { name: "local", members: [], description: "Made in Astro" },
        { name: "pushed", members: [], isIdpManaged: true, role: "ORGANIZATION_BILLING_ADMIN" },
      ],
    },
  });
  iam = iamClient(server);
  scim = scimClient(server);
});
afterEach(() => server.close());

const workspaceRoles = [{ workspaceId: "clm8t5u4q000008jq4qoc3036", role: "WORKSPACE_AUTHOR" }];
const roles = { organizationRole: "ORGANIZATION_BILLING_ADMIN", workspaceRoles };

async function teamNamed(name: string): Promise<{ id: string } & Record<string, unknown>> {
  return (await iam.get(`/teams?names=${name}`)).body.teams[0];
}

async function setScim(isScimEnabled: boolean): Promise<void> {
  await iam.post("", { name: "Acme", billingEmail: "bills@example.com", isScimEnabled });
}

describe("roles given in Astro stay when SCIM writes", () => {
  test("of a user: PUT, PATCH, joining a Team", async () => {
    const id = await scim.user("ada@example.com");
    await iam.post(`/users/${id}/roles`, roles);
    await scim.put(`/Users/${id}`, { userName: "ada@example.com", displayName: "Ada" });
    await scim.patch(`/Users/${id}`, { op: "replace", path: "title", value: "Countess" });
    await scim.team("core", id);
    expect((await iam.get(`/users/${id}`)).body).toMatchObject({ fullName: "Ada", ...roles });
  });

  test("of a Team: renamed, and given other members", async () => {
    const [ada, bob] = [await scim.user("ada@example.com"), await scim.user("bob@example.com")];
    const id = await scim.team("core", ada);
    await iam.post(`/teams/${id}/roles`, roles);
    await scim.put(`/Groups/${id}`, { displayName: "edge", members: [{ value: bob }] });
    await scim.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: ada }] });
    expect((await iam.get(`/teams/${id}`)).body).toMatchObject({ name: "edge", ...roles });
    expect((await iam.get(`/teams/${id}/members?sorts=username:asc`)).body.teamMembers).toMatchObject([
      { userId: ada },
      { userId: bob },
    ]);
  });

  test("a role is a change that SCIM sees in the version", async () => {
    const id = await scim.user("ada@example.com");
    const before = await scim.get(`/Users/${id}`);
    await iam.post(`/users/${id}/roles`, roles);
    const after = await scim.get(`/Users/${id}`);
    expect(after.headers["etag"]).not.toBe(before.headers["etag"]);
    const { meta: _before, ...attributes } = before.body;
    expect(after.body).toMatchObject(attributes);
  });
});

describe("what ends over SCIM ends in Astro", () => {
  test("a Team that is deleted and made again has no roles", async () => {
    const id = await scim.team("core");
    await iam.post(`/teams/${id}/roles`, roles);
    await scim.delete(`/Groups/${id}`);
    expect((await iam.get(`/teams?workspaceId=${workspaceRoles[0]?.workspaceId}`)).body.totalCount).toBe(0);
    const again = await scim.team("core");
    expect((await iam.get(`/teams/${again}`)).body).toMatchObject({
      organizationRole: "ORGANIZATION_MEMBER",
      rolesCount: 1,
    });
  });

  test("a user who is deactivated is INACTIVE, and comes back as a member without other roles", async () => {
    const id = await scim.user("ada@example.com");
    await iam.post(`/users/${id}/roles`, roles);
    await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
    expect((await iam.get(`/users/${id}`)).body.status).toBe("INACTIVE");
    await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: true });
    const { body } = await iam.get(`/users/${id}`);
    expect([body.status, body.organizationRole, body.workspaceRoles]).toEqual([
      "ACTIVE",
      "ORGANIZATION_MEMBER",
      undefined,
    ]);
  });

  test("a user who is removed in Astro is gone for SCIM", async () => {
    const id = await scim.user("ada@example.com");
    const team = await scim.team("core", id);
    await iam.post(`/users/${id}/roles`, { organizationRole: null });
    expect((await scim.get(`/Users/${id}`)).status).toBe(404);
    expect((await scim.get(`/Groups/${team}`)).body.members).toEqual([]);
  });
});

describe("who manages a Team", () => {
  test("a seed says it; a Team made in Astro becomes IdP-managed with the first write over SCIM", async () => {
    const local = await teamNamed("local");
    expect([local["isIdpManaged"], (await teamNamed("pushed"))["isIdpManaged"]]).toEqual([false, true]);
    const ada = await scim.user("ada@example.com");
    await scim.patch(`/Groups/${local.id}`, { op: "add", path: "members", value: [{ value: ada }] });
    expect(await teamNamed("local")).toMatchObject({ isIdpManaged: true, description: "Made in Astro" });
  });

  test("reading over SCIM changes nothing, and a write that changes nothing neither", async () => {
    const { id } = await teamNamed("local");
    await scim.get(`/Groups/${id}`);
    await scim.patch(`/Groups/${id}`, { op: "replace", path: "displayName", value: "local" });
    expect((await teamNamed("local"))["isIdpManaged"]).toBe(false);
  });

  test("a name that a Team has is taken for both", async () => {
    expect((await scim.post("/Groups", { displayName: "LOCAL" })).status).toBe(409);
    await setScim(false);
    expect((await iam.post("/teams", { name: "Pushed" })).status).toBe(400);
  });
});

describe("isScimEnabled", () => {
  test("off ends SCIM at once, and on brings it back", async () => {
    await setScim(false);
    const { status, body } = await scim.get("/Users");
    expect([status, body.detail]).toEqual([403, expect.stringMatching(/SCIM integration is disabled/)]);
    await setScim(true);
    expect((await scim.get("/Users")).status).toBe(200);
  });
});

describe("invitations", () => {
  test("of a seed are pending users, whom SCIM sees; SCIM cannot make them again", async () => {
    const { users } = (await iam.get("/users")).body;
    expect(users.map(({ username, status }: Record<string, string>) => [username, status])).toEqual([
      ["olga@example.com", "ACTIVE"],
      ["pending@example.com", "PENDING"],
      ["banned@example.com", "BANNED"],
    ]);
    expect((await scim.get("/Users")).body.totalResults).toBe(3);
    expect((await scim.post("/Users", { userName: "Pending@example.com" })).status).toBe(409);
  });

  test("a reset restores them, with what the organization was", async () => {
    const { users } = await server.state();
    await iam.delete(`/invites/${users[1]?.invite?.id}`);
    await setScim(false);
    await server.reset();
    const state = await server.state();
    expect(state.organization).toMatchObject({ name: "Local Astro", isScimEnabled: true });
    expect(state.users[1]).toMatchObject({ status: "PENDING", role: "ORGANIZATION_BILLING_ADMIN" });
  });
});

test("an invitation is accepted by what SCIM sends for a new user, where SCIM adopts who is there", async () => {
  const adopting = await startServer({
    behaviour: { existingUser: "adopt" },
    seed: { users: [seedUser("pending@example.com", { status: "PENDING" })], teams: [] },
  });
  const { body } = await scimClient(adopting).post("/Users", { userName: "pending@example.com" });
  expect((await iamClient(adopting).get(`/users/${body.id}`)).body.status).toBe("ACTIVE");
  await adopting.close();
});

test("state() shows what Astro keeps beside SCIM", async () => {
  expect((await server.state()).teams).toMatchObject([
    { name: "local", isIdpManaged: false, description: "Made in Astro", role: "ORGANIZATION_MEMBER" },
    { name: "pushed", isIdpManaged: true, role: "ORGANIZATION_BILLING_ADMIN", workspaceRoles: [] },
  ]);
});
