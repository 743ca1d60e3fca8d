/** Several organizations in one server: each has its own users, and a token reaches those that it is for. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../../src/programs/start-server.ts";
import type { AstroServer } from "../../../src/server/start.ts";
import { iamClient } from "../../support/iam-client.ts";
import { scimClient } from "../../support/scim-client.ts";

const [acme, beta, gamma] = [
  "clma5g8q6000108mh88g27k1a",
  "clma5g8q6000108mh88g27k1b",
  "clma5g8q6000108mh88g27k1c",
];
let server: AstroServer;

beforeAll(async () => {
  server = await startServer({
    organizationId: acme,
    token: "shared",
    seed: { organization: { name: "Acme" }, users: [{ email: "ada@acme.example" }] },
    organizations: [
      { organizationId: beta, token: "shared", seed: { organization: { name: "Beta" } } },
      { organizationId: gamma, token: "other", seed: { users: [{ email: "gus@gamma.example" }] } },
    ],
  });
});
afterAll(() => server.close());

const at = (organizationId: string, token: string) => ({ apiUrl: server.apiUrl, organizationId, token });
const namesFor = async (token: string, query = ""): Promise<unknown> => {
  const { body } = await iamClient(at(acme, token)).send("GET", `/v1/organizations${query}`);
  return body.organizations.map(({ name }: { name: string }) => name);
};

test("each has users of its own", async () => {
  const all = await Promise.all(server.organizations.map(async (one) => (await one.state()).users));
  expect(all.map((users) => users.map(({ userName }) => userName))).toEqual([
    ["ada@acme.example"],
    [],
    ["gus@gamma.example"],
  ]);
  await scimClient(server.organizations[1]!).user("bea@beta.example");
  expect((await iamClient(at(beta, "shared")).get("/users")).body.totalCount).toBe(1);
  expect((await server.state()).users).toHaveLength(1);
});

test("the list of organizations has those of the token, in its order", async () => {
  expect(await namesFor("shared")).toEqual(["Acme", "Beta"]);
  expect(await namesFor("shared", "?sorts=name:desc")).toEqual(["Beta", "Acme"]);
  expect(await namesFor("shared", "?offset=1&limit=1")).toEqual(["Beta"]);
  expect(await namesFor("other")).toEqual(["Local Astro"]);
});

describe("a token reaches no other organization", () => {
  test.each([
    ["one that is there", acme, "other", 403],
    ["one that is not", "clma5g8q6000108mh88g27k1z", "shared", 404],
  ])("%s", async (_which, organizationId, token, scimStatus) => {
    const iam = await iamClient(at(organizationId, token)).get("/users");
    expect([iam.status, iam.body.message]).toEqual([
      403,
      `the API token is not for the organization ${organizationId}`,
    ]);
    const url = server.url.replace(acme, organizationId);
    expect((await scimClient({ url, token }).get("/Users")).status).toBe(scimStatus);
  });
});

test.each<[options: Parameters<typeof startServer>[0], message: string]>([
  [
    { organizationId: acme, organizations: [{ organizationId: acme }] },
    `Two organizations have the ID ${acme}.`,
  ],
  // @ts-expect-error A list is not an object.
  [{ organizations: [[]] }, 'The option "organizations[0]" of startServer() must be an object.'],
  [
    // @ts-expect-error There is no such option.
    { organizations: [{}, { tokn: "x" }] },
    'startServer() has no option "organizations[1].tokn".',
  ],
])("%j is refused", async (options, message) => {
  await expect(startServer(options)).rejects.toThrow(message);
});
