/** A company in memory: its directory changes at once, and its provider follows with real requests to Astro. */

import { describe, expect, test } from "vitest";
import { documentedOktaSettings } from "../../../src/directory/app-settings.ts";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import type { CompanyEvent } from "../../../src/emulators/company/company.ts";
import { aDirectory, aGroup, anEntraUser, aUser } from "../../support/builders.ts";
import { startEmulatedCompany } from "../../support/emulated-company.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const startWorld = seededWorld({ seed: 3 });

const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];

const oktaDirectory = aDirectory({
  users: [aUser(ada), aUser(bob), aUser(eve, { status: "deactivated" })],
  groups: [aGroup("data", [ada, bob]), aGroup("all", [ada, bob, eve])],
  pushedGroups: ["data"],
});
const entraDirectory = aDirectory({
  users: [anEntraUser(ada), anEntraUser(bob)],
  groups: [aGroup("data", [ada, bob])],
  assignedGroups: ["data"],
  pushedGroups: [],
});

/** `assign ada: done`, of the jobs. */
function jobs(events: readonly CompanyEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "job"
      ? [`${event.report.what} ${event.report.subject.key}: ${event.report.outcome.kind}`]
      : [],
  );
}

describe("a company with Okta", () => {
  test("is provisioned from the start", async () => {
    const { company, held } = await startEmulatedCompany({ directory: oktaDirectory });
    await company.settled();
    expect(await held()).toEqual({ users: [ada, bob], teams: { data: [ada, bob] } });
    expect(company.links().accounts.map(({ userName }) => userName)).toEqual([ada, bob]);
    expect(company.tasks()).toEqual([]);
    expect(company.pushStates()).toEqual([{ group: "data", team: "data", status: "ACTIVE", members: 2 }]);
    expect(jobs(company.events())).toEqual([
      `assign ${ada}: done`,
      `assign ${bob}: done`,
      "push-group data: done",
    ]);
  });

  test("changes its directory at once, and Astro in the order of the actions", async () => {
    const { company, held } = await startEmulatedCompany({ directory: oktaDirectory });
    company.act({ kind: "unassign-user", user: bob });
    company.act({ kind: "assign-user", user: bob });
    company.act({ kind: "remove-member", group: "data", user: ada });
    company.act({ kind: "unassign-user", user: ada }, "olga@example.com");
    expect([...company.directory().assignedUsers]).toEqual([bob]);
    expect(company.isBusy()).toBe(true);
    await company.settled();
    expect(company.isBusy()).toBe(false);
    expect(await held()).toEqual({ users: [bob], teams: { data: [bob] } });
    const actions = company.events().flatMap((event) => (event.kind === "action" ? [event] : []));
    expect(actions.map(({ action, by }) => [action.kind, by])).toEqual([
      ["unassign-user", "admin@example.com"],
      ["assign-user", "admin@example.com"],
      ["remove-member", "admin@example.com"],
      ["unassign-user", "olga@example.com"],
    ]);
    expect(actions.at(-1)?.before.assignedUsers.has(ada)).toBe(true);
  });

  test("does what waits once it is resumed", async () => {
    const { company, held } = await startEmulatedCompany({ directory: oktaDirectory, startsPaused: true });
    await company.settled();
    expect(company.isPaused()).toBe(true);
    expect(company.isBusy()).toBe(true);
    expect(await held()).toEqual({ users: [], teams: {} });
    company.resume();
    await company.settled();
    expect((await held()).users).toEqual([ada, bob]);
  });

  test("keeps what a failed job left as a task, and goes on", async () => {
    const { company, astro } = await startEmulatedCompany({
      directory: oktaDirectory,
      astro: { faults: ["status=500,path=/Users,method=POST,times=1"] },
    });
    await company.settled();
    expect(company.tasks().map(({ subject, what }) => [what, subject.key])).toEqual([["assign", ada]]);
    expect(company.lastJobOf(company.directory().users.get(ada)?.objectId ?? "")?.report.outcome.kind).toBe(
      "failed",
    );
    astro.faults.clear();
    company.act({ kind: "retry", user: ada });
    await company.settled();
    expect(company.tasks()).toEqual([]);
  });

  test("turns an Astro that is not there into tasks", async () => {
    const { company } = await startEmulatedCompany({
      directory: oktaDirectory,
      send: async () => ({ kind: "no-response", reason: "refused", message: "nobody listens" }),
    });
    await company.settled();
    expect(company.tasks().map(({ subject }) => subject.key)).toEqual([ada, bob, "data"]);
  });

  test("goes by other settings once the app is changed", async () => {
    const { company, held } = await startEmulatedCompany({ directory: oktaDirectory });
    company.changeApp((app) => ({ ...app, deactivateUsers: false }), "olga@example.com");
    company.act({ kind: "unassign-user", user: bob });
    await company.settled();
    expect((await held()).users).toEqual([ada, bob]);
    expect(company.app()).toMatchObject({ deactivateUsers: false });
    expect(company.state()).toMatchObject({ idp: "okta", settings: { deactivateUsers: false } });
    expect(company.events().filter(({ kind }) => kind === "setting")).toEqual([
      expect.objectContaining({ name: "deactivateUsers", value: false, by: "olga@example.com" }),
    ]);
  });

  test("says why it could not provision, where a mapping is wrong", async () => {
    const { company, held } = await startEmulatedCompany({
      directory: oktaDirectory,
      app: { ...documentedOktaSettings, mappings: { givenName: "String.nothing(" } },
    });
    await company.settled();
    expect(company.events().map(({ kind }) => kind)).toEqual(["provisioning-failed"]);
    company.changeApp(() => documentedOktaSettings);
    company.act({ kind: "assign-user", user: ada });
    await company.settled();
    expect((await held()).users).toEqual([ada]);
  });

  test("sends nothing more once it is closed", async () => {
    const { company, requests } = await startEmulatedCompany({ directory: oktaDirectory });
    await company.close();
    const sent = requests.length;
    company.act({ kind: "unassign-user", user: ada });
    await company.settled();
    expect(requests.length).toBe(sent);
  });
});

