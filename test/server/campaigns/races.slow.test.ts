/** Many clients want the same thing at the same moment: one gets it. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../../src/server/start.ts";
import { inOtherCase, lookUp, patchRequest } from "../../support/model-step.ts";
import { oneConnection, type ConnectionRequest, type OneConnection } from "../../support/one-connection.ts";
import { campaignSeed, random } from "../../support/random.ts";
import { scimClient, type Answer } from "../../support/scim-client.ts";

const many = 64;
const rounds = 10;
const chance = random(campaignSeed);

let server: AstroServer;
let connections: readonly OneConnection[];

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(() => {
  connections = Array.from({ length: many }, () => oneConnection(server));
});
afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
});

/** Every connection sends its own request; all are on their way before the first is answered. */
function all(requestOf: (index: number) => ConnectionRequest): Promise<readonly Answer[]> {
  return Promise.all(connections.map((connection, index) => connection.send(requestOf(index))));
}

const kinds = [
  { endpoint: "/Users", name: "userName" },
  { endpoint: "/Groups", name: "displayName" },
] as const;

describe(`${many} clients, one name in different case (CAMPAIGN_SEED=${campaignSeed})`, () => {
  const spelt = (name: string): string => inOtherCase(chance, name);

  test.each(kinds)("POST $endpoint: one 201, the others 409 uniqueness", async ({ endpoint, name }) => {
    for (let round = 0; round < rounds; round += 1) {
      const wanted = `wanted.${round}@example.com`;
      const answers = await all(() => ({ method: "POST", path: endpoint, body: { [name]: spelt(wanted) } }));
      expect(refusals(answers)).toEqual(new Set(["409 uniqueness"]));
      expect(await holders(endpoint, `${name} eq "${wanted}"`)).toEqual(winners(answers, 201));
    }
  });

  test.each(kinds)("PUT and PATCH $endpoint: one gets the name", async ({ endpoint, name }) => {
    const made = await all((index) => ({
      method: "POST",
      path: endpoint,
      body: { [name]: `racer.${index}@example.com` },
    }));
    for (let round = 0; round < rounds; round += 1) {
      const wanted = `prize.${round}@example.com`;
      const answers = await all((index) => {
        const path = `${endpoint}/${made[index]!.body.id}?attributes=${name}`;
        const byPut = { method: "PUT", path, body: { [name]: spelt(wanted) } };
        return chance.pick([
          byPut,
          patchRequest(path, [{ op: "replace", path: name, value: spelt(wanted) }]),
        ]);
      });
      expect(refusals(answers)).toEqual(new Set(["409 uniqueness"]));
      expect(await holders(endpoint, `${name} eq "${wanted}"`)).toEqual(winners(answers, 200));
    }
  });
});

describe(`${many} clients, one resource`, () => {
  test.each(kinds)(
    "DELETE $endpoint: one 204, the others 404 (RFC 7644 §3.6)",
    async ({ endpoint, name }) => {
      const { body } = await scimClient(server).post(endpoint, { [name]: "short-lived@example.com" });
      const answers = await all(() => ({ method: "DELETE", path: `${endpoint}/${body.id}` }));
      expect(tally(answers)).toEqual({ 204: 1, 404: many - 1 });
    },
  );

  test.each(kinds)(
    "PATCH $endpoint with If-Match: one is done, the others are 412 (RFC 7644 §3.14)",
    async ({ endpoint, name }) => {
      const { body } = await scimClient(server).post(endpoint, { [name]: `versioned@example.com` });
      for (let version = 1; version <= rounds; version += 1) {
        const answers = await all((index) => {
          const path = `${endpoint}/${body.id}?attributes=externalId`;
          const value = `${version} by ${index}`;
          const request = patchRequest(path, [{ op: "replace", path: "externalId", value }]);
          return { ...request, headers: { "if-match": `W/"${version}"` } };
        });
        expect(tally(answers)).toEqual({ 200: 1, 412: many - 1 });
      }
    },
  );

  test("members who are added to a Team while it is deleted are in no Team, or were refused", async () => {
    const client = scimClient(server);
    const ids: string[] = [];
    for (let index = 0; index < many; index += 1) ids.push(await client.user(`joiner.${index}@example.com`));
    const team = await client.team("about to go");
    const answers = await all((index) => {
      if (index === many / 2) return { method: "DELETE", path: `/Groups/${team}` };
      return patchRequest(`/Groups/${team}`, [
        { op: "add", path: "members", value: [{ value: ids[index] }] },
      ]);
    });
    expect(answers.filter(({ status }) => status !== 204 && status !== 404)).toEqual([]);
    for (const id of ids) expect((await client.get(`/Users/${id}`)).body).not.toHaveProperty("groups");
  });
});

/** The ids of those who had success. */
function winners(answers: readonly Answer[], status: number): readonly string[] {
  return answers.filter((answer) => answer.status === status).map(({ body }) => body.id);
}

function refusals(answers: readonly Answer[]): ReadonlySet<string> {
  const refused = answers.filter(({ status }) => status >= 400);
  expect(refused).toHaveLength(many - 1);
  return new Set(refused.map(({ status, body }) => `${status} ${body.scimType}`));
}

function tally(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The ids of those who have a name. */
async function holders(endpoint: "/Users" | "/Groups", filter: string): Promise<readonly string[]> {
  const { body } = await scimClient(server).get(lookUp(endpoint, filter).path);
  return body.Resources.map((resource: { id: string }) => resource.id);
}
