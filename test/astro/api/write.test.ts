import { afterEach, describe, expect, test } from "vitest";
import { createScimWriter } from "../../../src/astro/api/write.ts";
import type { Writer } from "../../../src/astro/writer.ts";
import {
  scimServerWith,
  type Arrived,
  type HabitServer,
  type Reply,
} from "../../support/scim-server-with.ts";

let server: HabitServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function writer(
  reply: (request: Arrived) => Reply,
  attributePaths?: readonly string[],
): Promise<Writer> {
  server = await scimServerWith(reply);
  const { send, target } = server;
  return createScimWriter(send, attributePaths === undefined ? { target } : { target, attributePaths });
}

const go = new AbortController().signal;
const seen = { scimId: "id/1", version: 'W/"7"', fingerprint: "f" };
const unversioned = { ...seen, version: undefined };
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const email = "emails[primary eq true].value";

describe("requests", () => {
  test.each([
    {
      rule: "an account is made with its mapped attributes (RFC 7644 §3.3)",
      act: (to: Writer) =>
        to.createUser({
          userName: "ada@example.com",
          externalId: "00u1",
          attributes: {
            displayName: "Ada Lovelace",
            "name.givenName": "Ada",
            "name.familyName": "Lovelace",
            [email]: "ada@example.com",
            [`${enterpriseUrn}:department`]: "Data",
          },
        }),
      expected: {
        method: "POST",
        path: "/Users",
        body: {
          schemas: [userUrn, enterpriseUrn],
          userName: "ada@example.com",
          externalId: "00u1",
          displayName: "Ada Lovelace",
          name: { givenName: "Ada", familyName: "Lovelace" },
          emails: [{ value: "ada@example.com", primary: true }],
          [enterpriseUrn]: { department: "Data" },
          active: true,
        },
      },
    },
    {
      rule: "an edit replaces each attribute by its path (RFC 7644 §3.5.2.3), emails as a whole, and removes what is cleared",
      act: (to: Writer) =>
        to.updateUser(seen, {
          attributes: { "name.givenName": "Augusta", [email]: "augusta@example.com", profileUrl: null },
        }),
      expected: {
        method: "PATCH",
        path: "/Users/id%2F1",
        body: {
          schemas: [patchOp],
          Operations: [
            { op: "replace", path: "name.givenName", value: "Augusta" },
            { op: "replace", path: "emails", value: [{ value: "augusta@example.com", primary: true }] },
            { op: "remove", path: "profileUrl" },
          ],
        },
      },
    },
    {
      rule: "where two values of a list are mapped, one is replaced by its filter",
      paths: [email, 'emails[type eq "home"].value'],
      act: (to: Writer) =>
        to.updateUser(seen, { attributes: { 'emails[type eq "home"].value': "ada@home.example" } }),
      expected: {
        method: "PATCH",
        path: "/Users/id%2F1",
        body: {
          schemas: [patchOp],
          Operations: [{ op: "replace", path: 'emails[type eq "home"].value', value: "ada@home.example" }],
        },
      },
    },
    {
      rule: "an account is activated and renamed by PATCH",
      act: (to: Writer) => to.updateUser(seen, { active: true, userName: "b@example.com" }),
      expected: {
        method: "PATCH",
        path: "/Users/id%2F1",
        body: {
          schemas: [patchOp],
          Operations: [
            { op: "replace", path: "userName", value: "b@example.com" },
            { op: "replace", path: "active", value: true },
          ],
        },
      },
    },
    {
      rule: "a Team is made without members",
      act: (to: Writer) => to.createTeam("Data Platform"),
      expected: {
        method: "POST",
        path: "/Groups",
        body: { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], displayName: "Data Platform" },
      },
    },
    {
      rule: "a Team is renamed by PATCH",
      act: (to: Writer) => to.renameTeam(seen, "Platform"),
      expected: {
        method: "PATCH",
        path: "/Groups/id%2F1",
        body: { schemas: [patchOp], Operations: [{ op: "replace", path: "displayName", value: "Platform" }] },
      },
    },
    {
      rule: "members are added in one operation (RFC 7644 §3.5.2.1)",
      act: (to: Writer) => to.addMembers(seen, ["a", "b"], go),
      expected: {
        method: "PATCH",
        path: "/Groups/id%2F1",
        body: {
          schemas: [patchOp],
          Operations: [{ op: "add", path: "members", value: [{ value: "a" }, { value: "b" }] }],
        },
      },
    },
    {
      rule: "members are removed by a filter each (RFC 7644 §3.5.2.2), quoted as JSON",
      act: (to: Writer) => to.removeMembers(seen, ["a", 'b"c'], go),
      expected: {
        method: "PATCH",
        path: "/Groups/id%2F1",
        body: {
          schemas: [patchOp],
          Operations: [
            { op: "remove", path: 'members[value eq "a"]' },
            { op: "remove", path: 'members[value eq "b\\"c"]' },
          ],
        },
      },
    },
    {
      rule: "an account is deleted",
      act: (to: Writer) => to.deleteUser(seen),
      expected: { method: "DELETE", path: "/Users/id%2F1", body: undefined },
    },
    {
      rule: "a Team is deleted",
      act: (to: Writer) => to.deleteTeam(seen),
      expected: { method: "DELETE", path: "/Groups/id%2F1", body: undefined },
    },
  ])("$rule", async ({ act, expected, paths }) => {
    const to = await writer(() => ({ status: 200, json: { id: "new" } }), paths);
    await act(to);
    expect(server?.arrived).toHaveLength(1);
    const { method, path, body, headers } = server!.arrived[0]!;
    expect({ method, path, body: body as unknown }).toEqual(expected);
    expect(headers["content-type"]).toBe(body === undefined ? undefined : "application/scim+json");
    expect(headers["if-match"]).toBe(method === "POST" ? undefined : 'W/"7"');
  });

  test("no If-Match without a version (RFC 7644 §3.14)", async () => {
    const to = await writer(() => ({ status: 204 }));
    await to.deleteUser(unversioned);
    await to.renameTeam(unversioned, "x");
    expect(server!.arrived.map((one) => one.headers["if-match"])).toEqual([undefined, undefined]);
  });

  test("250 members go in batches of 100, of which only the first insists on the version", async () => {
    const to = await writer(() => ({ status: 204 }));
    const ids = Array.from({ length: 250 }, (_, at) => `u${at}`);
    expect(await to.addMembers(seen, ids, go)).toEqual({ kind: "written" });
    expect(await to.removeMembers(seen, ids, go)).toEqual({ kind: "written" });
    const sizes = server!.arrived.map(({ body }) => {
      const operations = body.Operations as { value?: unknown[] }[];
      return operations[0]?.value?.length ?? operations.length;
    });
    expect(sizes).toEqual([100, 100, 50, 100, 100, 50]);
    expect(server!.arrived.map((one) => one.headers["if-match"] !== undefined)).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
  });
});

