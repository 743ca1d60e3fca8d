/**
 * The proof of repairs through Entra ID: after each kind of them the person leaves at the emulated provider, a cycle runs, and the
 * account is deactivated. Entra ID's own engine does that, which knows only what it has linked.
 */

import { describe, expect, test } from "vitest";
import { planPushGroups } from "../../../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../../../src/drift/plan/plan-resync.ts";
import { planDelete } from "../../../../src/drift/plan/plan-delete.ts";
import type { Drift } from "../../../../src/drift/compare/diff.ts";
import type { Plan } from "../../../../src/drift/plan/plan.ts";
import { aDirectory, aGroup, anEntraUser } from "../../../support/builders.ts";
import { inWords } from "../../../support/repairing.ts";
import { throughEntra, type ThroughEntra } from "../../../support/through-entra.ts";

const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];

const directory = aDirectory({
  users: [anEntraUser(ada), anEntraUser(bob), anEntraUser(eve)],
  groups: [aGroup("data", [ada, bob])],
  assignedUsers: [eve],
  assignedGroups: ["data"],
  pushedGroups: [],
});

const resyncAll = (drift: Drift): Plan => planResync(drift, { users: "all", teams: "all" });
const resyncOf =
  (...users: readonly string[]) =>
  (drift: Drift): Plan =>
    planResync(drift, { users, teams: [] });

/** Nothing is provisioned yet, and the job does not run by itself. */
async function paused(): Promise<ThroughEntra> {
  return throughEntra({ directory, startsPaused: true });
}

async function repair(entra: ThroughEntra, planner: (drift: Drift) => Plan): Promise<readonly string[]> {
  return inWords(await entra.apply(await entra.plan(planner)));
}

async function deactivate(entra: ThroughEntra, id: string): Promise<void> {
  const { status } = await entra.scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
  expect(status).toBe(200);
}

async function leaves(entra: ThroughEntra, mail: string): Promise<void> {
  await entra.block(mail);
  if (entra.graph.company.isPaused()) entra.graph.company.resume();
  await entra.graph.company.settled();
  await entra.cycle();
  expect(await entra.activeUsers()).not.toContain(mail);
}

describe("after a repair through Entra ID the leaver is deactivated", () => {
  test("who had no account", async () => {
    const entra = await paused();
    expect(await repair(entra, resyncOf(ada))).toEqual([`provision-user ${ada}: done`]);
    expect(await entra.activeUsers()).toEqual([ada]);
    await leaves(entra, ada);
  });

  test("who had an account that Entra ID was not linked to, inactive", async () => {
    const entra = await paused();
    const id = await entra.scim.user(ada);
    await deactivate(entra, id);
    const plan = await entra.plan(resyncOf(ada));
    expect(plan.operations).toMatchObject([
      { kind: "provision-user", subject: { scimId: id }, why: "Entra ID is not linked to the account" },
      { kind: "update-user", overScim: expect.any(String) },
    ]);
    expect(inWords(await entra.apply(plan))).toEqual([
      `provision-user ${ada}: done`,
      `update-user ${id}: done`,
    ]);
    expect(entra.linkOf(ada)).toBe(id);
    await leaves(entra, ada);
  });

  test("whose account was as it should be, and not linked", async () => {
    const entra = await paused();
    const id = await entra.scim.user(ada, { displayName: "ada" });
    const plan = await entra.plan(resyncOf(ada));
    expect(plan.operations.map(({ id: name }) => name)).toEqual([`provision-user ${ada}`]);
    expect(inWords(await entra.apply(plan))).toEqual([`provision-user ${ada}: done`]);
    expect(entra.linkOf(ada)).toBe(id);
    await leaves(entra, ada);
  });

  test("who is a member of a Team that was missing, as is the Team", async () => {
    const entra = await paused();
    expect(await repair(entra, resyncAll)).toEqual([
      `provision-user ${ada}: done`,
      `provision-user ${bob}: done`,
      `provision-user ${eve}: done`,
      "provision-group data: done",
    ]);
    expect(await entra.graph.held()).toEqual({ users: [ada, bob, eve], teams: { data: [ada, bob] } });
    await leaves(entra, ada);
    expect((await entra.graph.held()).teams).toEqual({ data: [bob] });
  });

  test("who is a member of a Team that Entra ID was not linked to", async () => {
    const entra = await paused();
    await repair(entra, resyncOf(ada, bob));
    const team = await entra.scim.team("data", (await entra.scimIdOf(bob)) ?? "");
    expect(await repair(entra, (drift) => planPushGroups(drift, ["data"]))).toEqual([
      "provision-group data: done",
    ]);
    expect(entra.linkOf("data")).toBe(team);
    expect((await entra.graph.held()).teams).toEqual({ data: [ada, bob] });
    await leaves(entra, bob);
    expect((await entra.graph.held()).teams).toEqual({ data: [ada] });
  });

  test("who is a member of a Team that was as it should be, and not linked", async () => {
    const entra = await paused();
    await repair(entra, resyncOf(ada, bob));
    const ids = await Promise.all([ada, bob].map(async (mail) => (await entra.scimIdOf(mail)) ?? ""));
    const team = await entra.scim.team("data", ...ids);
    expect(await repair(entra, (drift) => planPushGroups(drift, ["data"]))).toEqual([
      "provision-group data: done",
    ]);
    expect(entra.linkOf("data")).toBe(team);
    await leaves(entra, bob);
    expect((await entra.graph.held()).teams).toEqual({ data: [ada] });
  });

  test("who is linked, and was deactivated in Astro: over SCIM, and the link stays", async () => {
    const entra = await throughEntra({ directory });
    const id = (await entra.scimIdOf(eve)) ?? "";
    await deactivate(entra, id);
    const plan = await entra.plan(resyncOf(eve));
    expect(plan.operations).toMatchObject([
      { kind: "activate-user", overScim: "Entra ID is linked to the account" },
    ]);
    expect(plan.provider).toBeUndefined();
    expect(inWords(await entra.apply(plan))).toEqual([`activate-user ${id}: done`]);
    await leaves(entra, eve);
  });
});

describe("an orphaned account", () => {
  test("to which Entra ID has no link is deleted over SCIM, and the plan says so", async () => {
    const entra = await throughEntra({ directory });
    await entra.scim.user("old@example.com");
    const plan = await entra.plan((drift) => planDelete(drift, { users: ["old@example.com"], teams: [] }));
    expect(plan.operations).toMatchObject([
      { kind: "delete-user", overScim: expect.stringContaining("Entra ID has no link to it") },
    ]);
    expect(inWords(await entra.apply(plan))).toEqual([expect.stringMatching(/^delete-user \S+: done$/)]);
  });

  test("to which it is linked stays, and the plan says why", async () => {
    const entra = await throughEntra({ directory });
    await entra.graph.send("PATCH", `/v1.0/users/${eve}`, { body: { accountEnabled: false } });
    const plan = await entra.plan((drift) => planDelete(drift, { users: [eve], teams: [] }));
    expect(plan.operations).toEqual([]);
    expect(plan.leftOut).toMatchObject([
      { code: "provider-link", name: eve, reason: expect.stringContaining("still linked to the account") },
    ]);
  });
});
