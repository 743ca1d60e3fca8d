/** How the provisioning stands, as the emulated Okta shows it: app users, push mappings, the app itself. */

import { describe, expect, test } from "vitest";
import { documentedOktaSettings } from "../../../src/directory/app-settings.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import {
  startEmulatedOkta,
  type EmulatedOkta,
  type EmulatedOktaOptions,
} from "../../support/emulated-okta.ts";

const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];
const directory = aDirectory({
  users: [aUser(ada), aUser(bob), aUser(eve)],
  groups: [aGroup("data", [ada]), aGroup("ops", [bob])],
  assignedUsers: [ada, eve],
  assignedGroups: ["ops"],
  pushedGroups: ["data"],
  ssoOnlyUsers: [eve],
});

interface AppUserCase {
  readonly name: string;
  readonly options?: Partial<EmulatedOktaOptions>;
  readonly act?: (emulated: EmulatedOkta) => void | Promise<void>;
  readonly user: string;
  readonly expected: object;
}

const appUsers: readonly AppUserCase[] = [
  {
    name: "provisioned",
    user: "00u-ada",
    expected: {
      status: "PROVISIONED",
      syncState: "SYNCHRONIZED",
      scope: "USER",
      credentials: { userName: ada },
    },
  },
  {
    name: "assigned through a group",
    user: "00u-bob",
    expected: { status: "PROVISIONED", scope: "GROUP", _links: { group: { name: "ops" } } },
  },
  {
    name: "assigned for single sign-on alone",
    user: "00u-eve",
    expected: { status: "ACTIVE", syncState: "DISABLED", externalId: undefined, lastSync: undefined },
  },
  {
    name: "waiting for its first provisioning",
    options: { startsPaused: true },
    user: "00u-ada",
    expected: { status: "STAGED", syncState: "OUT_OF_SYNC", externalId: undefined },
  },
  {
    name: "refused by Astro",
    options: { astro: { faults: ["status=500,path=/Users,method=POST"] } },
    user: "00u-ada",
    expected: { status: "STAGED", syncState: "ERROR", externalId: undefined },
  },
  {
    name: "changed, and the push failed",
    user: "00u-ada",
    act: async ({ astro, company }) => {
      astro.faults.set(["status=500,path=/Users,method=PUT"]);
      company.act({ kind: "update-user", user: ada, profile: { lastName: "Byron" } });
      await company.settled();
    },
    expected: {
      status: "PROVISIONED",
      syncState: "ERROR",
      externalId: expect.any(String),
      profile: { familyName: "Byron" },
    },
  },
  {
    name: "unassigned, and the deactivation failed, and assigned again before that is repaired",
    user: "00u-ada",
    act: async ({ astro, company }) => {
      astro.faults.set(["status=500,path=/Users,method=PUT"]);
      company.act({ kind: "unassign-user", user: ada });
      await company.settled();
      company.pause();
      company.act({ kind: "assign-user", user: ada });
    },
    expected: { status: "STAGED", syncState: "OUT_OF_SYNC", externalId: undefined },
  },
  {
    name: "of an app whose provisioning is off",
    options: { startsPaused: true, switches: { provisioning: false } },
    user: "00u-ada",
    expected: { status: "ACTIVE", syncState: "DISABLED" },
  },
];

test.each(appUsers)("an app user: $name", async ({ options, act, user, expected }) => {
  const emulated = await startEmulatedOkta({ directory, ...options });
  await emulated.company.settled();
  await act?.(emulated);
  const { status, body } = await emulated.get(`${emulated.app}/users/${user}`);
  expect(status).toBe(200);
  expect(body).toMatchObject(withoutUndefined(expected));
  const absent = Object.entries(expected).flatMap(([name, value]) => (value === undefined ? [name] : []));
  expect(absent.filter((name) => Object.hasOwn(body, name))).toEqual([]);
});

function withoutUndefined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

test("the external id is the account's id in Astro, and the profile has null for what is not set", async () => {
  const emulated = await startEmulatedOkta({ directory });
  await emulated.company.settled();
  const { body } = await emulated.get(`${emulated.app}/users/00u-ada`);
  expect(emulated.company.links().accounts.find(({ objectId }) => objectId === "00u-ada")?.scimId).toBe(
    body.externalId,
  );
  expect(body.profile).toEqual({
    userName: ada,
    givenName: "ada",
    familyName: "Example",
    email: ada,
    displayName: null,
    profileUrl: null,
  });
});

