/** What has happened is told once, in order: who did what, over which API; what changes nothing is not told. */

import { expect, test } from "vitest";
import { ask, organizationOf } from "../../support/organization.ts";

const patch = (...Operations: object[]): object => ({ Operations });
const joins = (value: string): object => ({ op: "add", path: "members", value: [{ value }] });

const [ada, bob, core] = ["c1", "c2", "c3"];

async function eventsOf(
  behaviour: Parameters<typeof organizationOf>[0],
  ...requests: readonly (readonly [method: string, route: string, id: string, body?: object])[]
): Promise<readonly string[]> {
  const organization = organizationOf(behaviour);
  await ask(organization, "POST", "/Users", { body: { userName: "ada" } });
  await ask(organization, "POST", "/Users", { body: { userName: "bob" } });
  await ask(organization, "POST", "/Groups", { body: { displayName: "core", members: [{ value: ada }] } });
  const before = (await organization.rows.events()).length;
  for (const [method, route, id, body] of requests) {
    await ask(organization, method, route, { ...(id === "" ? {} : { params: { id } }), body });
  }
  const events = (await organization.rows.events()).slice(before);
  return events.map(({ kind, type, name, joined, left }) =>
    [kind, type, name, ...joined.map((id) => `+${id}`), ...left.map((id) => `-${id}`)].join(" "),
  );
}

test("an event says when, over which API, and with whose credentials", async () => {
  const organization = organizationOf();
  await ask(organization, "POST", "/Users", { body: { userName: "ada" } });
  expect(await organization.rows.events()).toEqual([
    {
      atMs: Date.UTC(2026, 0, 31, 0, 0, 2),
      api: "scim",
      actor: { kind: "token", id: "token", name: "the token" },
      kind: "created",
      type: "User",
      id: ada,
      name: "ada",
      joined: [],
      left: [],
    },
  ]);
});

test.each<[rule: string, Parameters<typeof eventsOf>, told: readonly string[]]>([
  [
    "a Team is made with its members",
    [{}, ["POST", "/Groups", "", { displayName: "edge", members: [{ value: bob }] }]],
    ["created Group edge +c2"],
  ],
  [
    "users join and leave",
    [
      {},
      ["PATCH", "/Groups/:id", core, patch(joins(bob))],
      ["PUT", "/Groups/:id", core, { displayName: "core", members: [{ value: bob }] }],
    ],
    ["changed Group core +c2", "changed Group core -c1"],
  ],
  [
    "nothing changes",
    [
      {},
      ["PATCH", "/Groups/:id", core, patch(joins(ada))],
      ["PUT", "/Users/:id", bob, { userName: "bob", active: true }],
    ],
    [],
  ],
  ["a request is refused", [{}, ["POST", "/Users", "", { userName: "ADA" }]], []],
  [
    "a user is adopted",
    [{ behaviour: { existingUser: "adopt" } }, ["POST", "/Users", "", { userName: "ada", title: "Dr." }]],
    ["adopted User ada"],
  ],
  [
    "a user is deactivated, and is in no Team any more",
    [{}, ["PATCH", "/Users/:id", ada, patch({ op: "replace", path: "active", value: false })]],
    ["changed User ada -c3"],
  ],
  [
    "a user and a Team are deleted",
    [{}, ["DELETE", "/Groups/:id", core], ["DELETE", "/Users/:id", bob]],
    ["deleted Group core -c1", "deleted User bob"],
  ],
  [
    "a user is deleted whose record stays",
    [{ behaviour: { userDeletion: "deactivates" } }, ["DELETE", "/Users/:id", ada]],
    ["deleted User ada -c3"],
  ],
])("%s", async (_rule, given, told) => {
  expect(await eventsOf(...given)).toEqual(told);
});
