/** Astro's own API writes Teams, members, roles, invitations and the organization's settings, while SCIM is disabled. */

import { beforeEach, afterEach, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import { seedUser } from "../../support/seed-user.ts";

let server: AstroServer;
let iam: IamClient;
const ids = new Map<string, string>();

const idOf = (username: string): string => ids.get(`${username}@example.com`) ?? "";
const cuid = expect.stringMatching(/^c[a-z0-9]{24}$/) as string;

beforeEach(async () => {
  server = await startServer({
    behaviour: { scimIntegration: "forbidden" },
    seed: {
      users: [
        seedUser("olga@example.com", { role: "ORGANIZATION_OWNER" }),
        seedUser("ada@example.com"),
        seedUser("bob@example.com"),
        seedUser("gone@example.com", { active: false }),
      ],
      teams: [],
    },
  });
  iam = iamClient(server);
  for (const { id, username } of (await iam.get("/users")).body.users) ids.set(username, id);
});
afterEach(() => server.close());

describe("Teams", () => {
  test("are created with 200, are local, and say who made them", async () => {
    const { status, body } = await iam.post("/teams", {
      name: "core",
      description: "The core",
      memberIds: [idOf("ada")],
      organizationRole: "ORGANIZATION_BILLING_ADMIN",
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: cuid,
      name: "core",
      description: "The core",
      isIdpManaged: false,
      organizationRole: "ORGANIZATION_BILLING_ADMIN",
      rolesCount: 1,
      createdBy: { subjectType: "SERVICEKEY" },
    });
    const { body: members } = await iam.get(`/teams/${body.id}/members`);
    expect(members.teamMembers.map((one: { username: string }) => one.username)).toEqual(["ada@example.com"]);
  });

  test("are renamed and described; a description that is left out stays", async () => {
    const id = await iam.team("core", { description: "The core" });
    expect((await iam.post(`/teams/${id}`, { name: "edge" })).body).toMatchObject({
      id,
      name: "edge",
      description: "The core",
    });
    expect((await iam.post(`/teams/${id}`, { name: "edge", description: "" })).body.description).toBe("");
  });

  test("are deleted once", async () => {
    const id = await iam.team("core");
    expect((await iam.delete(`/teams/${id}`)).status).toBe(204);
    expect((await iam.delete(`/teams/${id}`)).status).toBe(404);
  });

  test("members join once, and leave one by one", async () => {
    const id = await iam.team("core", { memberIds: [idOf("ada")] });
    const joining = { memberIds: [idOf("ada"), idOf("bob"), idOf("bob")] };
    const { status, text } = await iam.post(`/teams/${id}/members`, joining);
    expect([status, text]).toEqual([204, ""]);
    expect((await iam.get(`/teams/${id}/members`)).body.totalCount).toBe(2);
    expect((await iam.delete(`/teams/${id}/members/${idOf("ada")}`)).status).toBe(204);
    expect((await iam.delete(`/teams/${id}/members/${idOf("ada")}`)).status).toBe(404);
    expect((await iam.get(`/teams/${id}/members`)).body.teamMembers[0].username).toBe("bob@example.com");
  });

  test("an inactive user is left out of a Team, as over SCIM", async () => {
    const id = await iam.team("core", { memberIds: [idOf("gone"), idOf("ada")] });
    expect((await iam.get(`/teams/${id}/members`)).body.totalCount).toBe(1);
  });

  test.each<[what: string, body: unknown, fields: readonly (readonly [field: string, code: string])[]]>([
    ["no body", undefined, [["body", "required"]]],
    ["no object", [], [["body", "type"]]],
    ["no name", {}, [["name", "required"]]],
    ["an empty name", { name: " " }, [["name", "format"]]],
    ["a number", { name: 7 }, [["name", "type"]]],
    ["a role that there is not", { name: "x", organizationRole: "BOSS" }, [["organizationRole", "oneof"]]],
    ["somebody unknown", { name: "x", memberIds: ["nobody"] }, [["memberIds", "unknown"]]],
    ["no text", { name: "x", description: null }, [["description", "type"]]],
    ["no list", { name: "x", memberIds: null }, [["memberIds", "type"]]],
    ["a list of something else", { name: "x", memberIds: [1] }, [["memberIds[0]", "type"]]],
    [
      "two mistakes",
      { description: 1 },
      [
        ["name", "required"],
        ["description", "type"],
      ],
    ],
    ["a name that is taken, in another case", { name: "TAKEN" }, [["name", "unique"]]],
  ])("a Team with %s is refused, and nothing is kept", async (_what, body, fields) => {
    await iam.team("taken");
    const answer = await iam.post("/teams", body);
    expect(answer.status).toBe(400);
    const told = answer.body.fieldErrors as readonly { readonly field: string; readonly code: string }[];
    expect(told.map(({ field, code }) => [field, code])).toEqual(fields);
    expect((await iam.get("/teams")).body.totalCount).toBe(1);
  });

  test("a body that is no JSON is refused in words, without what it holds", async () => {
    const path = `/v1/organizations/${server.organizationId}/teams`;
    const { status, body } = await iam.send("POST", path, { text: '{"name": "secret' });
    expect([status, body.message]).toEqual([400, expect.stringMatching(/^the body is not JSON: /)]);
    expect(body.message).not.toContain("secret");
  });

  test("a Team keeps its own name in another case", async () => {
    const id = await iam.team("core");
    expect((await iam.post(`/teams/${id}`, { name: "Core" })).body.name).toBe("Core");
  });
});

describe("invitations", () => {
  const invitation = { inviteeEmail: "New@example.com", role: "ORGANIZATION_BILLING_ADMIN" };

  test("make a pending user, who goes with the invitation", async () => {
    const { status, body } = await iam.post("/invites", invitation);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      inviteId: cuid,
      organizationId: server.organizationId,
      organizationName: "Local Astro",
      userId: cuid,
      invitee: { id: body.userId, subjectType: "USER", username: "New@example.com" },
      inviter: { subjectType: "SERVICEKEY" },
    });
    expect((await iam.get(`/users/${body.userId}`)).body).toMatchObject({
      status: "PENDING",
      fullName: "",
      organizationRole: "ORGANIZATION_BILLING_ADMIN",
    });
    expect((await iam.delete(`/invites/${body.inviteId}`)).status).toBe(204);
    expect((await iam.get(`/users/${body.userId}`)).status).toBe(404);
    expect((await iam.delete(`/invites/${body.inviteId}`)).status).toBe(404);
  });

  test("roles can be given before one is accepted", async () => {
    const { userId } = (await iam.post("/invites", invitation)).body;
    const role = { organizationRole: "ORGANIZATION_OWNER" };
    expect((await iam.post(`/users/${userId}/roles`, role)).body).toEqual(role);
    expect((await iam.get(`/users/${userId}`)).body.status).toBe("PENDING");
  });

  test("bring back who has left", async () => {
    const { body } = await iam.post("/invites", { ...invitation, inviteeEmail: "gone@example.com" });
    expect(body.userId).toBe(idOf("gone"));
    expect((await iam.get(`/users/${idOf("gone")}`)).body.status).toBe("PENDING");
  });

  test.each([
    ["ada@example.com", "inviteeEmail", "unique"],
    ["ADA@example.com", "inviteeEmail", "unique"],
    ["not an address", "inviteeEmail", "format"],
  ])("%s is refused", async (inviteeEmail, field, code) => {
    const { status, body } = await iam.post("/invites", { ...invitation, inviteeEmail });
    expect([status, body.fieldErrors[0]]).toMatchObject([400, { field, code }]);
  });
});

describe("the organization", () => {
  const settings = { name: "Acme", billingEmail: "bills@example.com", isScimEnabled: true };

  test("takes its name, billing address and whether SCIM is enabled", async () => {
    const { status, body } = await iam.post("", settings);
    expect(status).toBe(200);
    expect(body).toMatchObject(settings);
    expect((await iam.get("")).body).toEqual(body);
  });

  test.each([
    [{ ...settings, name: "a".repeat(51) }, "name", "max"],
    [{ ...settings, isScimEnabled: "yes" }, "isScimEnabled", "type"],
    [{ name: "Acme", isScimEnabled: true }, "billingEmail", "required"],
  ])("%j is refused", async (body, field, code) => {
    const answer = await iam.post("", body);
    expect([answer.status, answer.body.fieldErrors[0]]).toMatchObject([400, { field, code }]);
    expect((await iam.get("")).body.name).toBe("Local Astro");
  });
});
