/** An entity tag is of what is shown, the related names too (RFC 7644 §3.14, RFC 9110 §8.8.1): 304 never hides a change. */

import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../src/server/start.ts";
import { scimClient, type Answer, type ScimClient } from "../support/scim-client.ts";

let client: ScimClient;
let ada: string;
let bob: string;
let core: string;
let edge: string;

beforeEach(async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  client = scimClient(server);
  ada = await client.user("ada@example.com");
  bob = await client.user("bob@example.com");
  core = await client.team("core", ada);
  edge = await client.team("edge", bob);
});

type Change = () => Promise<Answer>;
type Subject = "ada" | "bob" | "core" | "edge";

const pathOf = (subject: Subject): string =>
  ({ ada: `/Users/${ada}`, bob: `/Users/${bob}`, core: `/Groups/${core}`, edge: `/Groups/${edge}` })[subject];

const rows: readonly [change: string, carryOut: Change, anew: readonly Subject[]][] = [
  [
    "a user joins a Team",
    () => client.patch(pathOf("core"), { op: "add", path: "members", value: [{ value: bob }] }),
    ["bob", "core"],
  ],
  [
    "a user leaves a Team",
    () => client.patch(pathOf("core"), { op: "remove", path: `members[value eq "${ada}"]` }),
    ["ada", "core"],
  ],
  [
    "the members are replaced",
    () => client.patch(pathOf("core"), { op: "replace", path: "members", value: [{ value: bob }] }),
    ["ada", "bob", "core"],
  ],
  [
    "a Team is replaced by one of another name",
    () => client.put(pathOf("core"), { displayName: "kernel", members: [{ value: ada }] }),
    ["ada", "core"],
  ],
  [
    "a Team is renamed",
    () => client.patch(pathOf("core"), { op: "replace", path: "displayName", value: "kernel" }),
    ["ada", "core"],
  ],
  ["a Team is deleted", () => client.delete(pathOf("core")), ["ada"]],
  [
    "a Team is made",
    () => client.post("/Groups", { displayName: "new", members: [{ value: ada }] }),
    ["ada"],
  ],
  [
    "a user is renamed",
    () => client.patch(pathOf("ada"), { op: "replace", path: "userName", value: "countess@example.com" }),
    ["ada", "core"],
  ],
  ["a user is deleted", () => client.delete(pathOf("ada")), ["core"]],
  [
    "a user is deactivated, which ends its memberships",
    () => client.patch(pathOf("ada"), { op: "replace", path: "active", value: false }),
    ["ada", "core"],
  ],
  [
    "what a Team does not show of a user changes",
    () => client.patch(pathOf("ada"), { op: "replace", path: "title", value: "Countess" }),
    ["ada"],
  ],
  [
    "a member is added who is one",
    () => client.patch(pathOf("core"), { op: "add", path: "members", value: [{ value: ada }] }),
    [],
  ],
  [
    "a Team is replaced by itself",
    () => client.put(pathOf("core"), { displayName: "core", members: [{ value: ada }] }),
    [],
  ],
];

describe("whose tag a change makes another one", () => {
  test.each(rows)("%s", async (_change, carryOut, anew) => {
    const subjects: readonly Subject[] = ["ada", "bob", "core", "edge"];
    const before = new Map<Subject, Answer>();
    for (const subject of subjects) before.set(subject, await client.get(pathOf(subject)));
    expect((await carryOut()).status).toBeLessThan(300);
    const changed: Subject[] = [];
    for (const subject of subjects) {
      const tag = String(before.get(subject)?.headers["etag"]);
      const now = await client.send("GET", pathOf(subject), { headers: { "if-none-match": tag } });
      if (now.status === 200) changed.push(subject);
    }
    expect(changed).toEqual(anew);
  });
});

test("a tag is meta.version, and a change by others is no modification", async () => {
  const before = await client.get(pathOf("bob"));
  await client.patch(pathOf("edge"), { op: "replace", path: "displayName", value: "rim" });
  const after = await client.get(pathOf("bob"));
  expect(after.body.groups[0].display).toBe("rim");
  expect(after.headers["etag"]).toBe(after.body.meta.version);
  expect(after.body.meta.lastModified).toBe(before.body.meta.lastModified);
  const stale = { headers: { "if-match": before.body.meta.version as string } };
  expect((await client.send("DELETE", pathOf("bob"), stale)).status).toBe(412);
});

test("a user who is deleted, and whose record stays, loses the Teams that it had kept", async () => {
  const server = await startServer({
    behaviour: { userDeletion: "deactivates", deactivation: "keeps-memberships", inactiveMember: "add" },
  });
  onTestFinished(() => server.close());
  const own = scimClient(server);
  const user = await own.user("eve@example.com", { active: false });
  await own.team("core", user);
  const before = await own.get(`/Users/${user}`);
  await own.delete(`/Users/${user}`);
  const after = await own.get(`/Users/${user}`);
  expect([before.body.groups.length, after.body.groups]).toEqual([1, undefined]);
  expect(after.headers["etag"]).not.toBe(before.headers["etag"]);
});
