/** Changes at the emulated Microsoft Graph, and what they become at Astro after the next cycle. */

import { describe, expect, test } from "vitest";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { seededWorld } from "../../support/seeded-world.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../../support/emulated-graph.ts";

const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];

const directory = aDirectory({
  users: [anEntraUser(ada), anEntraUser(bob), anEntraUser(eve)],
  groups: [aGroup("data", [ada]), aGroup("other", [eve])],
  assignedUsers: [bob],
  assignedGroups: ["data"],
  pushedGroups: [],
});

/** Ids by name, and the path of the app. */
async function names(graph: EmulatedGraph) {
  const users = await graph.all("/v1.0/users?$select=id,mail");
  const groups = await graph.all("/v1.0/groups?$select=id,displayName");
  const apps = await graph.all("/v1.0/servicePrincipals?$filter=displayName eq 'Astro'");
  return {
    user: (mail: string): string => users.find((user) => user.mail === mail).id,
    group: (name: string): string => groups.find((group) => group.displayName === name).id,
    app: `/v1.0/servicePrincipals/${apps[0].id}`,
    appId: apps[0].id,
  };
}

async function cycle({ company }: EmulatedGraph): Promise<void> {
  company.runCycle();
  await company.settled();
}

describe("after the next cycle", () => {
  test("a blocked user has no active account, and an unblocked one has it again", async () => {
    const graph = await startEmulatedGraph({ directory });
    const { user } = await names(graph);
    expect(await graph.held()).toEqual({ users: [ada, bob], teams: { data: [ada] } });
    const path = `/v1.0/users/${user(bob)}`;
    expect((await graph.send("PATCH", path, { body: { accountEnabled: false } })).status).toBe(204);
    expect((await graph.get(`${path}?$select=accountEnabled`)).body.accountEnabled).toBe(false);
    expect((await graph.held()).users).toEqual([ada, bob]);
    await cycle(graph);
    expect((await graph.held()).users).toEqual([ada]);
    await graph.send("PATCH", path, { body: { accountEnabled: true } });
    await cycle(graph);
    expect((await graph.held()).users).toEqual([ada, bob]);
  });

  test("a deleted user is in the recycle bin and has no active account; restored, it has it again", async () => {
    const graph = await startEmulatedGraph({ directory });
    const { user } = await names(graph);
    expect((await graph.send("DELETE", `/v1.0/users/${user(ada)}`)).status).toBe(204);
    expect((await graph.get(`/v1.0/users/${user(ada)}`)).status).toBe(404);
    const bin =
      "/v1.0/directory/deletedItems/microsoft.graph.user?$select=id,userPrincipalName,deletedDateTime";
    const [deleted] = await graph.all(bin);
    expect(deleted).toEqual({
      id: user(ada),
      userPrincipalName: expect.stringMatching(/ada@example\.com$/),
      deletedDateTime: expect.stringMatching(/Z$/),
    });
    await cycle(graph);
    expect((await graph.held()).users).toEqual([bob]);
    const restored = await graph.send("POST", `/v1.0/directory/deletedItems/${user(ada)}/restore`);
    expect(restored).toMatchObject({ status: 200, body: { userPrincipalName: ada } });
    await cycle(graph);
    expect((await graph.held()).users).toEqual([ada, bob]);
    expect(await graph.all(bin)).toEqual([]);
  });

  test("a user who was deleted 30 days ago cannot be restored", async () => {
    let ahead = 0;
    const { clock, timers, random } = seededWorld({ seed: 4 });
    const world = { timers, random, clock: { ...clock, now: () => new Date(clock.now().getTime() + ahead) } };
    const graph = await startEmulatedGraph({ directory, world });
    const { user } = await names(graph);
    await graph.send("DELETE", `/v1.0/users/${user(ada)}`);
    const item = `/v1.0/directory/deletedItems/${user(ada)}`;
    expect((await graph.get(item)).status).toBe(200);
    ahead = 30 * 24 * 3_600_000;
    expect((await graph.send("POST", `${item}/restore`)).status).toBe(404);
    expect(await graph.all("/v1.0/directory/deletedItems/microsoft.graph.user")).toEqual([]);
  });

  test("a user who is deleted for good has no account", async () => {
    const graph = await startEmulatedGraph({ directory });
    const { user } = await names(graph);
    await graph.send("DELETE", `/v1.0/users/${user(bob)}`);
    const item = `/v1.0/directory/deletedItems/${user(bob)}`;
    expect((await graph.send("DELETE", item)).status).toBe(204);
    expect((await graph.get(item)).status).toBe(404);
    await cycle(graph);
    expect(graph.requests).toContain("DELETE /Users");
  });

  test("a new user who is assigned has an account", async () => {
    const graph = await startEmulatedGraph({ directory });
    const { app, appId } = await names(graph);
    const created = await graph.send("POST", "/v1.0/users", {
      body: {
        accountEnabled: true,
        displayName: "Grace Hopper",
        mail: "grace@example.com",
        mailNickname: "grace",
        userPrincipalName: "grace@corp.example.com",
        passwordProfile: { password: "a secret" },
      },
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    const body = { principalId: id, resourceId: appId, appRoleId: "00000000-0000-0000-0000-000000000000" };
    const assigned = await graph.send("POST", `${app}/appRoleAssignedTo`, { body });
    expect(assigned).toMatchObject({
      status: 201,
      body: { principalId: id, principalType: "User", principalDisplayName: "Grace Hopper" },
    });
    await cycle(graph);
    expect((await graph.held()).users).toEqual([ada, bob, "grace@example.com"]);
    expect((await graph.send("DELETE", `${app}/appRoleAssignedTo/${assigned.body.id}`)).status).toBe(204);
    await cycle(graph);
    expect((await graph.held()).users).toEqual([ada, bob]);
  });

  test("members come and go with their group", async () => {
    const graph = await startEmulatedGraph({ directory });
    const { user, group } = await names(graph);
    const members = `/v1.0/groups/${group("data")}/members`;
    const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${user(eve)}` };
    expect((await graph.send("POST", `${members}/$ref`, { body: reference })).status).toBe(204);
    expect((await graph.send("DELETE", `${members}/${user(ada)}/$ref`)).status).toBe(204);
    await cycle(graph);
    expect(await graph.held()).toEqual({ users: [bob, eve], teams: { data: [eve] } });
  });

  test("an assigned group is a Team, and a renamed one has its new name", async () => {
    const graph = await startEmulatedGraph({ directory });
    const { group, app, appId } = await names(graph);
    const body = { principalId: group("other"), resourceId: appId };
    const assigned = await graph.send("POST", `${app}/appRoleAssignedTo`, { body });
    expect(assigned.body.principalType).toBe("Group");
    await graph.send("PATCH", `/v1.0/groups/${group("data")}`, { body: { displayName: "Data Platform" } });
    await cycle(graph);
    expect((await graph.held()).teams).toEqual({ "Data Platform": [ada], other: [eve] });
    expect((await graph.send("DELETE", `/v1.0/groups/${group("other")}`)).status).toBe(204);
    await cycle(graph);
    expect((await graph.held()).teams).toEqual({ "Data Platform": [ada] });
  });

  test("a changed attribute is at Astro, by the name that Graph has for it", async () => {
    const { users } = documentedEntraSettings;
    const title = {
      target: "title",
      source: { kind: "direct", attribute: "physicalDeliveryOfficeName" },
      applies: "always",
    } as const;
    const app = { ...documentedEntraSettings, users: { ...users, mappings: [...users.mappings, title] } };
    const graph = await startEmulatedGraph({ directory, app });
    const { user } = await names(graph);
    const body = { displayName: "Ada L.", officeLocation: "Rome" };
    expect((await graph.send("PATCH", `/v1.0/users/${user(ada)}`, { body })).status).toBe(204);
    const shown = await graph.get(`/v1.0/users/${ada}?$select=displayName,officeLocation`);
    expect(shown.body).toMatchObject({ displayName: "Ada L.", officeLocation: "Rome" });
    await cycle(graph);
    const { users: accounts } = await graph.astro.state();
    expect(accounts.find(({ userName }) => userName === ada)).toMatchObject({
      attributes: { displayName: "Ada L.", title: "Rome" },
    });
  });
});