describe("results", () => {
  const refusal = {
    status: 400,
    json: { status: "400", scimType: "invalidValue", detail: "no such member" },
  };

  test.each([
    { reply: { status: 200, json: {} }, expected: { kind: "written" } },
    { reply: { status: 204 }, expected: { kind: "written" } },
    { reply: { status: 412 }, expected: { kind: "changed" } },
    {
      reply: refusal,
      expected: { kind: "refused", status: 400, message: "400 invalidValue: no such member" },
    },
    {
      reply: { status: 500, json: { message: "boom", requestId: "clz1", statusCode: 500 } },
      expected: { kind: "refused", status: 500, message: "500: boom (request clz1)" },
    },
    { reply: "cut", expected: { kind: "no-answer" } },
    { reply: { status: 502, text: "<html>" }, expected: { kind: "no-answer", message: "502" } },
    { reply: { status: 504 }, expected: { kind: "no-answer", message: "504" } },
    { reply: { status: 503 }, expected: { kind: "refused", status: 503 } },
  ] as const)("a PATCH that is answered $reply", async ({ reply, expected }) => {
    const to = await writer(() => reply);
    expect(await to.updateUser(seen, { active: true })).toMatchObject(expected);
  });

  test("404 to a DELETE: there is nothing left to delete (Astro API overview)", async () => {
    const to = await writer(() => ({ status: 404, json: { status: "404" } }));
    expect(await to.deleteUser(seen)).toEqual({ kind: "gone" });
    expect(await to.deleteTeam(seen)).toEqual({ kind: "gone" });
  });

  test("404 without SCIM's or Astro's error body: something else answered, and nothing tells what became of it", async () => {
    const to = await writer(() => ({ status: 404, text: "<html>nginx</html>" }));
    const expected = { kind: "no-answer", message: "404 with a web page (text/html)" };
    expect(await to.deleteUser(seen)).toEqual(expected);
    expect(await to.deleteTeam(seen)).toEqual(expected);
  });

  test("members of a later batch that are refused leave the earlier ones written", async () => {
    let batches = 0;
    const to = await writer(() => {
      batches += 1;
      return batches === 1 ? { status: 204 } : refusal;
    });
    const ids = Array.from({ length: 150 }, (_, at) => `u${at}`);
    const result = await to.addMembers(seen, ids, go);
    expect(result).toEqual({ kind: "partly", written: 100, message: "400 invalidValue: no such member" });
  });

  test("an interruption is obeyed between two batches", async () => {
    const controller = new AbortController();
    const to = await writer(() => {
      controller.abort();
      return { status: 204 };
    });
    const ids = Array.from({ length: 150 }, (_, at) => `u${at}`);
    expect(await to.addMembers(seen, ids, controller.signal)).toEqual({
      kind: "partly",
      written: 100,
      message: "interrupted",
    });
    expect(server!.arrived).toHaveLength(1);
  });
});