test("an assignment that is made again is a new one, before its provisioning is there", async () => {
  const { company, send, get, app } = await startEmulatedOkta({ directory });
  await company.settled();
  company.pause();
  await send("DELETE", `${app}/users/00u-ada`);
  expect((await get(`${app}/users/00u-ada`)).status).toBe(404);
  await send("POST", `${app}/users`, { body: { id: "00u-ada", scope: "USER" } });
  const { body } = await get(`${app}/users/00u-ada`);
  expect([body.status, body.syncState, body.externalId, body.lastSync]).toEqual([
    "STAGED",
    "OUT_OF_SYNC",
    undefined,
    undefined,
  ]);
  company.resume();
  await company.settled();
  expect((await get(`${app}/users/00u-ada`)).body).toMatchObject({
    status: "PROVISIONED",
    syncState: "SYNCHRONIZED",
  });
});

test("one who is not assigned is not found", async () => {
  const { get, app } = await startEmulatedOkta({ directory: { ...directory, assignedGroups: new Set() } });
  for (const id of ["00u-bob", "00u-nobody"]) {
    const { status, body } = await get(`${app}/users/${id}`);
    expect([status, body]).toEqual([
      404,
      {
        errorCode: "E0000007",
        errorSummary: expect.stringContaining(id),
        errorLink: "E0000007",
        errorId: expect.stringMatching(/^oae/),
        errorCauses: [],
      },
    ]);
  }
});

