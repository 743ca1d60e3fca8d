/** Members that are sent and cannot join: what the Team then holds, and what is said of it. */

import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/ground/json.ts";
import { observe } from "../../src/idp/observe/observe.ts";
import type { Behaviour } from "../../src/astro/behaviour/table.ts";
import { startServer } from "../../src/server/start.ts";
import type { ServedRequest } from "../../src/server/log/observation.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";

interface Started {
  readonly client: ScimClient;
  /** What the log says of a request, next to its status; by the end of the answer. */
  readonly told: () => Promise<readonly (string | undefined)[]>;
}

async function start(behaviour: Partial<Behaviour>): Promise<Started> {
  const served: ServedRequest[] = [];
  const server = await startServer({ behaviour, onServed: (one) => void served.push(one) });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (!isClosed) await server.close();
    isClosed = true;
  };
  onTestFinished(close);
  const told = async (): Promise<readonly (string | undefined)[]> => {
    // A closed server has told of everything.
    await close();
    return served.filter(({ url }) => /Groups|Bulk/.test(url)).map(({ detail }) => detail);
  };
  return { client: scimClient(server), told };
}

const add = (...ids: readonly string[]): object => ({
  op: "add",
  path: "members",
  value: ids.map((value) => ({ value })),
});
const memberIds = ({ body }: Answer): string[] =>
  (body.members ?? []).map(({ value }: { value: string }) => value);

describe("unknownMember=keep", () => {
  // Ids come from the client: a quote, a backslash, a slash, a lone surrogate, markup.
  const strange = ["nobody", 'a"b\\c', "../Groups/x?y", "\ud800", "<b>", "__proto__"];

  test.each(strange)("the id %j is kept as it was sent, and nothing else is said of it", async (id) => {
    const { client } = await start({ unknownMember: "keep" });
    const ada = await client.user("ada@example.com");
    const team = await client.team("data", ada, id);
    for (const path of [`/Groups/${team}`, `/Groups/${team}?attributes=members`]) {
      const { body } = await client.get(path);
      expect(body.members).toHaveLength(2);
      expect(body.members[0]).toMatchObject({ value: ada, display: "ada@example.com", type: "User" });
      expect(body.members[1]).toEqual({ value: id });
    }
    const list = await client.get("/Groups");
    expect(list.body.Resources[0].members[1]).toEqual({ value: id });
  });

  test("it is found by a filter, and removed as a member is", async () => {
    const { client } = await start({ unknownMember: "keep" });
    const team = await client.team("data", "nobody", "no one");
    const found = await client.get('/Groups?filter=members+eq+"nobody"&attributes=displayName');
    expect(found.body.totalResults).toBe(1);
    await client.patch(`/Groups/${team}`, { op: "remove", path: 'members[value eq "nobody"]' });
    expect(memberIds(await client.get(`/Groups/${team}`))).toEqual(["no one"]);
    await client.patch(`/Groups/${team}`, { op: "replace", path: "members", value: [] });
    expect(memberIds(await client.get(`/Groups/${team}`))).toEqual([]);
    expect((await client.get('/Groups?filter=members+eq+"no one"')).body.totalResults).toBe(0);
  });

  test("a user who is deleted leaves the Team all the same, and a Team with it can be deleted", async () => {
    const { client } = await start({ unknownMember: "keep" });
    const ada = await client.user("ada@example.com");
    const team = await client.team("data", ada, "nobody");
    await client.delete(`/Users/${ada}`);
    expect(memberIds(await client.get(`/Groups/${team}`))).toEqual(["nobody"]);
    expect((await client.delete(`/Groups/${team}`)).status).toBe(204);
    expect((await client.get('/Groups?filter=members+eq+"nobody"')).body.totalResults).toBe(0);
  });

  test("a Team is still no member", async () => {
    const { client } = await start({ unknownMember: "keep" });
    const inner = await client.team("inner");
    const refused = await client.post("/Groups", { displayName: "outer", members: [{ value: inner }] });
    expect([refused.status, refused.body.scimType]).toEqual([400, "invalidValue"]);
  });
});