describe("a POST is sent once, whatever comes of it", () => {
  const ada = { id: "u1", userName: "ada@example.com" };
  const newAda = { userName: "ada@example.com", externalId: null, attributes: {} };
  const list = (...Resources: object[]): Reply => ({
    status: 200,
    json: { totalResults: Resources.length, Resources },
  });

  test.each([
    {
      rule: "the answer names the new account",
      post: { status: 201, json: ada } as Reply,
      lookup: list(),
      expected: { kind: "created", scimId: "u1" },
      lookups: 0,
    },
    {
      rule: "the answer has no body, and the account is found by its name",
      post: { status: 201, text: "" } as Reply,
      lookup: list(ada),
      expected: { kind: "created", scimId: "u1" },
      lookups: 1,
    },
    {
      rule: "the connection is cut, and the account was made",
      post: "cut" as Reply,
      lookup: list({ ...ada, userName: "Ada@Example.com" }),
      expected: { kind: "created", scimId: "u1" },
      lookups: 1,
    },
    {
      rule: "the connection is cut, and no account was made",
      post: "cut" as Reply,
      lookup: list(),
      expected: { kind: "not-found" },
      lookups: 1,
    },
    {
      rule: "the connection is cut, and looking fails as well",
      post: "cut" as Reply,
      lookup: { status: 401 } as Reply,
      expected: { kind: "lost", errorCode: "unauthorized" },
      lookups: 1,
    },
    {
      rule: "a gateway answers, and the account was made (RFC 9110 §15.6.5)",
      post: { status: 504, text: "<html>" } as Reply,
      lookup: list(ada),
      expected: { kind: "created", scimId: "u1" },
      lookups: 1,
    },
    {
      rule: "a gateway answers, and looking fails as well",
      post: { status: 502 } as Reply,
      lookup: { status: 502 } as Reply,
      expected: { kind: "lost", message: "502", errorCode: "source-incomplete" },
      lookups: 1,
    },
    {
      rule: "the server refuses",
      post: { status: 409, json: { status: "409", scimType: "uniqueness", detail: "taken" } } as Reply,
      lookup: list(),
      expected: { kind: "refused", status: 409, message: "409 uniqueness: taken" },
      lookups: 0,
    },
  ])("$rule", async ({ post, lookup, expected, lookups }) => {
    const to = await writer(({ method }) => (method === "POST" ? post : lookup));
    expect(await to.createUser(newAda)).toMatchObject(expected);
    expect(server!.arrived.filter((one) => one.method === "POST")).toHaveLength(1);
    expect(server!.arrived.filter((one) => one.method === "GET")).toHaveLength(lookups);
  });
});

test("a POST that found no connection was not sent: nothing is looked for", async () => {
  const asked: string[] = [];
  const to = createScimWriter(
    async ({ method }) => {
      asked.push(method);
      return { kind: "no-response", reason: "refused", message: "No server is listening on x:80." };
    },
    { target: "http://x" },
  );
  expect(await to.createTeam("Data")).toEqual({
    kind: "not-sent",
    message: "No server is listening on x:80.",
  });
  expect(asked).toEqual(["POST"]);
});

