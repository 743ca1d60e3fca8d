/**
 * Whatever SCIM and Astro's own API write in turn: what the latter shows is what is held, page by page and in any order, although
 * it keeps texts and orders until something changes.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { iamClient, type IamClient } from "../../support/iam-client.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";

interface World {
  readonly server: AstroServer;
  readonly iam: IamClient;
  readonly scim: ScimClient;
}

interface Step {
  readonly kind: keyof typeof moves;
  /** Who or which Team is meant, counted round. */
  readonly user: number;
  readonly team: number;
  readonly flag: boolean;
}

const workspaceId = "clm8t5u4q000008jq4qoc3036";

/** Each may be refused: what is held decides. */
const moves = {
  "SCIM makes a user": ({ scim }: World, { user }: Step) =>
    scim.post("/Users", { userName: `user${user}@example.com`, displayName: `Person ${9 - user}` }),
  "SCIM renames": ({ scim }: World, { flag }: Step, userId: string) =>
    scim.patch(`/Users/${userId}`, { op: "replace", path: "displayName", value: flag ? "Zoe" : "adam" }),
  "SCIM switches active": ({ scim }: World, { flag }: Step, userId: string) =>
    scim.patch(`/Users/${userId}`, { op: "replace", path: "active", value: flag }),
  "SCIM deletes a user": ({ scim }: World, _step: Step, userId: string) => scim.delete(`/Users/${userId}`),
  "SCIM makes a Team": ({ scim }: World, { team }: Step) =>
    scim.post("/Groups", { displayName: `team ${team}` }),
  "SCIM sets members": ({ scim }: World, { flag }: Step, userId: string, teamId: string) =>
    scim.patch(`/Groups/${teamId}`, {
      op: flag ? "add" : "replace",
      path: "members",
      value: [{ value: userId }],
    }),
  "SCIM deletes a Team": ({ scim }: World, _step: Step, _userId: string, teamId: string) =>
    scim.delete(`/Groups/${teamId}`),
  "Astro gives a user roles": ({ iam }: World, { flag }: Step, userId: string) =>
    iam.post(`/users/${userId}/roles`, {
      organizationRole: flag ? "ORGANIZATION_OWNER" : "ORGANIZATION_MEMBER",
      workspaceRoles: flag ? [] : [{ workspaceId, role: "WORKSPACE_AUTHOR" }],
    }),
  "Astro gives a Team roles": ({ iam }: World, { flag }: Step, _userId: string, teamId: string) =>
    iam.post(`/teams/${teamId}/roles`, {
      organizationRole: flag ? "ORGANIZATION_OWNER" : "ORGANIZATION_MEMBER",
    }),
  "Astro describes a Team": ({ iam }: World, { team, flag }: Step, _userId: string, teamId: string) =>
    iam.post(`/teams/${teamId}`, { name: `team ${team}`, description: flag ? "first" : "second" }),
  "Astro removes a member": ({ iam }: World, _step: Step, userId: string, teamId: string) =>
    iam.delete(`/teams/${teamId}/members/${userId}`),
  "Astro removes a user": ({ iam }: World, _step: Step, userId: string) =>
    iam.post(`/users/${userId}/roles`, { organizationRole: null }),
  "Astro invites": ({ iam }: World, { user }: Step) =>
    iam.post("/invites", { inviteeEmail: `user${user}@example.com`, role: "ORGANIZATION_MEMBER" }),
} as const;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...(Object.keys(moves) as (keyof typeof moves)[])),
  user: fc.nat(5),
  team: fc.nat(2),
  flag: fc.boolean(),
});

async function carryOut(world: World, one: Step): Promise<void> {
  const { users, teams } = await world.server.state();
  const userId = users[one.user % Math.max(users.length, 1)]?.id ?? "nobody";
  const teamId = teams[one.team % Math.max(teams.length, 1)]?.id ?? "nothing";
  const { status } = await moves[one.kind](world, one, userId, teamId);
  expect(status).toBeLessThan(500);
}

// Users, Teams and members alike: the test reads what each list has.
// oxlint-disable-next-line typescript/no-explicit-any
type Item = any;

async function allOf(iam: IamClient, path: string, list: string, limit: number): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (;;) {
    const { body } = await iam.get(
      `${path}${path.includes("?") ? "&" : "?"}limit=${limit}&offset=${items.length}`,
    );
    items.push(...body[list]);
    if (body.totalCount <= items.length || body[list].length === 0) return items;
  }
}

const rolesOf = ({ organizationRole, workspaceRoles = [] }: Item): unknown => [
  organizationRole,
  workspaceRoles,
];

async function requireAgreement({ server, iam, scim }: World, limit: number): Promise<void> {
  const { users, teams } = await server.state();
  const shownUsers = await allOf(iam, "/users", "users", limit);
  expect(shownUsers.map((user) => [user.id, user.username, user.status, rolesOf(user)])).toEqual(
    users.map(({ id, userName, status, role, workspaceRoles }) => [
      id,
      userName,
      status,
      [role, workspaceRoles],
    ]),
  );
  const shownTeams = await allOf(iam, "/teams", "teams", limit);
  expect(
    shownTeams.map((team) => [team.id, team.name, team.description, team.isIdpManaged, rolesOf(team)]),
  ).toEqual(
    teams.map(({ id, name, description, isIdpManaged, role, workspaceRoles }) => [
      id,
      name,
      description,
      isIdpManaged,
      [role, workspaceRoles],
    ]),
  );
  for (const { id, members } of teams) {
    const shown = await allOf(iam, `/teams/${id}/members`, "teamMembers", limit);
    expect(shown.map(({ username }) => username)).toEqual(members);
  }
  const byName = await allOf(iam, "/users?sorts=fullName:desc&sorts=id:asc", "users", limit);
  const keys = byName.map(({ fullName }) => fullName.toLowerCase());
  expect(keys.every((key, at) => at === 0 || key <= keys[at - 1])).toBe(true);
  expect(new Set(byName.map(({ id }) => id))).toEqual(new Set(users.map(({ id }) => id)));
  expect((await scim.get("/Users")).body.totalResults).toBe(users.length);
}

// Its assertions are in the helpers.
// oxlint-disable-next-line vitest/expect-expect
test("what is shown is what is held", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.integer({ min: 1, max: 4 }),
      async (steps, limit) => {
        const server = await startServer();
        const world = { server, iam: iamClient(server), scim: scimClient(server) };
        try {
          for (const one of steps) {
            await carryOut(world, one);
            await requireAgreement(world, limit);
          }
        } finally {
          await server.close();
        }
      },
    ),
    { numRuns: 12 },
  );
});
