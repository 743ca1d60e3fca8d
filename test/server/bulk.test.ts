/** Bulk over real HTTP (RFC 7644 §3.7). */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";

const bulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

let server: AstroServer;
let client: ScimClient;

beforeEach(async () => {
  server = await startServer();
  client = scimClient(server);
});
afterEach(() => server.close());

const bulk = (operations: readonly unknown[], more: object = {}): Promise<Answer> =>
  client.post("/Bulk", { schemas: [bulkRequest], Operations: operations, ...more });
const postUser = (bulkId: string, userName: string, attributes: object = {}): object => ({
  method: "POST",
  path: "/Users",
  bulkId,
  data: { userName, ...attributes },
});
const postTeam = (bulkId: string, displayName: string, ...members: string[]): object => ({
  method: "POST",
  path: "/Groups",
  bulkId,
  data: { displayName, members: members.map((value) => ({ value })) },
});
const managedBy = (value: string): object => ({ [enterprise]: { manager: { value } } });
const statuses = ({ body }: Answer): string[] => body.Operations.map((one: { status: string }) => one.status);
const idAt = ({ body }: Answer, index: number): string => body.Operations[index].location.split("/").at(-1);
const userCount = async (): Promise<number> => (await client.get("/Users?count=0")).body.totalResults;

describe("operations and their results (§3.7, §3.7.3)", () => {
  test("each method; location, version and status of each", async () => {
    const [old, left, team] = [
      await client.user("old@example.com"),
      await client.user("left@example.com"),
      await client.team("core"),
    ];
    const answer = await bulk([
      postUser("new", "new@example.com"),
      { method: "PUT", path: `/Users/${old}`, data: { userName: "older@example.com" } },
      {
        method: "PATCH",
        path: `/Groups/${team}`,
        data: { schemas: [patchOp], Operations: [{ op: "add", path: "members", value: [{ value: old }] }] },
      },
      { method: "DELETE", path: `/Users/${left}` },
    ]);
    expect(answer.status).toBe(200);
    const made = idAt(answer, 0);
    expect(answer.body).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],
      Operations: [
        {
          method: "POST",
          bulkId: "new",
          version: 'W/"1"',
          location: `${server.url}/Users/${made}`,
          status: "201",
        },
        { method: "PUT", version: 'W/"2"', location: `${server.url}/Users/${old}`, status: "200" },
        { method: "PATCH", version: 'W/"2"', location: `${server.url}/Groups/${team}`, status: "204" },
        { method: "DELETE", location: `${server.url}/Users/${left}`, status: "204" },
      ],
    });
    expect((await client.get(`/Users/${made}`)).body.userName).toBe("new@example.com");
    expect((await client.get(`/Users/${old}`)).body.userName).toBe("older@example.com");
    expect((await client.get(`/Groups/${team}`)).body.members).toHaveLength(1);
    expect((await client.get(`/Users/${left}`)).status).toBe(404);
  });

  test("an error is the result of its own operation, and keeps no other from being carried out", async () => {
    await client.user("taken@example.com");
    const answer = await bulk([
      postUser("a", "taken@example.com"),
      postUser("b", "free@example.com"),
      { method: "DELETE", path: "/Users/nobody" },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body.Operations).toEqual([
      {
        method: "POST",
        bulkId: "a",
        status: "409",
        response: expect.objectContaining({
          schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
          status: "409",
          scimType: "uniqueness",
        }) as object,
      },
      expect.objectContaining({ bulkId: "b", status: "201" }),
      {
        method: "DELETE",
        location: `${server.url}/Users/nobody`,
        status: "404",
        response: expect.objectContaining({ status: "404" }) as object,
      },
    ]);
  });

  test("an operation is atomic: a PATCH of which one part fails changes nothing", async () => {
    const id = await client.user("ada@example.com", { title: "before" });
    const operations = [
      { op: "replace", path: "title", value: "after" },
      { op: "replace", path: "nosuch", value: 1 },
    ];
    const answer = await bulk([
      { method: "PATCH", path: `/Users/${id}`, data: { schemas: [patchOp], Operations: operations } },
    ]);
    expect(answer.body.Operations[0]).toMatchObject({ status: "400", response: { scimType: "invalidPath" } });
    expect((await client.get(`/Users/${id}`)).body.title).toBe("before");
  });

  test("version is If-Match (§3.14)", async () => {
    const id = await client.user("ada@example.com");
    const put = (version: string): object => ({
      method: "PUT",
      path: `/Users/${id}`,
      version,
      data: { userName: "ada@example.com", title: version },
    });
    expect(statuses(await bulk([put('W/"7"'), put('W/"1"')]))).toEqual(["412", "200"]);
  });

  test.each([
    ["no object", 1, "400", /must be an object/],
    ["no method", { path: "/Users" }, "400", /method must be/],
    ["GET", { method: "GET", path: "/Users" }, "400", /method must be/],
    ["no path", { method: "DELETE" }, "400", /path is required/],
    [
      "POST without bulkId",
      { method: "POST", path: "/Users", data: { userName: "x@example.com" } },
      "400",
      /needs a bulkId/,
    ],
    ["POST without data", { method: "POST", path: "/Users", bulkId: "1" }, "400", /needs data/],
    ["POST to a resource", { method: "POST", path: "/Users/1", bulkId: "1", data: {} }, "405", /not allowed/],
    ["DELETE of a collection", { method: "DELETE", path: "/Users" }, "405", /not allowed/],
    ["another endpoint", { method: "DELETE", path: "/Schemas/1" }, "404", /nothing at/],
    ["itself", { method: "POST", path: "/Bulk", bulkId: "1", data: {} }, "404", /nothing at/],
    ["the root", { method: "DELETE", path: "/" }, "404", /nothing at/],
    ["data that does not fit", postUser("1", ""), "400", /userName/],
  ])("what is no operation is refused by itself: %s", async (_rule, operation, status, detail) => {
    const answer = await bulk([operation, postUser("z", "other@example.com")]);
    expect(statuses(answer)).toEqual([status, "201"]);
    expect(answer.body.Operations[0].response.detail).toMatch(detail);
  });

  test.each(["Users", "/Users/", "/Users"])("the path %s is an endpoint", async (path) => {
    expect(statuses(await bulk([{ ...postUser("1", "ada@example.com"), path }]))).toEqual(["201"]);
  });

  test("methods in any case, names too", async () => {
    const answer = await bulk([
      { METHOD: "post", Path: "/Users", BulkId: "1", Data: { userName: "ada@example.com" } },
    ]);
    expect(statuses(answer)).toEqual(["201"]);
  });
});

