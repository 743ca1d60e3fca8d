/** The source reads what the emulated Okta shows of a company: the same directory, and nothing to say after provisioning. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareWithAstro } from "../../../src/assembly/compare.ts";
import { documentedOktaSettings, type OktaAppSettings } from "../../../src/directory/app-settings.ts";
import type { Directory } from "../../../src/directory/directory.ts";
import type { ProviderFinding } from "../../../src/directory/provider-finding.ts";
import type { ProvidedDirectory } from "../../../src/directory/source.ts";
import type { Drift } from "../../../src/drift/compare/diff.ts";
import { generateFixture } from "../../../src/fixture/generate/write.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { createSender } from "../../../src/http/send.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { seededWorld } from "../../support/seeded-world.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import {
  readEmulatedOkta as read,
  refusalOfEmulatedOkta as refusal,
} from "../../support/read-emulated-okta.ts";

const { signal } = new AbortController();

async function compare({ astro }: EmulatedOkta, provided: ProvidedDirectory): Promise<Drift> {
  const sender = createSender({
    baseUrl: astro.url,
    token: astro.token,
    timeoutMs: 30_000,
    connections: 4,
    timers: systemWorld().timers,
    signal,
  });
  const target = {
    kind: "remote",
    baseUrl: astro.url,
    organizationId: undefined,
    token: astro.token,
    tokenSource: "the test",
    isLoopback: true,
    isPublicAstro: false,
    profile: undefined,
    notes: [],
  } as const;
  try {
    const connection = { send: sender.send, baseUrl: astro.url, target, apis: undefined };
    return await compareWithAstro(provided, connection, { protect: [], responsibleFor: [], signal });
  } finally {
    await sender.close();
  }
}

/** What a directory says about the app, by names: whoever and whichever group has nothing to do with it is left out. */
function aboutApp({ users, groups, ...rest }: Directory): unknown {
  const groupsOfApp = [...groups.values()].filter(
    ({ key }) => rest.assignedGroups.has(key) || rest.pushedGroups.has(key),
  );
  const members = groupsOfApp.flatMap((group) => [...group.members]);
  const people = new Set([...rest.assignedUsers, ...members]);
  const sorted = (keys: Iterable<string>): readonly string[] => [...keys].toSorted();
  return {
    users: sorted(
      [...users.values()].filter(({ key }) => people.has(key)).map(({ key, status }) => `${key} ${status}`),
    ),
    groups: Object.fromEntries(groupsOfApp.map(({ name, members: keys }) => [name, sorted(keys)])),
    assignedGroups: sorted(rest.assignedGroups),
    pushedGroups: sorted(rest.pushedGroups),
    ssoOnlyUsers: sorted(rest.ssoOnlyUsers),
  };
}

describe("a company of 250", () => {
  const fixture = readFixture(
    "company.yaml",
    generateFixture({ idp: "okta", users: 250, groups: 12, seed: 4, steps: 1, churn: 5 }),
    { shipped: false },
  );
  let emulated: EmulatedOkta;

  beforeAll(async () => {
    emulated = await startEmulatedOkta({ directory: fixture.start, app: fixture.app, keep: true });
    await emulated.company.settled();
  });
  afterAll(() => emulated.stop());

  test("is read as it is", async () => {
    const { directory, app } = await read(emulated);
    expect(aboutApp(directory)).toEqual(aboutApp(emulated.company.directory()));
    expect(directory.users.size).toBeGreaterThan(200);
    const names = (state: ReturnType<typeof expectedState>): readonly string[] =>
      [...state.users.keys()].toSorted();
    const expected = expectedState(emulated.company.directory(), fixture.app);
    const active = [...expected.users.values()].filter(({ presence }) => presence === "active");
    expect(names(expectedState(directory, app))).toEqual(
      expect.arrayContaining(active.map(({ key }) => key)),
    );
  });

  test("has nothing to compare and nothing to say after provisioning", async () => {
    const provided = await read(emulated);
    const drift = await compare(emulated, provided);
    expect(drift.changes).toEqual([]);
    expect(drift.status).toBe("same");
    expect(provided.findings?.filter(({ kind }) => !kind.startsWith("group-"))).toEqual([]);
    expect(provided.notEvaluated).toEqual([]);
    const expected = expectedState(emulated.company.directory(), fixture.app);
    const active = [...expected.users.values()].filter(({ presence }) => presence === "active");
    expect(provided.remembered?.accounts.length).toBeGreaterThanOrEqual(active.length);
  });
});