describe("looking up by name", () => {
  const team = (id: string, displayName: string) => ({ id, displayName, members: [{ value: "u1" }] });
  const found = (...Resources: object[]): Reply => ({
    status: 200,
    json: { totalResults: Resources.length, Resources },
  });

  test("the filter quotes the name as JSON (RFC 7644 §3.4.2.2)", async () => {
    const to = await writer(() => found());
    expect(await to.findTeam('The "A" Team')).toBeUndefined();
    expect(server!.arrived[0]!.query.get("filter")).toBe('displayName eq "The \\"A\\" Team"');
  });

  test("of what a server finds only the same name counts, for some ignore the filter", async () => {
    const to = await writer(({ path }) =>
      path === "/Groups"
        ? found(team("t1", "Data"), team("t2", "DATA PLATFORM"))
        : { status: 200, json: team("t2", "DATA PLATFORM") },
    );
    expect(await to.findTeam("Data Platform")).toMatchObject({ scimId: "t2", memberIds: new Set(["u1"]) });
  });

  test("where the filter is refused, the whole list is read, as SCIMMY asks for with quotation marks", async () => {
    const to = await writer(({ path, query }) => {
      if (path !== "/Groups") return { status: 200, json: team("t9", 'x"y') };
      return query.has("filter") ? { status: 400, json: { status: "400" } } : found(team("t9", 'x"y'));
    });
    expect(await to.findTeam('x"y')).toMatchObject({ scimId: "t9" });
  });

  test("where the filter is ignored and the page is full, the whole list is read", async () => {
    const all = Array.from({ length: 120 }, (_, at) => ({ id: `u${at}`, userName: `user${at}@example.com` }));
    const to = await writer(({ query }) => {
      const start = Number(query.get("startIndex")) - 1;
      return { status: 200, json: { totalResults: 120, Resources: all.slice(start, start + 100) } };
    });
    expect(await to.findUser("USER119@example.com")).toMatchObject({ scimId: "u119" });
  });

  test("reading one that is not there gives undefined", async () => {
    const to = await writer(() => ({ status: 404, json: { status: "404" } }));
    expect(await to.readUser("u1")).toBeUndefined();
    expect(await to.readTeam("t1")).toBeUndefined();
  });

  test("a 404 in another form than SCIM's or Astro's does not say that it is not there", async () => {
    const to = await writer(() => ({ status: 404, text: "<html>nginx</html>" }));
    await expect(to.readUser("u1")).rejects.toThrow("404 with a web page");
    await expect(to.readTeam("t1")).rejects.toThrow("404 with a web page");
  });

  test("another resource than the one that was asked for is an error", async () => {
    const to = await writer(() => ({
      status: 200,
      json: { id: "u1", userName: "a@example.com", displayName: "A" },
    }));
    await expect(to.readUser("u3")).rejects.toThrow(
      'GET /Users/u3 with another resource, which has the id "u1"',
    );
    await expect(to.readTeam("t3")).rejects.toThrow(
      'GET /Groups/t3 with another resource, which has the id "u1"',
    );
  });

  test("a number for an id is refused, in what is read and in what is made", async () => {
    const made = { id: 3, userName: "a@example.com" };
    const to = await writer(({ method }) => ({
      status: method === "POST" ? 201 : 200,
      json: { ...made, totalResults: 1, Resources: [made] },
    }));
    await expect(to.readUser("3")).rejects.toThrow("an id that is a number");
    expect(
      await to.createUser({ userName: "a@example.com", externalId: null, attributes: {} }),
    ).toMatchObject({ kind: "lost", errorCode: "not-scim" });
  });

  test("what fails is named by its path", async () => {
    const to = await writer(() => ({ status: 500 }));
    await expect(to.readUser("u 1")).rejects.toThrow("GET /Users/u%201 was answered 500");
    await expect(to.readTeam("t1")).rejects.toThrow("GET /Groups/t1 was answered 500");
  });

  test("so is what is no user or Team", async () => {
    const to = await writer(() => ({ status: 200, json: { id: "x" } }));
    await expect(to.readUser("u1")).rejects.toThrow("GET /Users/u1 answered a resource");
    await expect(to.readTeam("t1")).rejects.toThrow("GET /Groups/t1 answered a resource");
  });
});