describe("references by bulkId (§3.7.2)", () => {
  test("the example of the RFC: a Team with a user of the same request", async () => {
    const answer = await bulk([
      postUser("qwerty", "alice@example.com"),
      postTeam("ytrewq", "Tour Guides", "bulkId:qwerty"),
    ]);
    expect(statuses(answer)).toEqual(["201", "201"]);
    const team = await client.get(`/Groups/${idAt(answer, 1)}`);
    expect(team.body.members).toMatchObject([{ value: idAt(answer, 0), display: "alice@example.com" }]);
  });

  test("what is made later in the request is made first; results stay in the order of the request", async () => {
    const answer = await bulk([
      postTeam("team", "core", "bulkId:ada", "bulkId:bob"),
      postUser("ada", "ada@example.com", managedBy("bulkId:bob")),
      postUser("bob", "bob@example.com"),
    ]);
    expect(answer.body.Operations.map((one: { bulkId: string }) => one.bulkId)).toEqual([
      "team",
      "ada",
      "bob",
    ]);
    expect(statuses(answer)).toEqual(["201", "201", "201"]);
    expect((await client.get(`/Groups/${idAt(answer, 0)}`)).body.members).toHaveLength(2);
    const ada = await client.get(`/Users/${idAt(answer, 1)}`);
    expect(ada.body[enterprise].manager.value).toBe(idAt(answer, 2));
  });

  test("in paths, in the values of a PATCH, and in its filter", async () => {
    const bob = await client.user("bob@example.com");
    const patch = (...operations: object[]): object => ({
      method: "PATCH",
      path: "/Groups/bulkId:team",
      data: { schemas: [patchOp], Operations: operations },
    });
    const answer = await bulk([
      postTeam("team", "core", bob),
      postUser("ada", "ada@example.com"),
      patch({ op: "add", path: "members", value: [{ value: "bulkId:ada" }] }),
      { method: "PUT", path: "/Users/bulkId:ada", data: { userName: "ada@example.com", title: "Dr." } },
    ]);
    expect(statuses(answer)).toEqual(["201", "201", "204", "200"]);
    const team = idAt(answer, 0);
    expect(answer.body.Operations[2].location).toBe(`${server.url}/Groups/${team}`);
    expect((await client.get(`/Groups/${team}`)).body.members).toHaveLength(2);

    const again = await bulk([
      postUser("cyd", "cyd@example.com"),
      { ...patch({ op: "add", path: "members", value: [{ value: "bulkId:cyd" }] }), path: `/Groups/${team}` },
      { ...patch({ op: "remove", path: 'members[value eq "bulkId:cyd"]' }), path: `/Groups/${team}` },
    ]);
    expect(statuses(again)).toEqual(["201", "204", "204"]);
    expect((await client.get(`/Groups/${team}`)).body.members).toHaveLength(2);
  });

  test("to what failed: 409, and nothing is made", async () => {
    await client.user("taken@example.com");
    const answer = await bulk([
      postTeam("team", "core", "bulkId:ada"),
      postUser("ada", "taken@example.com"),
      { method: "DELETE", path: "/Groups/bulkId:team" },
    ]);
    expect(statuses(answer)).toEqual(["409", "409", "409"]);
    expect(answer.body.Operations[0].response.detail).toBe("bulkId:ada refers to a POST that failed.");
    expect((await client.get("/Groups")).body.totalResults).toBe(0);
  });

  test.each([
    ["to nobody", postTeam("team", "core", "bulkId:nobody"), /bulkId:nobody does not match a POST/],
    [
      "to nobody, in a path",
      { method: "DELETE", path: "/Users/bulkId:nobody" },
      /bulkId:nobody does not match a POST/,
    ],
  ])("%s: 400", async (_rule, operation, detail) => {
    const answer = await bulk([operation]);
    expect(answer.body.Operations[0]).toMatchObject({
      status: "400",
      response: { scimType: "invalidValue" },
    });
    expect(answer.body.Operations[0].response.detail).toMatch(detail);
  });

  test("a bulkId that is given twice counts for the first", async () => {
    const answer = await bulk([
      postUser("a", "ada@example.com"),
      postUser("a", "bob@example.com"),
      postTeam("t", "core", "bulkId:a"),
    ]);
    expect(statuses(answer)).toEqual(["201", "400", "201"]);
    expect((await client.get(`/Groups/${idAt(answer, 2)}`)).body.members[0].display).toBe("ada@example.com");
  });
});