describe("a small company", () => {
  const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];
  const company = aDirectory({
    users: [aUser(ada), aUser(bob), aUser(eve, { status: "suspended" })],
    groups: [aGroup("data", [ada, bob]), aGroup("staff", [eve])],
    assignedUsers: [ada, bob],
    assignedGroups: ["staff"],
    pushedGroups: ["data"],
  });

  async function start(
    options: Partial<Parameters<typeof startEmulatedOkta>[0]> = {},
  ): Promise<EmulatedOkta> {
    const emulated = await startEmulatedOkta({ directory: company, ...options });
    await emulated.company.settled();
    return emulated;
  }

  test("is refused where its label is another app's, too", async () => {
    const emulated = await start({ switches: { otherApps: ["Astro"] } });
    expect((await refusal(emulated)).message).toContain('2 apps in Okta are called "Astro"');
  });

  test("is refused where Provisioning is off", async () => {
    const emulated = await start({ switches: { provisioning: false } });
    expect((await refusal(emulated)).message).toContain("has no provisioning in Okta");
  });

  test("is read without Group Push", async () => {
    const { directory } = await read(await start({ switches: { groupPush: false } }));
    expect([...directory.pushedGroups]).toEqual([]);
  });

  test("is refused where the next links lead elsewhere", async () => {
    const users = Array.from({ length: 201 }, (_, at) => aUser(`u${at}@example.com`));
    const emulated = await start({
      directory: aDirectory({
        users,
        groups: [
          aGroup(
            "all",
            users.map(({ key }) => key),
          ),
        ],
      }),
      switches: { nextLinkOrigin: "https://proxy.example" },
    });
    const { code, message } = await refusal(emulated);
    expect(code).toBe("source-incomplete");
    expect(message).toContain("proxy.example");
  });

  test("is refused where the administrator's role does not reach a member of a group", async () => {
    const emulated = await start();
    emulated.switches.hidden = new Set([idOf(emulated, bob)]);
    const { code, message } = await refusal(emulated);
    expect(code).toBe("source-incomplete");
    expect(message).toContain('Okta counts 2 members of the group "data"');
  });

  test("is refused where the administrator's role does not reach a group through which somebody is assigned", async () => {
    const emulated = await start({
      directory: { ...company, assignedUsers: new Set([ada]), assignedGroups: new Set(["data"]) },
    });
    emulated.switches.hidden = new Set([idOf(emulated, "data")]);
    const { code, message } = await refusal(emulated);
    expect(code).toBe("source-incomplete");
    expect(message).toContain(`through the group ${idOf(emulated, "data")}`);
  });

  function idOf({ company: { directory } }: EmulatedOkta, name: string): string {
    const { users, groups } = directory();
    return users.get(name)?.objectId ?? groups.get(name)?.objectId ?? "";
  }

  test("that others change while it is read is read whole", async () => {
    const emulated = await start({ switches: { lag: { requests: 3 } } });
    emulated.company.act({ kind: "add-member", group: "data", user: eve });
    const { directory } = await read(emulated);
    expect([...(directory.groups.get("data")?.members ?? [])].toSorted()).toEqual([ada, bob, eve]);
  });

  test("is read within half of the rate limit, with pauses", async () => {
    const world = seededWorld({ seed: 1 });
    const emulated = await start({
      switches: { rateLimit: { requests: 8, windowSeconds: 60 } },
      apiWorld: world,
    });
    const { directory } = await read(emulated, world);
    expect(directory.groups.size).toBe(2);
    expect(emulated.okta.requests().map(({ status }) => status)).not.toContain(429);
    expect(world.waits.length).toBeGreaterThan(0);
  });

  test("is read although only one request is allowed at a time", async () => {
    const emulated = await start({ switches: { concurrency: 1, latencyMs: 20 } });
    const { directory } = await read(emulated);
    expect(directory.groups.size).toBe(2);
  });

  test("says who switched Deactivate Users off", async () => {
    const emulated = await start();
    emulated.company.changeApp(
      (app) => (app.idp === "okta" ? { ...app, deactivateUsers: false } : app),
      "jane@example.com",
    );
    const { findings, app } = await read(emulated);
    expect(app).toMatchObject({ deactivateUsers: false });
    expect(findings?.filter(({ kind }) => kind === "toggle-off")).toMatchObject([
      { toggle: "Deactivate Users", by: "jane@example.com" },
    ]);
  });

  test("says who is not provisioned, with the error of the System Log", async () => {
    const emulated = await start({ app: { ...documentedOktaSettings, createUsers: false } });
    const { findings = [], remembered } = await read(emulated);
    const unprovisioned = findings.filter((finding) => finding.kind === "user-not-provisioned");
    expect(unprovisioned.map(({ user }) => user.name)).toEqual([ada, bob]);
    for (const { error } of unprovisioned) expect(error).toMatch(/Matching user not found/i);
    expect(remembered?.stopped.users.size).toBe(2);
  });
});