describe("a company with Entra", () => {
  const start = { directory: entraDirectory, app: documentedEntraSettings };

  test("runs its initial cycle at the start, and acts by cycles", async () => {
    const { company, held } = await startEmulatedCompany(start);
    await company.settled();
    expect(await held()).toEqual({ users: [ada, bob], teams: { data: [ada, bob] } });
    expect(company.lastCycle()).toMatchObject({ number: 1, cycle: "initial" });
    company.act({ kind: "block-user", user: bob });
    await company.settled();
    expect((await held()).users).toEqual([ada, bob]);
    const before = company.now();
    company.runCycle();
    await company.settled();
    expect((await held()).users).toEqual([ada]);
    expect(company.lastCycle()).toMatchObject({ number: 2, cycle: "incremental" });
    expect(company.now().getTime() - before.getTime()).toBeGreaterThan(39 * 60_000);
    const cycles = company.events().flatMap((event) => (event.kind === "job" ? [event.cycle] : []));
    expect(new Set(cycles)).toEqual(new Set([1, 2]));
  });

  test("runs no cycle while it is paused, and one when it is resumed", async () => {
    const { company, held } = await startEmulatedCompany({ ...start, startsPaused: true });
    company.runCycle();
    await company.settled();
    expect(company.lastCycle()).toBeUndefined();
    company.resume();
    await company.settled();
    expect(company.lastCycle()).toMatchObject({ number: 1 });
    expect((await held()).users).toEqual([ada, bob]);
  });

  test("runs cycles by the clock", async () => {
    const { company } = await startEmulatedCompany({ ...start, cycleMs: 5 });
    await expect.poll(() => company.lastCycle()?.number).toBeGreaterThan(2);
  });

  test("is in quarantine where Astro is not there", async () => {
    const { company } = await startEmulatedCompany({
      ...start,
      send: async () => ({ kind: "no-response", reason: "refused", message: "nobody listens" }),
    });
    await company.settled();
    expect(company.lastCycle()?.quarantine).toContain("EncounteredQuarantineException");
    const state = company.state();
    expect(state.idp === "entra" && state.memory.quarantine?.reason).toBe("EncounteredQuarantineException");
  });

  test("provisions on demand at once", async () => {
    const { company, held } = await startEmulatedCompany({ ...start, startsPaused: true });
    company.act({ kind: "provision-user-on-demand", user: ada });
    await company.settled();
    expect((await held()).users).toEqual([ada]);
  });
});

