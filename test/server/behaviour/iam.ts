/** Cases of the rows on Astro's own API, and on what SCIM mode changes in it. */

import type { iamRows, scimModeRows } from "../../../src/astro/behaviour/iam.ts";
import { groupBody, made, userBody, verdict, type BehaviourCases } from "../../support/behaviour-case.ts";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import type { Answer, ScimClient } from "../../support/scim-client.ts";
import { seededWorld } from "../../support/seeded-world.ts";
import { seedUser } from "../../support/seed-user.ts";

const status = async (answering: Promise<Answer>): Promise<number> => (await answering).status;

const deactivated = async (client: ScimClient): Promise<string> => {
  const id = await made(client.post("/Users", userBody({ active: false })));
  return id;
};

/** SCIM is switched off, and a Team is made in Astro. */
async function switchScim(iam: IamClient, isScimEnabled: boolean): Promise<void> {
  await iam.post("", { name: "Local Astro", billingEmail: "bills@example.com", isScimEnabled });
}

/** A Team from before SCIM, with a member. */
async function localTeam(iam: IamClient, memberIds: readonly string[] = []): Promise<string> {
  await switchScim(iam, false);
  const id = await iam.team("local", { memberIds });
  await switchScim(iam, true);
  return id;
}

/** Its time passes by waiting. */
const passing = seededWorld();

const workspaceId = "clm8t5u4q000008jq4qoc3036";
const member = { organizationRole: "ORGANIZATION_MEMBER" };
const inWorkspace = { ...member, workspaceRoles: [{ workspaceId, role: "WORKSPACE_MEMBER" }] };

export const iamCases: BehaviourCases<typeof iamRows> = {
  foreignOrganization: {
    ask: (_client, server) =>
      status(iamClient({ ...server, organizationId: "clma5g8q6000108mh88g27k1y" }).get("/users")),
    answers: { forbidden: 403, "not-found": 404 },
  },
  limitZero: {
    ask: async (client, server) => {
      await made(client.post("/Users", userBody()));
      const { body } = await iamClient(server).get("/users?limit=0");
      return [body.users.length, body.limit, body.totalCount];
    },
    answers: { empty: [0, 0, 1], default: [1, 20, 1] },
  },
  inactiveUsers: {
    ask: async (client, server) => {
      const id = await deactivated(client);
      const iam = iamClient(server);
      return [(await iam.get("/users")).body.totalCount, await status(iam.get(`/users/${id}`))];
    },
    answers: { listed: [1, 200], hidden: [0, 404] },
  },
  bannedOverScim: {
    seed: { users: [seedUser("ada@example.com", { status: "BANNED" })], teams: [] },
    ask: async (client, server) => {
      const { Resources } = (await client.get("/Users")).body;
      const { users } = (await iamClient(server).get("/users")).body;
      return [Resources[0].active, users[0].status];
    },
    answers: { active: [true, "BANNED"], inactive: [false, "BANNED"] },
  },
  avatarUrl: {
    ask: async (client, server) => {
      const id = await made(client.post("/Users", userBody({ profileUrl: "https://example.com/me" })));
      return (await iamClient(server).get(`/users/${id}`)).body.avatarUrl === "https://example.com/me";
    },
    answers: { "profile-url": true, default: false },
  },
  selfUser: {
    ask: (_client, server) => status(iamClient(server).send("GET", "/v1/users/self")),
    answers: { token: 200, refuse: 400 },
  },
  omittedRoles: {
    ask: async (client, server) => {
      const id = await made(client.post("/Users", userBody()));
      const iam = iamClient(server);
      await iam.post(`/users/${id}/roles`, inWorkspace);
      return (await iam.post(`/users/${id}/roles`, member)).body;
    },
    answers: { cleared: member, kept: inWorkspace },
  },
  nullOrganizationRole: {
    ask: async (client, server) => {
      const id = await made(client.post("/Users", userBody()));
      const iam = iamClient(server);
      const answer = await status(iam.post(`/users/${id}/roles`, { organizationRole: null }));
      return [answer, await status(iam.get(`/users/${id}`))];
    },
    answers: { removes: [200, 404], refuse: [400, 200] },
  },
  unknownScope: {
    seed: { users: [seedUser("ada@example.com")], teams: [] },
    otherSeed: {
      users: [seedUser("ada@example.com")],
      teams: [],
      workspaces: [{ id: "clm8t5u4q000008jq4qoc3031", name: "data" }],
    },
    ask: async (_client, { apiUrl, organizations }) => {
      const given = organizations.map(async (one) => {
        const iam = iamClient({ ...one, apiUrl });
        const [user] = (await iam.get("/users")).body.users;
        return status(iam.post(`/users/${user.id}/roles`, inWorkspace));
      });
      return Promise.all(given);
    },
    answers: { "if-undeclared": [200, 400], refuse: [400, 400], accept: [200, 200] },
  },
  teamNameTaken: {
    ask: async (_client, server) => {
      const iam = iamClient(server);
      await localTeam(iam);
      await switchScim(iam, false);
      return status(iam.post("/teams", { name: "LOCAL" }));
    },
    answers: { "bad-request": 400, conflict: 409 },
  },
  existingInvitee: {
    ask: async (client, server) => {
      await made(client.post("/Users", userBody()));
      const body = { inviteeEmail: "ADA@example.com", role: "ORGANIZATION_MEMBER" };
      return status(iamClient(server).post("/invites", body));
    },
    answers: { "bad-request": 400, conflict: 409 },
  },
  inviteDays: {
    ask: async (_client, server) => {
      const iam = iamClient(server);
      const body = { inviteeEmail: "ada@example.com", role: "ORGANIZATION_MEMBER" };
      const { expiresAt, userId } = (await iam.post("/invites", body)).body;
      const { createdAt } = (await iam.get(`/users/${userId}`)).body;
      return (Date.parse(expiresAt) - Date.parse(createdAt)) / (24 * 3600 * 1000);
    },
    answers: { 1: 1, 14: 14, 3650: 3650 },
  },
  expiredInvite: {
    options: { world: passing },
    ask: async (client, server) => {
      const iam = iamClient(server);
      const body = { inviteeEmail: "ada@example.com", role: "ORGANIZATION_MEMBER" };
      const { inviteId } = (await iam.post("/invites", body)).body;
      await passing.timers.wait(14 * 24 * 3600 * 1000, new AbortController().signal);
      const { users } = (await iam.get("/users")).body;
      const overScim = (await client.get("/Users")).body.totalResults;
      const statuses = users.map((user: { status: string }) => user.status);
      const revoked = await status(iam.delete(`/invites/${inviteId}`));
      return [statuses, overScim, revoked, await status(iam.post("/invites", body))];
    },
    answers: { pending: [["PENDING"], 1, 204, 200], removed: [[], 0, 404, 200] },
  },
  scopeFilterTeams: {
    seed: {
      users: [seedUser("ada@example.com"), seedUser("bob@example.com")],
      teams: [
        {
          name: "data",
          isIdpManaged: true,
          members: ["ada@example.com"],
          workspaceRoles: { [workspaceId]: "WORKSPACE_MEMBER" },
        },
      ],
    },
    ask: async (_client, server) => {
      const { users } = (await iamClient(server).get(`/users?workspaceId=${workspaceId}`)).body;
      return users.map((user: { username: string }) => user.username);
    },
    answers: { ignored: [], counted: ["ada@example.com"] },
  },
};