describe("circles of references (§3.7.1)", () => {
  test("are resolved: two users, each the other's manager", async () => {
    const answer = await bulk([
      postUser("ada", "ada@example.com", managedBy("bulkId:bob")),
      postUser("bob", "bob@example.com", managedBy("bulkId:ada")),
      postTeam("team", "core", "bulkId:ada", "bulkId:bob"),
    ]);
    expect(statuses(answer)).toEqual(["201", "201", "201"]);
    const [ada, bob] = [
      await client.get(`/Users/${idAt(answer, 0)}`),
      await client.get(`/Users/${idAt(answer, 1)}`),
    ];
    expect(ada.body[enterprise].manager.value).toBe(bob.body.id);
    expect(bob.body[enterprise].manager.value).toBe(ada.body.id);
    expect(ada.body.meta.lastModified).toBe(ada.body.meta.created);
  });

  test("a user who is their own manager", async () => {
    const answer = await bulk([postUser("ada", "ada@example.com", managedBy("bulkId:ada"))]);
    const { body } = await client.get(`/Users/${idAt(answer, 0)}`);
    expect(body[enterprise].manager.value).toBe(body.id);
  });

  test("of which one fails: 409 for all of it, nothing is left, and so for who refers to it", async () => {
    await client.user("taken@example.com");
    const answer = await bulk([
      { ...postUser("ada", "ada@example.com", managedBy("bulkId:bob")), path: "/Users/" },
      postUser("bob", "taken@example.com", managedBy("bulkId:ada")),
      postTeam("team", "core", "bulkId:ada"),
      postUser("cyd", "cyd@example.com"),
    ]);
    expect(statuses(answer)).toEqual(["409", "409", "409", "201"]);
    expect(answer.body.Operations[1].response.detail).toMatch(/circular bulkId references.*userName/);
    expect(await userCount()).toBe(2);
  });

  test("Teams as members of one another: Teams have users for members only", async () => {
    const answer = await bulk([postTeam("a", "A", "bulkId:b"), postTeam("b", "B", "bulkId:a")]);
    expect(statuses(answer)).toEqual(["409", "409"]);
    expect((await client.get("/Groups")).body.totalResults).toBe(0);
  });
});