describe("each finding, planted in a company that has none", () => {
  const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];
  const quiet = aDirectory({
    users: [aUser(ada), aUser(bob), aUser(eve)],
    groups: [aGroup("data", [ada, bob]), aGroup("staff")],
    assignedUsers: [ada, bob],
    pushedGroups: ["data"],
  });
  const names = (finding: ProviderFinding): string => {
    if ("user" in finding) return `${finding.kind} ${finding.user.name}`;
    if ("group" in finding) return `${finding.kind} ${finding.group.name}`;
    return "toggle" in finding ? `${finding.kind} ${finding.toggle}` : finding.kind;
  };

  type Plant = (emulated: EmulatedOkta) => void;
  const toggled =
    (change: Partial<OktaAppSettings>): Plant =>
    ({ company }) =>
      company.changeApp((app) => (app.idp === "okta" ? { ...app, ...change } : app));

  test.each<[string, Plant, readonly string[]]>([
    ["nothing", () => {}, []],
    [
      "the account of a new user is refused",
      ({ astro, company }) => {
        astro.faults.set(["method=POST,path=/Users,status=400"]);
        company.act({ kind: "assign-user", user: eve });
      },
      [`user-not-provisioned ${eve}`],
    ],
    [
      "the change of a user is refused",
      ({ astro, company }) => {
        astro.faults.set(["method=PUT,path=/Users,status=400"]);
        company.act({ kind: "update-user", user: ada, profile: { lastName: "Byron" } });
      },
      [`user-not-in-sync ${ada}`],
    ],
    [
      "the push of a group is refused",
      ({ astro, company }) => {
        astro.faults.set(["method=PUT,path=/Groups,status=400"]);
        company.act({ kind: "remove-member", group: "data", user: bob });
      },
      ["push-mapping-failed data"],
    ],
    [
      "the push of a group is deactivated",
      ({ company }) => company.act({ kind: "deactivate-push", group: "data" }),
      ["push-mapping-inactive data"],
    ],
    [
      "a group is assigned and not pushed",
      ({ company }) => company.act({ kind: "assign-group", group: "staff" }),
      ["group-assigned-not-pushed staff"],
    ],
    [
      "a member of a pushed group is not assigned",
      ({ company }) => company.act({ kind: "add-member", group: "data", user: eve }),
      ["group-pushed-not-assigned data"],
    ],
    ["Create Users is off", toggled({ createUsers: false }), ["toggle-off Create Users"]],
    [
      "Update User Attributes is off",
      toggled({ updateUserAttributes: false }),
      ["toggle-off Update User Attributes"],
    ],
    ["Deactivate Users is off", toggled({ deactivateUsers: false }), ["toggle-off Deactivate Users"]],
  ])("%s", async (_, plant, expected) => {
    const emulated = await startEmulatedOkta({ directory: quiet });
    await emulated.company.settled();
    plant(emulated);
    await emulated.company.settled();
    const { findings = [] } = await read(emulated);
    expect(findings.map(names)).toEqual(expected);
  });
});
