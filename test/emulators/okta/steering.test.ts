/** What is changed at the emulated Okta reaches Astro by itself, as real SCIM requests. */

import { expect, test } from "vitest";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";

const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];

const directory = aDirectory({
  users: [aUser(ada), aUser(bob), aUser(eve)],
  groups: [aGroup("data", [ada, bob]), aGroup("ops", [eve])],
  assignedUsers: [ada, bob],
  pushedGroups: ["data"],
});

interface Steering {
  readonly does: string;
  readonly send: (emulated: EmulatedOkta) => Promise<unknown>;
  /** Requests to Astro that follow, without reads. */
  readonly writes: readonly string[];
  readonly users: readonly string[];
  readonly teams: Readonly<Record<string, readonly string[]>>;
}

const steerings: readonly Steering[] = [
  {
    does: "unassigning a user deactivates the account",
    send: ({ send, app }) => send("DELETE", `${app}/users/00u-bob`),
    writes: ["PUT /Users"],
    users: [ada],
    teams: { data: [ada] },
  },
  {
    does: "assigning a user creates the account",
    send: ({ send, app }) => send("POST", `${app}/users`, { body: { id: "00u-eve", scope: "USER" } }),
    writes: ["POST /Users"],
    users: [ada, bob, eve],
    teams: { data: [ada, bob] },
  },
  {
    does: "assigning a group creates its members' accounts",
    send: ({ send, app }) => send("PUT", `${app}/groups/00g-ops`, { body: { priority: 0 } }),
    writes: ["POST /Users"],
    users: [ada, bob, eve],
    teams: { data: [ada, bob] },
  },
  {
    does: "taking somebody out of a pushed group updates the Team",
    send: ({ send }) => send("DELETE", "/api/v1/groups/00g-data/users/00u-bob"),
    writes: ["PUT /Groups"],
    users: [ada, bob],
    teams: { data: [ada] },
  },
  {
    does: "changing a mapped attribute pushes the profile",
    send: ({ send }) => send("POST", "/api/v1/users/00u-ada", { body: { profile: { lastName: "Byron" } } }),
    writes: ["PUT /Users"],
    users: [ada, bob],
    teams: { data: [ada, bob] },
  },
  {
    does: "deactivating a user deactivates the account",
    send: ({ send }) => send("POST", "/api/v1/users/00u-bob/lifecycle/deactivate"),
    writes: ["PUT /Users"],
    users: [ada],
    teams: { data: [ada] },
  },
  {
    does: "suspending a user sends nothing",
    send: ({ send }) => send("POST", "/api/v1/users/00u-bob/lifecycle/suspend"),
    writes: [],
    users: [ada, bob],
    teams: { data: [ada, bob] },
  },
  {
    does: "creating a push mapping creates the Team",
    send: ({ send, app }) =>
      send("POST", `${app}/group-push/mappings`, {
        body: { sourceGroupId: "00g-ops", status: "ACTIVE", targetGroupName: "ops" },
      }),
    writes: ["POST /Groups", "PUT /Groups"],
    users: [ada, bob],
    teams: { data: [ada, bob], ops: [] },
  },
  {
    does: "switching Deactivate Users off keeps the account of one who is unassigned",
    send: async ({ send, app }) => {
      await send("PUT", `${app}/features/USER_PROVISIONING`, {
        body: { update: { lifecycleDeactivate: { status: "DISABLED" } } },
      });
      return send("DELETE", `${app}/users/00u-bob`);
    },
    writes: [],
    users: [ada, bob],
    teams: { data: [ada, bob] },
  },
];

test.each(steerings)("$does", async ({ send, writes, users, teams }) => {
  const emulated = await startEmulatedOkta({ directory });
  await emulated.company.settled();
  const sent = emulated.requests.length;
  await send(emulated);
  await emulated.company.settled();
  expect(emulated.requests.slice(sent).filter((request) => !request.startsWith("GET "))).toEqual(writes);
  expect(await emulated.held()).toEqual({ users, teams });
});
