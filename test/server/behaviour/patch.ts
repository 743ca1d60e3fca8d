/** Cases of the rows on PATCH. */

import type { patchRows } from "../../../src/astro/behaviour/patch.ts";
import {
  enterprise,
  groupBody,
  made,
  userBody,
  verdict,
  type BehaviourCases,
} from "../../support/behaviour-case.ts";
import type { ScimClient } from "../../support/scim-client.ts";

const patchUser =
  (...operations: readonly unknown[]) =>
  async (client: ScimClient): Promise<string> => {
    const id = await made(client.post("/Users", userBody()));
    return verdict(client.patch(`/Users/${id}`, ...operations));
  };

/** A Team of three from whom something is removed: the verdict, and how many stay. */
async function removedFromTeam(
  client: ScimClient,
  removal: (ids: readonly string[]) => object,
): Promise<unknown> {
  const ids: string[] = [];
  for (const userName of ["ada", "grace", "joan"]) {
    ids.push(await made(client.post("/Users", userBody({ userName }))));
  }
  const id = await made(client.post("/Groups", groupBody(...ids)));
  const answer = await verdict(client.patch(`/Groups/${id}`, { op: "remove", ...removal(ids) }));
  const { body } = await client.get(`/Groups/${id}`);
  return [answer, body.members?.length ?? 0];
}

export const patchCases: BehaviourCases<typeof patchRows> = {
  patchVerbCase: {
    ask: patchUser({ op: "Replace", path: "title", value: "Dr." }),
    answers: { any: "200", lower: "400 invalidSyntax" },
  },
  emptyPatch: {
    ask: patchUser(),
    answers: { accept: "200", refuse: "400 invalidSyntax" },
  },
  removeByValue: {
    ask: (client) => removedFromTeam(client, ([value]) => ({ path: "members", value: [{ value }] })),
    answers: { listed: ["204", 2], all: ["204", 0], refuse: ["400 invalidValue", 3] },
  },
  addWithoutMatch: {
    ask: patchUser({ op: "add", path: 'emails[type eq "work"].value', value: "ada@example.com" }),
    answers: { make: "200", "no-target": "400 noTarget" },
  },
  replaceWithoutMatch: {
    ask: patchUser({ op: "replace", path: 'emails[type eq "work"].value', value: "ada@example.com" }),
    answers: { make: "200", "no-target": "400 noTarget" },
  },
  removeWithoutMatch: {
    ask: async (client) => [
      await removedFromTeam(client, () => ({ path: 'members[value eq "nobody"]' })),
      await verdict(
        client.patch(`/Users/${await made(client.post("/Users", userBody({ userName: "mary" })))}`, {
          op: "remove",
          path: 'emails[type eq "work"]',
        }),
      ),
    ],
    answers: { nothing: [["204", 3], "200"], "no-target": [["400 noTarget", 3], "400 noTarget"] },
  },
  pathsAsNames: {
    ask: async (client) => {
      const id = await made(client.post("/Users", userBody()));
      const value = { "name.givenName": "Ada", [`${enterprise}:department`]: "Research" };
      const { body } = await client.patch(`/Users/${id}`, { op: "add", value });
      return [body.name, body[enterprise]];
    },
    answers: {
      accept: [{ givenName: "Ada" }, { department: "Research" }],
      unknown: [undefined, undefined],
    },
  },
  readOnlyInPatch: {
    ask: patchUser({ op: "replace", value: { id: "another", title: "Dr." } }),
    answers: { ignore: "200", refuse: "400 mutability" },
  },
  otherSchemaPath: {
    ask: patchUser({ op: "add", path: "urn:example:custom:1.0:User:badge", value: "7" }),
    answers: { ignore: "200", refuse: "400 invalidPath" },
  },
};