describe("failOnErrors (§3.7)", () => {
  const broken = { method: "DELETE", path: "/Users/nobody" };

  test.each([
    [1, ["201", "404"]],
    [2, ["201", "404", "201", "404"]],
    [3, ["201", "404", "201", "404", "201"]],
    [0, ["201", "404", "201", "404", "201"]],
    [null, ["201", "404", "201", "404", "201"]],
  ])("%j: stops behind as many errors, and shows what was done", async (failOnErrors, expected) => {
    const answer = await bulk(
      [
        postUser("a", "a@example.com"),
        broken,
        postUser("b", "b@example.com"),
        broken,
        postUser("c", "c@example.com"),
      ],
      { failOnErrors },
    );
    expect(answer.status).toBe(200);
    expect(statuses(answer)).toEqual(expected);
    expect(await userCount()).toBe(expected.filter((status) => status === "201").length);
  });

  test.each([-1, 1.5, "1", []])("%j is refused before anything is done", async (failOnErrors) => {
    const answer = await bulk([postUser("a", "a@example.com")], { failOnErrors });
    expect([answer.status, answer.body.scimType]).toEqual([400, "invalidValue"]);
    expect(await userCount()).toBe(0);
  });
});

describe("limits (§3.7.4)", () => {
  test("are announced as they are", async () => {
    const { bulk: announced } = (await client.get("/ServiceProviderConfig")).body;
    expect(announced).toEqual({ supported: true, maxOperations: 1_000, maxPayloadSize: 16 * 1024 * 1024 });
    const small = await startServer({ limits: { maxBodyBytes: 5_000 } });
    const config = await scimClient(small).get("/ServiceProviderConfig");
    expect(config.body.bulk.maxPayloadSize).toBe(5_000);
    const answer = await scimClient(small).post("/Bulk", { Operations: [postUser("a", "x".repeat(5_000))] });
    expect(answer.status).toBe(413);
    expect(answer.body.detail).toBe("the body is larger than maxPayloadSize (5000 bytes)");
    await small.close();
  });

  test("as many operations as are announced, and not one more", async () => {
    const operations = Array.from({ length: 1_001 }, (_, index) =>
      postUser(`u${index}`, `u${index}@example.com`),
    );
    const refused = await bulk(operations);
    expect([refused.status, refused.body.status]).toEqual([413, "413"]);
    expect(refused.body.detail).toBe("The request has 1001 operations, more than maxOperations (1000).");
    expect(await userCount()).toBe(0);
    expect(statuses(await bulk(operations.slice(1))).every((status) => status === "201")).toBe(true);
    expect(await userCount()).toBe(1_000);
  });

  test("a chain of references through all of them", async () => {
    const operations = Array.from({ length: 1_000 }, (_, index) =>
      postUser(`u${index}`, `u${index}@example.com`, index < 999 ? managedBy(`bulkId:u${index + 1}`) : {}),
    );
    expect(new Set(statuses(await bulk(operations)))).toEqual(new Set(["201"]));
  });
});

describe("what is no bulk request", () => {
  test.each([
    ["no object", [], "invalidSyntax"],
    ["no Operations", { schemas: [bulkRequest] }, "invalidSyntax"],
    ["Operations that are no list", { schemas: [bulkRequest], Operations: {} }, "invalidSyntax"],
    ["another message", { schemas: [patchOp], Operations: [] }, "invalidSyntax"],
  ])("%s: 400", async (_rule, body, scimType) => {
    const answer = await client.post("/Bulk", body);
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
  });

  test("no operations: no results", async () => {
    expect((await bulk([])).body.Operations).toEqual([]);
  });

  test.each(["GET", "PUT", "PATCH", "DELETE"])("%s: 405", async (method) => {
    const answer = await client.send(method, "/Bulk");
    expect([answer.status, answer.headers["allow"]]).toEqual([405, "POST"]);
  });
});

test("others are answered while a long bulk request is carried out", async () => {
  const operations = Array.from({ length: 1_000 }, (_, index) =>
    postUser(`u${index}`, `u${index}@example.com`),
  );
  const progress = { isOver: false };
  const running = bulk(operations).finally(() => {
    progress.isOver = true;
  });
  const seen: number[] = [];
  do seen.push(await userCount());
  while (!progress.isOver);
  expect(statuses(await running)).toHaveLength(1_000);
  expect(seen.some((count) => count > 0 && count < 1_000)).toBe(true);
});

test("a password inside an operation is neither kept nor told", async () => {
  const watched = await startServer({ keepRequests: 1 });
  const data = { userName: "ada@example.com", password: "hunter2" };
  const operations = [{ op: "replace", path: "password", value: "hunter2" }];
  await scimClient(watched).post("/Bulk", {
    Operations: [
      { method: "POST", path: "/Users", bulkId: "ada", data },
      { method: "PATCH", path: "/Users/bulkId:ada", data: { Operations: operations } },
    ],
  });
  await expect.poll(() => watched.requests()).toHaveLength(1);
  expect(JSON.stringify([watched.requests(), await watched.state()])).not.toContain("hunter2");
  await watched.close();
});
