/** Users and Groups over real HTTP: RFC 7644 §3, and what Astro does on top. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

let server: AstroServer;
let client: ScimClient;

beforeEach(async () => {
  server = await startServer();
  client = scimClient(server);
});
afterEach(() => server.close());

describe("create (RFC 7644 §3.3)", () => {
  test("answers 201 with the resource, its location and its version", async () => {
    const answer = await client.post("/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "ada@example.com",
      externalId: "00u1",
      name: { givenName: "Ada" },
      password: "never kept",
      groups: [],
    });
    expect(answer.status).toBe(201);
    expect(answer.headers["location"]).toBe(`${server.url}/Users/${answer.body.id}`);
    expect(answer.headers["etag"]).toBe(answer.body.meta.version);
    expect(answer.body).toEqual({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      id: expect.stringMatching(/^c[a-z0-9]{24}$/) as string,
      externalId: "00u1",
      userName: "ada@example.com",
      name: { givenName: "Ada" },
      active: true,
      meta: {
        resourceType: "User",
        created: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        lastModified: answer.body.meta.created,
        location: answer.headers["location"],
        version: 'W/"1"',
      },
    });
  });

  test.each([
    ["a user without userName", "/Users", { displayName: "x" }, 400, "invalidValue"],
    ["a Team without displayName", "/Groups", { members: [] }, 400, "invalidValue"],
    [
      "a userName that is taken, in another case",
      "/Users",
      { userName: "TAKEN@example.com" },
      409,
      "uniqueness",
    ],
    ["a Team's name that is taken, in another case", "/Groups", { displayName: "TAKEN" }, 409, "uniqueness"],
    [
      "a member that is nobody",
      "/Groups",
      { displayName: "x", members: [{ value: "nobody" }] },
      400,
      "invalidValue",
    ],
  ])("%s is refused, and nothing is kept", async (_name, path, body, status, scimType) => {
    await client.user("taken@example.com");
    await client.team("taken");
    const answer = await client.post(path, body);
    expect([answer.status, answer.body.scimType]).toEqual([status, scimType]);
    expect((await client.get(path)).body.totalResults).toBe(1);
  });

  test("userNames that differ in Unicode form only are the same (NFC)", async () => {
    await client.user("rené@example.com");
    expect((await client.post("/Users", { userName: "rene\u0301@example.com" })).status).toBe(409);
  });
});

describe("read (RFC 7644 §3.4.1, §3.9, §3.14)", () => {
  test("attributes and excludedAttributes choose what is shown", async () => {
    const id = await client.user("ada@example.com", { displayName: "Ada" });
    const only = await client.get(`/Users/${id}?attributes=displayName`);
    expect(Object.keys(only.body).toSorted()).toEqual(["displayName", "id", "schemas"]);
    const without = await client.get(`/Users/${id}?excludedAttributes=displayName`);
    expect(without.body).not.toHaveProperty("displayName");
  });

  test("excludedAttributes=members leaves a Team's members out (Entra: always)", async () => {
    const team = await client.team("data", await client.user("ada@example.com"));
    expect((await client.get(`/Groups/${team}?excludedAttributes=members`)).body).not.toHaveProperty(
      "members",
    );
    const list = await client.get("/Groups?excludedAttributes=members&filter=displayName+eq+%22data%22");
    expect(list.body.Resources[0]).not.toHaveProperty("members");
  });

  test("If-None-Match with the version that is there: 304", async () => {
    const id = await client.user("ada@example.com");
    const { headers } = await client.get(`/Users/${id}`);
    const again = await client.send("GET", `/Users/${id}`, {
      headers: { "if-none-match": String(headers["etag"]) },
    });
    expect([again.status, again.text]).toEqual([304, ""]);
  });
});

describe("list (RFC 7644 §3.4.2)", () => {
  test("Okta's probe and look-up, Entra's probe and look-up", async () => {
    const id = await client.user("Ada+x@example.com");
    for (const path of [
      "/Users?startIndex=1&count=2",
      "/Users?filter=userName%20eq%20%22ada%2Bx%40example.com%22&startIndex=1&count=100",
      "/Users?filter=userName+eq+%22ada%2bx%40example.com%22",
    ]) {
      const answer = await client.get(path);
      expect(answer.body).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1 });
      expect(answer.body.Resources[0].id).toBe(id);
    }
    const probe = await client.get("/Users?filter=userName+eq+%227d420df3-9995-4831-a406-ecf8166f5f6a%22");
    expect(probe.body).toMatchObject({ totalResults: 0, Resources: [] });
  });

  test("pages are exact: every user once, an empty page past the end", async () => {
    const names = Array.from({ length: 7 }, (_, at) => `user${at}@example.com`);
    for (const name of names) await client.user(name);
    const pages = await Promise.all([1, 4, 7, 8].map((at) => client.get(`/Users?startIndex=${at}&count=3`)));
    expect(pages.map((page) => page.body.itemsPerPage)).toEqual([3, 3, 1, 0]);
    expect(pages.map((page) => page.body.totalResults)).toEqual([7, 7, 7, 7]);
    const seen = pages.flatMap((page) =>
      page.body.Resources.map((one: { userName: string }) => one.userName),
    );
    expect(seen).toEqual(names);
  });

  test("Entra's reference look-up: is this user a member of that group?", async () => {
    const [ada, bob] = [await client.user("ada@example.com"), await client.user("bob@example.com")];
    const team = await client.team("data", ada);
    const lookUp = (user: string) =>
      client.get(
        `/Groups?filter=id eq "${team}" and members eq "${user}"&attributes=id`.replaceAll(" ", "+"),
      );
    expect((await lookUp(ada)).body.totalResults).toBe(1);
    expect((await lookUp(bob)).body.totalResults).toBe(0);
  });

  test("a filter without an index and an order are answered too", async () => {
    await client.user("b@example.com", { title: "Pilot" });
    await client.user("c@example.com", { title: "pilot" });
    await client.user("a@example.com", { title: "Cook" });
    const answer = await client.get(
      "/Users?filter=title+eq+%22PILOT%22&sortBy=userName&sortOrder=descending",
    );
    expect(answer.body.Resources.map((one: { userName: string }) => one.userName)).toEqual([
      "c@example.com",
      "b@example.com",
    ]);
  });
});

describe("replace (RFC 7644 §3.5.1)", () => {
  test("what is left out is cleared; what is read-only stays", async () => {
    const id = await client.user("ada@example.com", { displayName: "Ada", title: "Countess" });
    const answer = await client.put(`/Users/${id}`, {
      id: "other",
      userName: "ada@example.com",
      title: "Lady",
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id, title: "Lady", active: true });
    expect(answer.body).not.toHaveProperty("displayName");
  });

  test("a PUT without `active` does not bring a deactivated account back", async () => {
    const id = await client.user("ada@example.com", { active: false });
    expect((await client.put(`/Users/${id}`, { userName: "ada@example.com" })).body.active).toBe(false);
  });

  test("a name that another has: 409, and nothing changes", async () => {
    await client.user("taken@example.com");
    const id = await client.user("ada@example.com");
    expect((await client.put(`/Users/${id}`, { userName: "Taken@example.com" })).status).toBe(409);
    expect((await client.get(`/Users/${id}`)).body).toMatchObject({
      userName: "ada@example.com",
      meta: { version: 'W/"1"' },
    });
  });

  test("a PUT of a Team without members empties it", async () => {
    const team = await client.team("data", await client.user("ada@example.com"));
    await client.put(`/Groups/${team}`, { displayName: "data" });
    expect((await client.get(`/Groups/${team}`)).body.members ?? []).toEqual([]);
  });

  test("a Team is no member of a Team: 400, and nothing changes", async () => {
    const [team, inner] = [await client.team("data"), await client.team("platform")];
    const answer = await client.put(`/Groups/${team}`, { displayName: "data", members: [{ value: inner }] });
    expect([answer.status, answer.body.scimType]).toEqual([400, "invalidValue"]);
    expect((await client.get(`/Groups/${team}`)).body.members ?? []).toEqual([]);
  });

  test("Okta's PUT of a Team carries all its members, and that is what it has then", async () => {
    const [ada, bob] = [await client.user("ada@example.com"), await client.user("bob@example.com")];
    const team = await client.team("data", ada);
    await client.put(`/Groups/${team}`, { displayName: "data", members: [{ value: bob, display: null }] });
    expect((await client.get(`/Groups/${team}`)).body.members).toMatchObject([
      { value: bob, display: "bob@example.com" },
    ]);
  });
});

describe("patch (RFC 7644 §3.5.2)", () => {
  test("a user is answered with 200 and the resource; a Team with 204, unless attributes are asked for", async () => {
    const user = await client.user("ada@example.com");
    const team = await client.team("data");
    expect(
      (await client.patch(`/Users/${user}`, { op: "replace", value: { active: false } })).body.active,
    ).toBe(false);
    const add = { op: "add", path: "members", value: [{ value: user }] };
    expect(await client.patch(`/Groups/${team}`, add)).toMatchObject({ status: 204, text: "" });
    const asked = await client.patch(`/Groups/${team}?attributes=displayName`, add);
    expect(asked).toMatchObject({ status: 200, body: { displayName: "data" } });
  });

  test("operations are carried out all or none", async () => {
    const [ada, bob] = [await client.user("ada@example.com"), await client.user("bob@example.com")];
    const team = await client.team("data", ada);
    const answer = await client.patch(
      `/Groups/${team}`,
      { op: "replace", path: "displayName", value: "renamed" },
      { op: "remove", path: `members[value eq "${ada}"]` },
      { op: "add", path: "members", value: [{ value: bob }, { value: "nobody" }] },
    );
    expect([answer.status, answer.body.scimType]).toEqual([400, "invalidValue"]);
    const after = await client.get(`/Groups/${team}`);
    expect(after.body).toMatchObject({
      displayName: "data",
      members: [{ value: ada }],
      meta: { version: 'W/"1"' },
    });
  });

  test.each([
    [
      "RFC 7644, and Entra with the flag",
      (id: string) => ({ op: "remove", path: `members[value eq "${id}"]` }),
    ],
    [
      "Entra without the flag",
      (id: string) => ({ op: "Remove", path: "members", value: [{ $ref: null, value: id }] }),
    ],
  ])("one member of three is removed, in the form of %s", async (_name, operation) => {
    const ids = [
      await client.user("a@example.com"),
      await client.user("b@example.com"),
      await client.user("c@example.com"),
    ];
    const team = await client.team("data", ...ids);
    await client.patch(`/Groups/${team}`, operation(ids[1]!));
    const { members } = (await client.get(`/Groups/${team}`)).body;
    expect(members.map((member: { value: string }) => member.value)).toEqual([ids[0], ids[2]]);
  });

  test("what changes nothing keeps the version", async () => {
    const ada = await client.user("ada@example.com");
    const team = await client.team("data", ada);
    await client.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: ada }] });
    await client.patch(`/Groups/${team}`, { op: "replace", value: { displayName: "data", id: team } });
    await client.put(`/Groups/${team}`, { displayName: "data", members: [{ value: ada }] });
    expect((await client.get(`/Groups/${team}`)).body.meta.version).toBe('W/"1"');
  });

  test("If-Match with an old version: 412 (RFC 7644 §3.14)", async () => {
    const id = await client.user("ada@example.com");
    await client.patch(`/Users/${id}`, { op: "replace", path: "title", value: "x" });
    for (const [method, body] of [
      ["PATCH", { Operations: [{ op: "remove", path: "title" }] }],
      ["PUT", { userName: "ada@example.com" }],
      ["DELETE", undefined],
    ] as const) {
      const answer = await client.send(method, `/Users/${id}`, { headers: { "if-match": 'W/"1"' }, body });
      expect(answer.status).toBe(412);
    }
  });
});

describe("users and their Teams", () => {
  test("a user's groups mirror the Teams that the user is in (RFC 7643 §4.1.2)", async () => {
    const ada = await client.user("ada@example.com");
    const team = await client.team("data", ada);
    expect((await client.get(`/Users/${ada}`)).body.groups).toEqual([
      { value: team, $ref: `${server.url}/Groups/${team}`, display: "data", type: "direct" },
    ]);
    await client.delete(`/Groups/${team}`);
    expect((await client.get(`/Users/${ada}`)).body).not.toHaveProperty("groups");
  });

  test.each([
    ["deleting a user", (id: string) => client.delete(`/Users/${id}`)],
    [
      "deactivating a user by PATCH",
      (id: string) => client.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" }),
    ],
    [
      "deactivating a user by PUT",
      (id: string) => client.put(`/Users/${id}`, { userName: "ada@example.com", active: false }),
    ],
  ])("%s ends its memberships (Inferred: Astro)", async (_name, end) => {
    const [ada, bob] = [await client.user("ada@example.com"), await client.user("bob@example.com")];
    const team = await client.team("data", ada, bob);
    await end(ada);
    const after = (await client.get(`/Groups/${team}`)).body;
    expect(after.members.map((member: { value: string }) => member.value)).toEqual([bob]);
    expect(after.meta.version).toBe('W/"2"');
  });

  test("a deactivated user stays readable and findable, and comes back with the same id", async () => {
    const ada = await client.user("ada@example.com");
    await client.patch(`/Users/${ada}`, { op: "replace", value: { active: false } });
    expect((await client.get(`/Users/${ada}`)).body.active).toBe(false);
    expect((await client.get('/Users?filter=userName+eq+"ada@example.com"')).body.Resources[0].id).toBe(ada);
    expect(
      (await client.patch(`/Users/${ada}`, { op: "replace", value: { active: true } })).body,
    ).toMatchObject({ id: ada, active: true });
  });

  test("a deleted user is gone: 404, also for a second DELETE (RFC 7644 §3.6)", async () => {
    const ada = await client.user("ada@example.com");
    expect((await client.delete(`/Users/${ada}`)).status).toBe(204);
    expect((await client.delete(`/Users/${ada}`)).status).toBe(404);
    expect((await client.get(`/Users/${ada}`)).status).toBe(404);
    expect((await client.post("/Users", { userName: "ada@example.com" })).status).toBe(201);
  });

  test("the last active owner can be neither deactivated nor deleted (Astro docs: Manage Organization users)", async () => {
    const person = {
      displayName: undefined,
      givenName: undefined,
      familyName: undefined,
      profileUrl: undefined,
      externalId: undefined,
    };
    const owner = {
      ...person,
      userName: "root@example.com",
      email: "root@example.com",
      active: true,
      role: "ORGANIZATION_OWNER",
    } as const;
    const seeded = await startServer({ seed: { users: [owner], teams: [] } });
    const root = scimClient(seeded);
    const id = (await root.get("/Users")).body.Resources[0].id as string;
    expect((await root.delete(`/Users/${id}`)).body.detail).toMatch(/last active Organization Owner/);
    expect((await root.patch(`/Users/${id}`, { op: "replace", value: { active: false } })).status).toBe(400);
    expect((await root.get(`/Users/${id}`)).body.active).toBe(true);
    await seeded.close();
  });
});

describe("discovery (RFC 7644 §4)", () => {
  test.each([
    "/ServiceProviderConfig",
    "/ResourceTypes",
    "/ResourceTypes/User",
    "/Schemas",
    "/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group",
  ])("%s", async (path) => {
    const answer = await client.get(path);
    expect(answer.status).toBe(200);
    expect(answer.body.schemas).toHaveLength(1);
  });

  test.each(["/ResourceTypes/Robot", "/Schemas/urn:unknown"])("%s: 404", async (path) => {
    expect((await client.get(path)).status).toBe(404);
  });
});