export const scimModeCases: BehaviourCases<typeof scimModeRows> = {
  scimDisabled: {
    ask: async (client, server) => {
      await switchScim(iamClient(server), false);
      return status(client.get("/Users"));
    },
    answers: { forbidden: 403, "not-found": 404 },
  },
  scimModeRefusal: {
    ask: (_client, server) => status(iamClient(server).post("/teams", { name: "core" })),
    answers: { "bad-request": 400, forbidden: 403 },
  },
  removeFromIdpTeam: {
    ask: async (client, server) => {
      const ada = await made(client.post("/Users", userBody()));
      const id = await made(client.post("/Groups", groupBody(ada)));
      return status(iamClient(server).delete(`/teams/${id}/members/${ada}`));
    },
    answers: { allow: 204, refuse: 400 },
  },
  deleteIdpTeam: {
    ask: async (client, server) =>
      status(iamClient(server).delete(`/teams/${await made(client.post("/Groups", groupBody()))}`)),
    answers: { allow: 204, refuse: 400 },
  },
  renameIdpTeam: {
    ask: async (client, server) =>
      status(
        iamClient(server).post(`/teams/${await made(client.post("/Groups", groupBody()))}`, { name: "edge" }),
      ),
    answers: { allow: 200, refuse: 400 },
  },
  renameLocalTeam: {
    ask: async (_client, server) => {
      const iam = iamClient(server);
      return status(iam.post(`/teams/${await localTeam(iam)}`, { name: "edge" }));
    },
    answers: { allow: 200, refuse: 400 },
  },
  unmanagedTeam: {
    ask: async (client, server) => {
      const iam = iamClient(server);
      const id = await localTeam(iam);
      const written = await verdict(
        client.patch(`/Groups/${id}`, { op: "replace", path: "displayName", value: "edge" }),
      );
      return [written, (await iam.get(`/teams/${id}`)).body.isIdpManaged];
    },
    answers: { adopt: ["204", true], write: ["204", false], conflict: ["409 uniqueness", false] },
  },
  idpManagedAfterScim: {
    ask: async (client, server) => {
      const iam = iamClient(server);
      const id = await made(client.post("/Groups", groupBody()));
      await switchScim(iam, false);
      return (await iam.get(`/teams/${id}`)).body.isIdpManaged;
    },
    answers: { kept: true, cleared: false },
  },
  rolesAfterDeactivation: {
    seed: {
      users: [
        seedUser("olga@example.com", { role: "ORGANIZATION_OWNER" }),
        seedUser("oscar@example.com", { role: "ORGANIZATION_OWNER" }),
      ],
      teams: [],
    },
    ask: async (client, server) => {
      const { id } = (await client.get('/Users?filter=userName%20eq%20"oscar@example.com"')).body
        .Resources[0];
      for (const value of [false, true])
        await client.patch(`/Users/${id}`, { op: "replace", path: "active", value });
      return (await iamClient(server).get(`/users/${id}`)).body.organizationRole;
    },
    answers: { ended: "ORGANIZATION_MEMBER", kept: "ORGANIZATION_OWNER" },
  },
};