describe("unknownMember=report", () => {
  test("every kind of write answers with the members that are there, and the log names who is not", async () => {
    const { client, told } = await start({ unknownMember: "report" });
    const ada = await client.user("ada@example.com");
    const made = await client.post("/Groups", {
      displayName: "data",
      members: [{ value: ada }, { value: "x1" }],
    });
    const path = `/Groups/${made.body.id as string}`;
    const added = await client.patch(path, add("x2", "x3", "x4"));
    const put = await client.put(path, { displayName: "data", members: [{ value: "x5" }, { value: ada }] });
    expect([made, added, put].map((answer) => [answer.status, memberIds(answer)])).toEqual([
      [201, [ada]],
      [200, [ada]],
      [200, [ada]],
    ]);
    expect(added.headers["etag"]).toBe((await client.get(path)).headers["etag"]);
    expect(await told()).toEqual([
      "members: User x1 not found, left out",
      "members: User x2 and 2 more not found, left out",
      "members: User x5 not found, left out",
      undefined,
    ]);
  });

  test("a rehearsal observes it, also where nobody is left: the answer does not have the members that were sent", async () => {
    const { client } = await start({ unknownMember: "report" });
    const ada = await client.user("ada@example.com");
    const path = `/Groups/${await client.team("data")}`;
    const operation = (...ids: readonly string[]): JsonObject => ({
      op: "add",
      path: "members",
      value: ids.map((value) => ({ value })),
    });
    const patch = (...ids: readonly string[]): JsonObject => ({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [operation(...ids)],
    });
    const group = { displayName: "other", members: [{ value: "x1" }] };
    const writes: readonly (readonly ["POST" | "PUT" | "PATCH", string, JsonObject])[] = [
      ["PATCH", path, patch("x1")],
      ["POST", "/Groups", group],
      ["PUT", path, group],
      ["PATCH", path, patch(ada, "x1")],
    ];
    for (const [method, to, body] of writes) {
      const { status, text, body: json } = await client.send(method, to, { body });
      const headers = { "content-type": "application/scim+json" };
      const seen = observe(
        { method, path: to, headers: {}, body },
        { kind: "response", status, headers, text, json },
      );
      expect([method, seen]).toEqual([method, [{ code: "members-not-stored", missing: ["x1"], extra: [] }]]);
      await client.delete(`/Groups/${method === "POST" ? (json.id as string) : "none"}`);
    }
    const hidden = await client.patch(`${path}?excludedAttributes=members`, operation("x2"));
    expect([hidden.status, hidden.body.members]).toEqual([200, undefined]);
  });

  test("a PATCH of which everybody joins is answered as by default", async () => {
    const { client } = await start({ unknownMember: "report" });
    const [ada, team] = [await client.user("ada@example.com"), await client.team("data")];
    expect((await client.patch(`/Groups/${team}`, add(ada))).status).toBe(204);
  });

  test("the operations of a bulk request are told, too", async () => {
    const { client, told } = await start({ unknownMember: "report" });
    const data = { displayName: "data", members: [{ value: "x1" }] };
    const answer = await client.post("/Bulk", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: [{ method: "POST", path: "/Groups", bulkId: "1", data }],
    });
    expect(answer.body.Operations[0].status).toBe("201");
    expect(await told()).toEqual(["members: User x1 not found, left out"]);
  });
});

test("the log names who is left out under the other answers, too: unknown or inactive", async () => {
  const { client, told } = await start({ unknownMember: "ignore", inactiveMember: "ignore" });
  const eve = await client.user("eve@example.com", { active: false });
  const team = await client.team("data");
  expect((await client.patch(`/Groups/${team}`, add("x1", eve))).status).toBe(204);
  expect(await told()).toEqual([
    undefined,
    `members: User x1 not found, left out; User ${eve} inactive, left out`,
  ]);
});

test("the token is not told as the id of a member that is left out", async () => {
  const served: ServedRequest[] = [];
  const token = "a-very-secret-token-0123456789";
  const server = await startServer({
    token,
    behaviour: { unknownMember: "ignore" },
    onServed: (one) => void served.push(one),
  });
  await scimClient(server).team("data", token);
  await server.close();
  expect(served.map(({ detail }) => detail)).toEqual(["members: User [redacted] not found, left out"]);
});

describe("memberAttributes", () => {
  test.each([
    ["without-display", ["$ref", "type", "value"]],
    ["value-only", ["value"]],
  ] as const)("%s: in every answer, also where the client asks for more", async (memberAttributes, shown) => {
    const { client } = await start({ memberAttributes, patchTeamAnswer: "resource" });
    const ada = await client.user("ada@example.com");
    const made = await client.post("/Groups", { displayName: "data", members: [{ value: ada }] });
    const path = `/Groups/${made.body.id as string}`;
    const answers = [
      made.body,
      (await client.get(path)).body,
      (await client.get(`${path}?attributes=members`)).body,
      (await client.get(`${path}?attributes=members.value,members.display,members.type,members.$ref`)).body,
      (await client.get(`${path}?excludedAttributes=displayName`)).body,
      (await client.get("/Groups")).body.Resources[0],
      (await client.get('/Groups?filter=displayName+eq+"data"')).body.Resources[0],
      (await client.get("/?sortBy=displayName&filter=displayName+eq+%22data%22")).body.Resources[0],
      (
        await client.post("/Groups/.search", {
          schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        })
      ).body.Resources[0],
      (await client.put(path, { displayName: "data", members: [{ value: ada, display: "A" }] })).body,
      (await client.patch(path, { op: "replace", path: "displayName", value: "data" })).body,
    ];
    for (const { members } of answers) {
      expect(members.map((one: object) => Object.keys(one).toSorted())).toEqual([shown]);
    }
  });

  test("the Teams of a user, and a user, are shown as before", async () => {
    const { client } = await start({ memberAttributes: "value-only" });
    const ada = await client.user("ada@example.com");
    await client.team("data", ada);
    const { groups } = (await client.get(`/Users/${ada}`)).body;
    expect(groups[0]).toMatchObject({ display: "data", type: "direct" });
  });
});