describe("a push mapping", () => {
  const mappingOf = async ({ get, app }: EmulatedOkta, group = "00g-data") =>
    (await get(`${app}/group-push/mappings?sourceGroupId=${group}`)).body[0];

  test("that works has a target that can be read, and no error", async () => {
    const emulated = await startEmulatedOkta({ directory });
    await emulated.company.settled();
    const mapping = await mappingOf(emulated);
    expect(mapping).toMatchObject({ status: "ACTIVE", errorSummary: "", lastPush: expect.any(String) });
    expect((await emulated.get(`/api/v1/groups/${mapping.targetGroupId}`)).body).toMatchObject({
      type: "APP_GROUP",
      profile: { name: "data" },
    });
    expect((await emulated.send("DELETE", `/api/v1/groups/${mapping.targetGroupId}`)).status).toBe(501);
  });

  test("that failed has the console's sentence, and is removed and made again", async () => {
    const emulated = await startEmulatedOkta({
      directory,
      astro: { faults: ["status=500,path=/Groups,method=POST,times=1"] },
    });
    const { company, send, app } = emulated;
    await company.settled();
    const mapping = await mappingOf(emulated);
    expect(mapping).toMatchObject({
      status: "ERROR",
      errorSummary: expect.stringMatching(/^Unable to update Group Push mapping/),
    });
    expect(mapping).not.toHaveProperty("targetGroupId");
    expect(
      (await send("DELETE", `${app}/group-push/mappings/${mapping.id}?deleteTargetGroup=false`)).status,
    ).toBe(204);
    const body = { sourceGroupId: "00g-data", status: "ACTIVE", targetGroupName: "data" };
    expect((await send("POST", `${app}/group-push/mappings`, { body })).status).toBe(201);
    await company.settled();
    const repaired = await mappingOf(emulated);
    expect([repaired.status, repaired.id === mapping.id]).toEqual(["ACTIVE", false]);
    expect((await emulated.held()).teams).toEqual({ data: [ada] });
  });

  test("that is paused takes no changes along until it is active again", async () => {
    const emulated = await startEmulatedOkta({ directory });
    const { company, send, app, held } = emulated;
    await company.settled();
    const path = `${app}/group-push/mappings/${(await mappingOf(emulated)).id}`;
    expect((await send("DELETE", `${path}?deleteTargetGroup=true`)).status).toBe(400);
    expect((await send("PATCH", path, { body: { status: "INACTIVE" } })).body.status).toBe("INACTIVE");
    company.act({ kind: "add-member", group: "data", user: bob });
    await company.settled();
    expect((await held()).teams).toEqual({ data: [ada] });
    expect((await send("PATCH", path, { body: { status: "ACTIVE" } })).body.status).toBe("ACTIVE");
    await company.settled();
    expect((await held()).teams).toEqual({ data: [ada, bob] });
    await send("PATCH", path, { body: { status: "INACTIVE" } });
    await company.settled();
    expect((await send("DELETE", path)).status).toBe(400);
    expect((await send("DELETE", `${path}?deleteTargetGroup=true`)).status).toBe(204);
    await company.settled();
    expect((await held()).teams).toEqual({});
  });

  test("is paused, removed and made again at once, without waiting for the provisioning", async () => {
    const emulated = await startEmulatedOkta({ directory });
    const { company, send, app, held } = emulated;
    await company.settled();
    company.pause();
    const path = `${app}/group-push/mappings/${(await mappingOf(emulated)).id}`;
    expect((await send("PATCH", path, { body: { status: "INACTIVE" } })).body.status).toBe("INACTIVE");
    expect((await mappingOf(emulated)).status).toBe("INACTIVE");
    expect((await send("DELETE", `${path}?deleteTargetGroup=true`)).status).toBe(204);
    expect(await mappingOf(emulated)).toBeUndefined();
    const body = { sourceGroupId: "00g-data", targetGroupName: "data" };
    const made = await send("POST", `${app}/group-push/mappings`, { body });
    expect([made.body.status, made.body.targetGroupId]).toEqual(["ACTIVE", undefined]);
    company.resume();
    await company.settled();
    expect((await mappingOf(emulated)).status).toBe("ACTIVE");
    expect((await held()).teams).toEqual({ data: [ada] });
  });

  test("links to a Team that was imported, by the id that Okta gives it", async () => {
    const seed = { users: [], teams: [{ name: "operations", members: [] }] };
    const emulated = await startEmulatedOkta({ directory, astro: { seed } });
    const { company, send, get, app, held } = emulated;
    company.act({ kind: "import", match: "userName", confirmsExact: true, groups: true });
    await company.settled();
    const search = 'type eq "APP_GROUP" and profile.name eq "operations"';
    const [team] = (await get(encodeURI(`/api/v1/groups?search=${search}`))).body;
    const body = { sourceGroupId: "00g-ops", status: "ACTIVE", targetGroupId: team.id };
    expect((await send("POST", `${app}/group-push/mappings`, { body })).status).toBe(201);
    await company.settled();
    expect(await mappingOf(emulated, "00g-ops")).toMatchObject({ status: "ACTIVE", targetGroupId: team.id });
    expect((await held()).teams).toEqual({ data: [ada], ops: [bob] });
  });

  test("that is made inactive pushes nothing before it is active", async () => {
    const emulated = await startEmulatedOkta({ directory });
    const { company, send, app, held, get } = emulated;
    await company.settled();
    const body = { sourceGroupId: "00g-ops", status: "INACTIVE", targetGroupName: "ops" };
    const made = await send("POST", `${app}/group-push/mappings`, { body });
    expect([made.status, made.body.status]).toEqual([201, "INACTIVE"]);
    await company.settled();
    expect(Object.keys((await held()).teams)).toEqual(["data"]);
    expect((await send("DELETE", "/api/v1/groups/00g-ops")).status).toBe(400);
    await send("PATCH", `${app}/group-push/mappings/${made.body.id}`, { body: { status: "ACTIVE" } });
    await company.settled();
    expect((await held()).teams).toEqual({ data: [ada], ops: [bob] });
    expect((await get(`${app}/group-push/mappings?status=ACTIVE`)).body.length).toBe(2);
  });

  const refusals: readonly (readonly [why: string, body: object, status: number])[] = [
    ["the group is pushed already", { sourceGroupId: "00g-data", targetGroupName: "data" }, 400],
    ["the group is not there", { sourceGroupId: "00g-none", targetGroupName: "none" }, 404],
    ["there is no target", { sourceGroupId: "00g-ops" }, 400],
    [
      "there are two targets",
      { sourceGroupId: "00g-ops", targetGroupName: "ops", targetGroupId: "00g-x" },
      400,
    ],
    ["the target is not there", { sourceGroupId: "00g-ops", targetGroupId: "00g-x" }, 404],
    ["the target has a name that no group has", { sourceGroupId: "00g-ops", targetGroupName: "other" }, 400],
    ["the status is none", { sourceGroupId: "00g-ops", targetGroupName: "ops", status: "ERROR" }, 400],
    ["there is no source", { targetGroupName: "ops" }, 400],
  ];

  test.each(refusals)("is not made where %s", async (_, body, status) => {
    const { send, app } = await startEmulatedOkta({ directory });
    expect((await send("POST", `${app}/group-push/mappings`, { body })).status).toBe(status);
  });

  test("is not there for an app without Group Push", async () => {
    const { get, app } = await startEmulatedOkta({ directory, switches: { groupPush: false } });
    expect((await get(`${app}/group-push/mappings`)).status).toBe(400);
    expect((await get(app)).body.features).not.toContain("GROUP_PUSH");
  });
});

