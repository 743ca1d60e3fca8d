/** Cases of the rows on Teams. */

import type { teamRows } from "../../../src/astro/behaviour/teams.ts";
import { group, groupBody, made, userBody, type BehaviourCases } from "../../support/behaviour-case.ts";
import type { Answer, ScimClient } from "../../support/scim-client.ts";

/** The status of what was answered, and how many members there are. */
async function membersOf(answering: Promise<Answer>): Promise<unknown> {
  const { status, body } = await answering;
  return [status, body.members?.length ?? 0];
}

const anyUser = (client: ScimClient, attributes: object = {}): Promise<string> =>
  made(client.post("/Users", userBody(attributes)));

export const teamCases: BehaviourCases<typeof teamRows> = {
  existingTeam: {
    ask: async (client) => {
      const [ada, grace] = [await anyUser(client), await anyUser(client, { userName: "grace" })];
      const id = await made(client.post("/Groups", groupBody(ada)));
      const again = await client.post("/Groups", { ...groupBody(grace), externalId: "00g1" });
      const { body } = await client.get("/Groups?filter=displayName+eq+%22DATA-platform%22");
      const schema = await client.get(`/Schemas/${group}`);
      const [displayName] = schema.body.attributes;
      return [
        again.status,
        again.body.id === id,
        again.body.members?.length,
        body.totalResults,
        displayName.uniqueness,
      ];
    },
    answers: {
      conflict: [409, false, undefined, 1, "server"],
      adopt: [201, true, 2, 1, "server"],
      allow: [201, false, 1, 2, "none"],
    },
  },
  inactiveMember: {
    ask: async (client) =>
      membersOf(client.post("/Groups", groupBody(await anyUser(client, { active: false })))),
    answers: { ignore: [201, 0], refuse: [400, 0], add: [201, 1] },
  },
  unknownMember: {
    ask: async (client) => {
      const ada = await anyUser(client);
      const first = await client.post("/Groups", groupBody(ada, "nobody"));
      if (first.status !== 201) return [first.status];
      const stored = await client.get(`/Groups/${first.body.id}`);
      const adding = { op: "add", path: "members", value: [{ value: "no one" }] };
      const again = await client.patch(`/Groups/${first.body.id}`, adding);
      return [first.status, stored.body.members.length, again.status, again.body?.members.length];
    },
    answers: {
      refuse: [400],
      ignore: [201, 1, 204, undefined],
      report: [201, 1, 200, 1],
      keep: [201, 2, 204, undefined],
    },
  },
  memberAttributes: {
    ask: async (client) => {
      const first = await client.post("/Groups", groupBody(await anyUser(client)));
      const schema = await client.get(`/Schemas/${group}`);
      const announced = schema.body.attributes[1].subAttributes.map(({ name }: { name: string }) => name);
      return [Object.keys(first.body.members[0]).toSorted(), announced.toSorted()];
    },
    answers: {
      all: [
        ["$ref", "display", "type", "value"],
        ["$ref", "display", "type", "value"],
      ],
      "without-display": [
        ["$ref", "type", "value"],
        ["$ref", "type", "value"],
      ],
      "value-only": [["value"], ["value"]],
    },
  },
  teamMembers: {
    ask: async (client) => {
      const id = await made(client.post("/Groups", groupBody(await anyUser(client))));
      const empty = await made(client.post("/Groups", { displayName: "nobody", schemas: [group] }));
      const members = async (path: string) => (await client.get(path)).body.members?.length;
      const listed = (await client.get("/Groups")).body.Resources[0].members?.length;
      return [
        await members(`/Groups/${id}`),
        await members(`/Groups/${id}?attributes=displayName,members`),
        await members(`/Groups/${empty}`),
        listed,
      ];
    },
    answers: {
      shown: [1, 1, 0, 1],
      "on-request": [undefined, 1, undefined, undefined],
      hidden: [undefined, undefined, undefined, undefined],
    },
  },
};
