/** JSON that means one thing to one parser and another to the next (RFC 8259 §4): harmless, whatever is in it. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";

let server: AstroServer;
let client: ScimClient;
const faults: unknown[] = [];

beforeAll(async () => {
  server = await startServer({ onFault: (error) => faults.push(error) });
  client = scimClient(server);
});
afterAll(() => server.close());

const send = (method: string, path: string, text: string): Promise<Answer> =>
  client.send(method, path, { text, headers: { "content-type": "application/scim+json" } });

describe("a name that stands twice", () => {
  test("in the same spelling: the last one counts, and the first one leaves nothing behind", async () => {
    const twice = '{"userName":"first@example.com","userName":"last@example.com","title":"a","title":null}';
    const { status, body } = await send("POST", "/Users", twice);
    expect(status).toBe(201);
    expect(body).toMatchObject({ userName: "last@example.com" });
    expect(body).not.toHaveProperty("title");
    expect((await client.get('/Users?filter=userName+eq+"first@example.com"')).body.totalResults).toBe(0);
  });

  test.each([
    ["a user", "POST", "/Users", '{"userName":"a@example.com","USERNAME":"b@example.com"}'],
    [
      "a part of a value",
      "POST",
      "/Users",
      '{"userName":"a@example.com","name":{"givenName":"a","GivenName":"b"}}',
    ],
    ["the schemas", "POST", "/Users", '{"userName":"a@example.com","schemas":[],"Schemas":[]}'],
    ["an operation", "PATCH", "/Users/c0", '{"Operations":[{"op":"remove","Op":"add","path":"title"}]}'],
    ["the operations", "PATCH", "/Users/c0", '{"Operations":[],"operations":[]}'],
    ["a search", "POST", "/Users/.search", '{"filter":"id pr","Filter":"title pr"}'],
  ])(
    "%s, in another case: 400 invalidSyntax, for nobody can tell which counts",
    async (_in, method, path, text) => {
      const answer = await send(method, path, text);
      expect([answer.status, answer.body.scimType]).toEqual([400, "invalidSyntax"]);
    },
  );
});

describe("names of JavaScript's own objects", () => {
  const hostile =
    '"__proto__":{"polluted":1,"active":false},"constructor":{"prototype":{"polluted":1}},"toString":"x"';

  test.each([
    [
      "a user",
      "POST",
      "/Users",
      `{"userName":"hostile@example.com",${hostile},"name":{"givenName":"H",${hostile}}}`,
    ],
    ["a Team", "POST", "/Groups", `{"displayName":"hostile",${hostile},"members":[]}`],
  ])("in %s: dropped, as all names that no schema has", async (_in, method, path, text) => {
    const { status, body } = await send(method, path, text);
    expect(status).toBe(201);
    const stored = (await client.get(`${path}/${body.id}`)).text;
    expect(stored).not.toMatch(/__proto__|constructor|toString|polluted/);
    expect({}).not.toHaveProperty("polluted");
  });

  test("in a PATCH: of no effect", async () => {
    const id = await client.user("patched@example.com", { title: "Pilot" });
    const before = (await client.get(`/Users/${id}`)).body;
    await send(
      "PATCH",
      `/Users/${id}`,
      `{"Operations":[{"op":"add","value":{${hostile}}},{"op":"add","path":"name","value":{${hostile}}}]}`,
    );
    expect((await client.get(`/Users/${id}`)).body).toEqual(before);
    expect({}).not.toHaveProperty("polluted");
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "%s where a name is asked for",
    async (name) => {
      expect((await client.get(`/Users/${name}`)).status).toBe(404);
      expect((await client.get(`/Schemas/${name}`)).status).toBe(404);
      expect((await client.get(`/ResourceTypes/${name}`)).status).toBe(404);
      expect((await client.get(`/Users?filter=${name}+pr`)).body.scimType).toBe("invalidFilter");
      expect((await client.get(`/Users?sortBy=${name}`)).body.scimType).toBe("invalidValue");
      expect((await client.get(`/Users?attributes=${name}&${name}=1`)).status).toBe(200);
      const operation = { op: "replace", path: name, value: "x" };
      const id = await client.user(`${name}@example.com`);
      expect((await client.patch(`/Users/${id}`, operation)).body.scimType).toBe("invalidPath");
    },
  );

  test.each(["__proto__", "constructor", "toString"])(
    "%s as a value is a value like any other",
    async (value) => {
      const id = await client.user(value, { externalId: value, title: value });
      const team = await client.team(value, id);
      expect((await client.get(`/Users?filter=userName+eq+"${value}"`)).body.Resources[0].id).toBe(id);
      expect((await client.get(`/Groups?filter=displayName+eq+"${value}"`)).body.Resources[0].id).toBe(team);
      expect((await client.post("/Users", { userName: value.toUpperCase() })).status).toBe(409);
    },
  );
});

test.each([
  ["nested a million levels deep", "[".repeat(1_000_000), "nested more than 20 levels"],
  [
    "an object of 100,000 names",
    `{${Array.from({ length: 100_000 }, (_, at) => `"n${at}":1`).join(",")}}`,
    "at most 1000 attributes",
  ],
])("%s: refused before it is parsed", async (_what, text, detail) => {
  const answer = await send("POST", "/Users", text);
  expect([answer.status, answer.body.scimType]).toEqual([400, "invalidSyntax"]);
  expect(answer.body.detail).toContain(detail);
});

test("nothing of that is a fault of the server", () => {
  expect(faults).toEqual([]);
});