describe("ids and times", () => {
  const madeUp = { objectId: "ada@example.com", isIdMadeUp: true } as const;

  test.each([
    [
      "okta",
      aUser(ada, madeUp),
      documentedOktaSettings,
      /^00u[0-9A-Za-z]{17}$/,
      /^00g[0-9A-Za-z]{17}$/,
      /^0oa[0-9A-Za-z]{17}$/,
    ],
    [
      "entra",
      anEntraUser(ada, madeUp),
      documentedEntraSettings,
      /^[0-9a-f-]{36}$/,
      /^[0-9a-f-]{36}$/,
      /^[0-9a-f-]{36}$/,
    ],
  ])(
    "of %s have the provider's form where they were made up",
    async (_, user, app, ofUser, ofGroup, ofApp) => {
      const group = { ...aGroup("data", [ada]), objectId: "data" };
      const { company } = await startEmulatedCompany({
        app,
        directory: aDirectory({ users: [user], groups: [group] }),
      });
      const [made] = company.directory().users.values();
      expect(made).toMatchObject({ key: ada, objectId: expect.stringMatching(ofUser) });
      expect(made).not.toHaveProperty("isIdMadeUp");
      expect(company.directory().groups.get("data")?.objectId).toMatch(ofGroup);
      expect(company.appId).toMatch(ofApp);
      expect(company.newId("user")).toMatch(ofUser);
    },
  );

  test("stay as the directory has them otherwise", async () => {
    const { company } = await startEmulatedCompany({ directory: oktaDirectory });
    expect(company.directory().users.get(ada)?.objectId).toBe("00u-ada");
  });

  test("an object is updated by what changes it, and a group by its members apart from that", async () => {
    let seconds = 0;
    const now = (): Date => new Date(Date.UTC(2026, 0, 1) + 1000 * (seconds += 1));
    const { company } = await startEmulatedCompany({
      directory: oktaDirectory,
      world: { ...startWorld, clock: { now, monotonicMs: () => seconds } },
    });
    const before = { ada: company.timesOf("00u-ada"), data: company.timesOf("00g-data") };
    company.act({ kind: "update-user", user: ada, profile: { lastName: "Byron" } });
    company.act({ kind: "remove-member", group: "data", user: ada });
    const after = { ada: company.timesOf("00u-ada"), data: company.timesOf("00g-data") };
    expect(after.ada?.created).toEqual(before.ada?.created);
    expect(after.ada?.updated).not.toEqual(before.ada?.updated);
    expect(after.data?.updated).toEqual(before.data?.updated);
    expect(after.data?.membersUpdated).not.toEqual(before.data?.membersUpdated);
    expect(company.timesOf("00u-nobody")).toBeUndefined();
  });

  test("a new assignment is another one", async () => {
    const { company } = await startEmulatedCompany({ directory: oktaDirectory });
    const first = company.assignmentOf("00u-bob");
    expect(first?.id).toMatch(/^0ua/);
    expect(company.assignmentOf("00u-eve")).toBeUndefined();
    company.act({ kind: "assign-group", group: "all" });
    company.act({ kind: "unassign-user", user: bob });
    expect(company.assignmentOf("00u-bob")).toEqual(first);
    company.act({ kind: "unassign-group", group: "all" });
    expect(company.assignmentOf("00u-bob")).toBeUndefined();
    company.act({ kind: "assign-user", user: bob });
    expect(company.assignmentOf("00u-bob")?.id).not.toBe(first?.id);
    expect(company.pushOf("00g-data")?.id).toMatch(/^gPm/);
    expect(company.pushOf("00g-all")).toBeUndefined();
  });

  test("only the last events are kept", async () => {
    const { company } = await startEmulatedCompany({ directory: oktaDirectory, keepEvents: 2 });
    company.pause();
    for (const user of [ada, bob, ada, bob, ada, bob])
      company.act({ kind: "update-user", user, profile: {} });
    expect(
      company.events().map((event) => event.kind === "action" && "user" in event.action && event.action.user),
    ).toEqual([ada, bob]);
  });
});