describe("the app", () => {
  test.each([
    ["user.email", { template: "${source.email}", type: "BUILT_IN" }],
    ["user.login", { template: "${source.login}", type: "BUILT_IN" }],
    [
      'String.substringBefore(user.email, "@")',
      { template: '${fn:substringBefore(source.email, "@")}', type: "BUILT_IN" },
    ],
    ["user.nickName", { template: "user.nickName", type: "CUSTOM", pushStatus: "PUSH" }],
  ])("shows the username format %s", async (applicationUsername, expected) => {
    const app = { ...documentedOktaSettings, applicationUsername };
    const emulated = await startEmulatedOkta({ directory, app, startsPaused: true });
    expect((await emulated.get(emulated.app)).body.credentials.userNameTemplate).toEqual(expected);
  });

  test("shows its toggles, and takes others", async () => {
    const { get, send, app, company } = await startEmulatedOkta({ directory });
    const path = `${app}/features/USER_PROVISIONING`;
    const body = { update: { lifecycleDeactivate: { status: "DISABLED" } } };
    expect((await send("PUT", path, { body })).body.capabilities).toMatchObject({
      create: { lifecycleCreate: { status: "ENABLED" } },
      update: { lifecycleDeactivate: { status: "DISABLED" }, profile: { status: "ENABLED" } },
    });
    expect((await get(app)).body.features).not.toContain("PUSH_USER_DEACTIVATION");
    expect(company.app()).toMatchObject({ deactivateUsers: false, createUsers: true });
  });

  test("has no features where its provisioning is off", async () => {
    const { get, app } = await startEmulatedOkta({ directory, switches: { provisioning: false } });
    const { status, body } = await get(`${app}/features`);
    expect([status, body.errorCauses]).toEqual([
      400,
      [{ errorSummary: "Provisioning is not enabled for the app instance." }],
    ]);
    expect((await get(`${app}/connections/default`)).body.status).toBe("DISABLED");
  });

  test("shows where its SCIM server is", async () => {
    const { get, app, astro } = await startEmulatedOkta({ directory });
    expect((await get(`${app}/connections/default`)).body).toMatchObject({
      status: "ENABLED",
      baseUrl: astro.url,
    });
  });

  test("can be found twice by its label", async () => {
    const { get, switches } = await startEmulatedOkta({ directory });
    switches.otherApps = ["Astro", "Astro (old)"];
    expect(
      (await get("/api/v1/apps?q=Astro")).body.map(({ label }: { label: string }) => label).toSorted(),
    ).toEqual(["Astro", "Astro", "Astro (old)"]);
  });

  test("shows its mappings with the places of its attributes, and takes others", async () => {
    const added = {
      from: "user.department",
      externalName: "department",
      externalNamespace: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    };
    const app = {
      ...documentedOktaSettings,
      mappings: { ...documentedOktaSettings.mappings, title: "user.title", unit: added },
    };
    const { get, send, company } = await startEmulatedOkta({ directory, app, startsPaused: true });
    const [listed] = (await get(`/api/v1/mappings?targetId=${company.appId}`)).body;
    expect(listed).toMatchObject({
      source: { type: "user" },
      target: { id: company.appId, type: "appuser" },
    });
    const path = `/api/v1/mappings/${listed.id}`;
    expect((await get(path)).body.properties).toMatchObject({
      givenName: { expression: "user.firstName", pushStatus: "PUSH" },
      title: { expression: "user.title", pushStatus: "PUSH" },
      unit: { expression: "user.department", pushStatus: "PUSH" },
    });
    const { definitions } = (await get(`/api/v1/meta/schemas/apps/${company.appId}/default`)).body;
    const core = "urn:ietf:params:scim:schemas:core:2.0:User";
    expect(definitions.base.properties).toMatchObject({
      givenName: { type: "string", externalName: "name.givenName", externalNamespace: core },
      email: { externalName: "emails.^[primary==true].value", externalNamespace: core },
      roles: { type: "array", items: { type: "string" } },
    });
    expect(definitions.custom.properties).toMatchObject({
      unit: { externalName: "department", externalNamespace: added.externalNamespace },
    });
    const properties = { title: null, unit: { expression: "user.division", pushStatus: "PUSH" } };
    expect((await send("POST", path, { body: { properties } })).body.properties).not.toHaveProperty("title");
    expect(company.app()).toMatchObject({ mappings: { unit: { ...added, from: "user.division" } } });
  });
});
