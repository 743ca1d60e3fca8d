/** Cases of the rows on users. */

import type { userRows } from "../../../src/astro/behaviour/users.ts";
import type { AstroSeed } from "../../../src/astro/seed.ts";
import { groupBody, made, userBody, verdict, type BehaviourCases } from "../../support/behaviour-case.ts";
import type { ScimClient } from "../../support/scim-client.ts";

const deactivate = { op: "replace", path: "active", value: false };

/** What is left of a user and of the user's Team: status, whether active, how many members. */
async function left(client: ScimClient, userId: string, teamId: string): Promise<unknown> {
  const user = await client.get(`/Users/${userId}`);
  const team = await client.get(`/Groups/${teamId}`);
  return [user.status, user.body.active, team.body.members?.length ?? 0];
}

const oneOwner: AstroSeed = {
  users: [
    {
      userName: "root@example.com",
      email: "root@example.com",
      displayName: undefined,
      givenName: undefined,
      familyName: undefined,
      profileUrl: undefined,
      active: true,
      role: "ORGANIZATION_OWNER",
      externalId: undefined,
    },
  ],
  teams: [],
};

export const userCases: BehaviourCases<typeof userRows> = {
  existingUser: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody({ title: "Dr." })));
      const again = await client.post("/Users", userBody({ nickName: "Ada" }));
      await client.patch(`/Users/${id}`, deactivate);
      const back = await client.post("/Users", userBody({ nickName: "A." }));
      const { body } = await client.get(`/Users/${id}`);
      const isSame = back.body.id === id;
      return [again.status, back.status, isSame, body.title, body.nickName, body.active];
    },
    answers: {
      conflict: [409, 409, false, "Dr.", undefined, false],
      adopt: [201, 201, true, "Dr.", "A.", true],
      "adopt-inactive": [409, 201, true, "Dr.", "A.", true],
    },
  },
  deactivation: {
    ask: async (client) => {
      const user = await made(client.post("/Users", userBody()));
      const team = await made(client.post("/Groups", groupBody(user)));
      await client.patch(`/Users/${user}`, deactivate);
      return left(client, user, team);
    },
    answers: {
      "ends-memberships": [200, false, 0],
      "keeps-memberships": [200, false, 1],
      removes: [404, undefined, 0],
    },
  },
  lastOwner: {
    seed: oneOwner,
    ask: async (client) => {
      const [owner] = (await client.get("/Users")).body.Resources;
      return verdict(client.delete(`/Users/${owner.id}`));
    },
    answers: { refuse: "400 mutability", forbid: "403", allow: "204" },
  },
  userDeletion: {
    ask: async (client) => {
      const user = await made(client.post("/Users", userBody()));
      const team = await made(client.post("/Groups", groupBody(user)));
      await client.delete(`/Users/${user}`);
      return left(client, user, team);
    },
    answers: { forgets: [404, undefined, 0], deactivates: [200, false, 0] },
  },
  userNameChange: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody()));
      const change = { op: "replace", path: "userName", value: "countess@example.com" };
      const schema = await client.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
      const announced = schema.body.attributes.find((one: { name: string }) => one.name === "userName");
      return [await verdict(client.patch(`/Users/${id}`, change)), announced.mutability];
    },
    answers: { allow: ["200", "readWrite"], refuse: ["400 mutability", "immutable"] },
  },
  userGroups: {
    ask: async (client) => {
      const user = await made(client.post("/Users", userBody()));
      await made(client.post("/Groups", groupBody(user)));
      const alone = await client.get(`/Users/${user}`);
      const listed = await client.get("/Users");
      return [alone.body.groups?.length, listed.body.Resources[0].groups?.length];
    },
    answers: { shown: [1, 1], hidden: [undefined, undefined] },
  },
};
