/** What is read of a live Okta, and what is refused because a part of it is missing. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OktaAppSettings } from "../../../src/directory/app-settings.ts";
import type { ProviderFinding } from "../../../src/directory/provider-finding.ts";
import type { ProvidedDirectory } from "../../../src/directory/source.ts";
import type { AppError } from "../../../src/ground/errors.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { oktaSource } from "../../../src/sources/okta/okta-source.ts";
import {
  oktaClient,
  oktaError,
  type OktaAnswer,
  type OktaClient,
  type OktaLike,
} from "../../support/okta-answers.ts";
import { readOktaContract, withoutOktaContract } from "../../support/okta-contract.ts";
import {
  appId,
  appUser,
  oktaUser,
  smallOkta,
  startSmallOkta,
  type SmallOkta,
} from "../../support/small-okta.ts";

const target = "https://api.astronomer.io/scim/v2/o1";
const contract = readOktaContract();

let okta: SmallOkta;
let server: OktaLike;
let client: OktaClient;

beforeEach(async () => {
  okta = smallOkta();
  server = await startSmallOkta(okta);
  client = oktaClient(server.url);
});

afterEach(async () => {
  const complaints = server.requests.flatMap(({ method, url }) => complaintsAbout(method, url));
  await client.close();
  await server.close();
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
});

test("requests are held to the published description", ({ skip }) => {
  if (contract === undefined) {
    console.warn(withoutOktaContract);
    skip(withoutOktaContract);
  }
  expect(complaintsAbout("GET", "/api/v1/apps?nonsense=1")).toHaveLength(1);
});

function complaintsAbout(method: string, path: string): readonly string[] {
  const answer = { status: 200, body: undefined };
  return contract?.requestComplaints({ method, path, answer }).errors ?? [];
}

async function read(app = "Astro", at: string | undefined = target): Promise<ProvidedDirectory> {
  const source = oktaSource(client.api, { app, now: client.world.clock.now });
  return source.read(at, new AbortController().signal);
}

async function refusal(app = "Astro"): Promise<AppError> {
  return (await read(app).then(
    () => {
      throw new Error("it was read");
    },
    (error: unknown) => error,
  )) as AppError;
}

function settingsOf({ app }: ProvidedDirectory): OktaAppSettings {
  if (app.idp !== "okta") throw new Error("not Okta's");
  return app;
}

/** A company: Ada and Bob one by one, Cid and Dan through a group, which is pushed; Eve is in the group and has no app. */
function company(): void {
  const group = { scope: "GROUP" };
  okta.appUsers = [appUser("ada"), appUser("bob"), appUser("cid", group), appUser("dan", group)];
  okta.assignedGroups = ["00g-staff"];
  okta.groups = [
    { id: "00g-staff", name: "Staff", members: [oktaUser("cid"), oktaUser("dan")] },
    { id: "00g-data", name: "Data", members: [oktaUser("ada"), oktaUser("cid"), oktaUser("eve")] },
  ];
  okta.pushMappings = [
    {
      id: "gPm1",
      status: "ACTIVE",
      sourceGroupId: "00g-data",
      errorSummary: "",
      lastPush: "2026-01-01T00:00:00Z",
    },
  ];
}

describe("a directory", () => {
  test("has everybody who is assigned or in a group of the app, and who that is", async () => {
    company();
    const { directory, remembered } = await read();
    expect([...directory.users.keys()]).toEqual(
      ["ada", "bob", "cid", "dan", "eve"].map((name) => `${name}@example.com`),
    );
    expect(directory.users.get("ada@example.com")).toEqual({
      key: "ada@example.com",
      objectId: "00u-ada",
      status: "active",
      profile: {
        login: "ada@example.com",
        email: "ada@example.com",
        firstName: "ada",
        lastName: "Doe",
        displayName: null,
      },
    });
    expect([...directory.assignedUsers]).toEqual(["ada@example.com", "bob@example.com"]);
    expect([...directory.assignedGroups]).toEqual(["Staff"]);
    expect([...directory.pushedGroups]).toEqual(["Data"]);
    expect([...(directory.groups.get("Data")?.members ?? [])]).toEqual(
      ["ada", "cid", "eve"].map((name) => `${name}@example.com`),
    );
    expect(remembered?.accounts[0]).toEqual({
      objectId: "00u-ada",
      userName: "ada@example.com",
      scimId: "scim-ada",
    });
    expect(remembered?.accounts).toHaveLength(4);
    expect(remembered?.teams.size).toBe(0);
  });

  test.each([
    ["STAGED", "staged"],
    ["PROVISIONED", "active"],
    ["ACTIVE", "active"],
    ["RECOVERY", "active"],
    ["PASSWORD_EXPIRED", "active"],
    ["LOCKED_OUT", "active"],
    ["SUSPENDED", "suspended"],
    ["DEPROVISIONED", "deactivated"],
  ])("has a user whose status is %s as %s", async (status, expected) => {
    okta.appUsers = [appUser("ada", { _embedded: { user: oktaUser("ada", status) } })];
    const { directory } = await read();
    expect(directory.users.get("ada@example.com")?.status).toBe(expected);
  });

  test("has who was assigned before Provisioning was switched on as assigned for single sign-on alone", async () => {
    okta.appUsers = [
      appUser("ada", { externalId: null, status: "ACTIVE", syncState: "DISABLED" }),
      appUser("bob", { status: "ACTIVE", syncState: "DISABLED" }),
    ];
    const { directory, findings } = await read();
    expect([...directory.ssoOnlyUsers]).toEqual(["ada@example.com"]);
    expect(findings).toEqual([]);
  });

  test.each([null, undefined, "", "SYNCHRONIZED"])(
    "does not take somebody for one with single sign-on alone whose syncState is %s",
    async (syncState) => {
      okta.appUsers = [appUser("ada", { externalId: null, status: "ACTIVE", syncState })];
      const { directory, findings } = await read();
      expect(directory.ssoOnlyUsers.size).toBe(0);
      expect([...directory.assignedUsers]).toEqual(["ada@example.com"]);
      expect(findings).toMatchObject([{ kind: "user-not-provisioned", user: { objectId: "00u-ada" } }]);
    },
  );

  test.each(["DEPROVISIONED", "REVOKED", "UNASSIGNED", "IMPORTED", "MATCHED"])(
    "does not count a user whose app user is %s as assigned",
    async (status) => {
      okta.appUsers = [appUser("ada", { status })];
      const { directory } = await read();
      expect(directory.users.has("ada@example.com")).toBe(true);
      expect(directory.assignedUsers.size).toBe(0);
    },
  );

  test("reads a user that does not come with its assignment by its id", async () => {
    okta.appUsers = [appUser("ada", { _embedded: null })];
    okta.users = [oktaUser("ada")];
    const { directory } = await read();
    expect([...directory.assignedUsers]).toEqual(["ada@example.com"]);
  });

  test("keeps a user as assigned whom no group of the app explains", async () => {
    okta.appUsers = [appUser("ada", { scope: "GROUP" })];
    const { directory } = await read();
    expect([...directory.assignedUsers]).toEqual(["ada@example.com"]);
  });

  test("tells groups of one name apart", async () => {
    okta.assignedGroups = ["00g-1", "00g-2"];
    okta.groups = [
      { id: "00g-1", name: "Staff", members: [] },
      { id: "00g-2", name: "Staff", members: [] },
    ];
    const { directory } = await read();
    expect([...directory.groups.keys()]).toEqual(["Staff", "Staff (00g-2)"]);
  });

  test("has the members of many groups without looking each group up", async () => {
    okta.pageSize = 200;
    okta.groups = Array.from({ length: 101 }, (_, at) => ({
      id: `00g-${at}`,
      name: `g${at}`,
      members: [oktaUser("ada")],
    }));
    okta.assignedGroups = okta.groups.map(({ id }) => id);
    const { directory } = await read();
    expect(directory.groups.size).toBe(101);
    expect(server.requests.filter(({ path }) => path === "/api/v1/groups")).toHaveLength(1);
  });

  test("has a group that is not found where Okta does not filter", async () => {
    company();
    const all = okta.groups.map(({ id, name, members }) => ({
      id,
      profile: { name },
      _embedded: { stats: { usersCount: members.length } },
    }));
    okta.instead = ({ path, query }) => {
      if (path !== "/api/v1/groups") return undefined;
      return query.has("filter")
        ? { status: 400, body: oktaError("E0000031", "Invalid search criteria.") }
        : { body: all };
    };
    const { directory } = await read();
    expect([...directory.groups.keys()]).toEqual(["Staff", "Data"]);
    expect(
      server.requests.filter(({ path, query }) => path === "/api/v1/groups" && !query.has("filter")),
    ).toHaveLength(1);
  });

  test("does not ask for push groups where the app has no Group Push", async () => {
    okta.apps = [{ ...okta.apps[0], features: ["PUSH_NEW_USERS"] }];
    await read();
    expect(server.requests.some(({ path }) => path.endsWith("/group-push/mappings"))).toBe(false);
  });
});

describe("what Okta remembers", () => {
  test.each([
    ["the server that the app sends to", target],
    ["the same with a slash", `${target}/`],
  ])("is given for %s", async (_, at) => {
    okta.appUsers = [appUser("ada")];
    expect((await read("Astro", at)).remembered?.accounts).toHaveLength(1);
  });

  test.each([
    ["another server", "http://127.0.0.1:8888/scim/v2/o1"],
    ["another organization", "https://api.astronomer.io/scim/v2/o2"],
  ])("is not given for %s", async (_, at) => {
    okta.appUsers = [appUser("ada")];
    expect((await read("Astro", at)).remembered).toBeUndefined();
  });

  test("is not given for an Astro inside the process", async () => {
    okta.appUsers = [appUser("ada")];
    const source = oktaSource(client.api, { app: "Astro", now: client.world.clock.now });
    expect((await source.read(undefined, new AbortController().signal)).remembered).toBeUndefined();
  });

  test("is given where Okta does not show where the app sends to", async () => {
    okta.connection = undefined;
    okta.appUsers = [appUser("ada")];
    expect((await read()).remembered?.accounts).toHaveLength(1);
  });
});

describe("the app", () => {
  test.each([
    ["its label", "Astro"],
    ["its label in another case", "astro"],
    ["its id", appId],
  ])("is found by %s", async (_, named) => {
    expect((await read(named)).directory.users.size).toBe(0);
  });

  test("that is not there is refused, with those that are called almost so", async () => {
    okta.apps = [{ ...okta.apps[0], label: "Astro (test)" }];
    const error = await refusal();
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain('no app with the label or ID "Astro"');
    expect(error.hint).toContain("Astro (test)");
  });

  test("that is there twice is refused, and both are listed", async () => {
    okta.apps = [okta.apps[0]!, { ...okta.apps[0], id: "0oa2", status: "INACTIVE" }];
    const error = await refusal();
    expect(error.code).toBe("source-incomplete");
    expect(error.hint).toContain(`${appId}  Astro (ACTIVE)`);
    expect(error.hint).toContain("0oa2  Astro (INACTIVE)");
  });

  test.each<[string, () => void, string]>([
    ["is inactive", () => (okta.apps = [{ ...okta.apps[0], status: "INACTIVE" }]), "is INACTIVE in Okta"],
    ["has no features", () => (okta.apps = [{ ...okta.apps[0], features: [] }]), "no provisioning features"],
    [
      "has its feature disabled",
      () => (okta.provisioning = { ...okta.provisioning, status: "DISABLED" }),
      "USER_PROVISIONING is disabled",
    ],
    [
      "has its connection disabled",
      () => (okta.connection = { status: "DISABLED" }),
      "connection is disabled",
    ],
  ])("that %s is refused", async (_, change, words) => {
    change();
    const error = await refusal();
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain(words);
  });

  test.each<[string, string | undefined, string]>([
    ["${source.email}", "BUILT_IN", "user.email"],
    ["${source.login}", "BUILT_IN", "user.login"],
    ["${fn:toLowerCase(source.email)}", "BUILT_IN", "String.toLowerCase(user.email)"],
    ['${fn:substringBefore(source.login, "@")}', "BUILT_IN", 'String.substringBefore(user.login, "@")'],
    ['String.append(user.firstName, "@x.io")', "CUSTOM", 'String.append(user.firstName, "@x.io")'],
    ["${source.login}.acme", "CUSTOM", 'user.login + ".acme"'],
  ])("has the application username format %s", async (template, type, expression) => {
    okta.apps = [{ ...okta.apps[0], credentials: { userNameTemplate: { template, type } } }];
    expect(settingsOf(await read()).applicationUsername).toBe(expression);
  });

  test("has its tick boxes by the feature, and by its features where Okta does not show that", async () => {
    okta.provisioning = {
      name: "USER_PROVISIONING",
      status: "ENABLED",
      capabilities: {
        create: { lifecycleCreate: { status: "DISABLED" } },
        update: { profile: { status: "ENABLED" }, lifecycleDeactivate: { status: "DISABLED" } },
      },
    };
    expect(settingsOf(await read())).toMatchObject({
      createUsers: false,
      updateUserAttributes: true,
      deactivateUsers: false,
    });
    okta.provisioning = undefined;
    okta.apps = [{ ...okta.apps[0], features: ["PUSH_NEW_USERS", "GROUP_PUSH"] }];
    expect(settingsOf(await read())).toMatchObject({
      createUsers: true,
      updateUserAttributes: false,
      deactivateUsers: false,
    });
  });

  test("has its mappings, and where their values go", async () => {
    addMapping("title", "user.title", { externalName: "title" });
    addMapping("team", "String.toUpperCase(user.team)", {
      externalName: "department",
      externalNamespace: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    });
    addMapping("seats", "user.seats", {
      type: "integer",
      externalName: "seats",
      externalNamespace: "urn:example:2.0:User",
    });
    addMapping("unsent", "user.title", { externalName: "unsent", externalNamespace: null });
    const provided = await read();
    expect(settingsOf(provided).mappings).toEqual({
      givenName: "user.firstName",
      familyName: "user.lastName",
      email: "user.email",
      displayName: "user.displayName",
      title: { from: "user.title", externalName: "title", externalNamespace: core },
      team: {
        from: "String.toUpperCase(user.team)",
        externalName: "department",
        externalNamespace: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      },
      seats: {
        from: "user.seats",
        externalName: "seats",
        externalNamespace: "urn:example:2.0:User",
        type: "integer",
      },
      unsent: { from: "user.title" },
    });
    expect(provided.notEvaluated).toEqual([]);
  });

  const core = "urn:ietf:params:scim:schemas:core:2.0:User";

  function addMapping(name: string, expression: string, attribute: Readonly<Record<string, unknown>>): void {
    const [mapping] = okta.mappings;
    const properties = { ...(mapping?.["properties"] as object), [name]: { expression, pushStatus: "PUSH" } };
    okta.mappings = [{ ...mapping, properties }];
    const { base } = (okta.schema as { definitions: { base: object } }).definitions;
    const before = (okta.schema as { definitions: { custom: { properties: object } } }).definitions.custom
      .properties;
    const properties2 = { ...before, [name]: { type: "string", externalNamespace: core, ...attribute } };
    okta.schema = { definitions: { base, custom: { properties: properties2 } } };
  }

  test.each([
    [
      "a function that is not supported",
      "title",
      'getFilteredGroups({"00g1"}, "group.name", 50).unknown()',
      "title",
    ],
    ["another app", "title", "google.title", "title"],
    ["a documented attribute", "displayName", "google.name", "displayName"],
    ["an attribute of an extension", "dept", "google.dept", "dept"],
  ])("has a mapping left out and named that cannot be evaluated: %s", async (_, name, expression, path) => {
    addMapping(name, expression, { externalName: path });
    const provided = await read();
    expect(Object.keys(settingsOf(provided).mappings)).not.toContain(name);
    expect(provided.notEvaluated).toEqual([
      { attribute: path, expression, why: expect.stringMatching(/[^.]$/) as string },
    ]);
  });

  test("has what is sent only at creation named", async () => {
    const [mapping] = okta.mappings;
    const properties = { displayName: { expression: "user.displayName", pushStatus: "DONT_PUSH" } };
    okta.mappings = [{ ...mapping, properties }];
    expect((await read()).notEvaluated).toEqual([
      {
        attribute: "displayName",
        expression: "user.displayName",
        why: "Okta sends it only when the account is created",
        onlyAtCreation: true,
      },
    ]);
  });

  test("has what differs between the types of user named", async () => {
    const [mapping] = okta.mappings;
    const properties = {
      ...(mapping?.["properties"] as object),
      displayName: { expression: "user.nickName" },
    };
    okta.mappings = [mapping!, { ...mapping, id: "prm2", source: { id: "oty2", type: "user" }, properties }];
    const { notEvaluated } = await read();
    expect(notEvaluated).toMatchObject([
      { attribute: "displayName", why: expect.stringContaining("2 types of user") as string },
    ]);
  });

  test("has what is mapped for some types of user alone named", async () => {
    const [mapping] = okta.mappings;
    const properties = { ...(mapping?.["properties"] as object), title: { expression: "user.title" } };
    okta.mappings = [mapping!, { ...mapping, id: "prm2", source: { id: "oty2", type: "user" }, properties }];
    const { notEvaluated } = await read();
    expect(notEvaluated).toMatchObject([
      {
        attribute: "title",
        expression: "user.title",
        why: expect.stringContaining("2 types of user") as string,
      },
    ]);
  });

  test("has what is sent only at creation for some types of user named", async () => {
    const [mapping] = okta.mappings;
    const properties = {
      ...(mapping?.["properties"] as object),
      displayName: { expression: "user.displayName", pushStatus: "DONT_PUSH" },
    };
    okta.mappings = [mapping!, { ...mapping, id: "prm2", source: { id: "oty2", type: "user" }, properties }];
    expect((await read()).notEvaluated).toMatchObject([{ attribute: "displayName" }]);
  });

  test("without any mapping is refused", async () => {
    okta.mappings = [];
    expect((await refusal()).message).toContain("no mapping");
  });
});

describe("the userName", () => {
  function userNames({ directory, app }: ProvidedDirectory): readonly string[] {
    return [...expectedState(directory, app).users.values()].map(({ userName }) => userName);
  }

  test("is what the format makes", async () => {
    okta.appUsers = [appUser("ada")];
    const provided = await read();
    expect(settingsOf(provided).applicationUsername).toBe("user.email");
    expect(userNames(provided)).toEqual(["ada@example.com"]);
  });

  test("is Okta's where an administrator typed another one", async () => {
    okta.appUsers = [appUser("ada"), appUser("bob", { credentials: { userName: "robert@example.com" } })];
    expect(userNames(await read())).toEqual(["ada@example.com", "robert@example.com"]);
  });

  test.each(["${source.samAccountName}", "google.email", undefined])(
    "is Okta's where the format cannot be evaluated: %s",
    async (template) => {
      okta.apps = [{ ...okta.apps[0], credentials: { userNameTemplate: { template, type: "CUSTOM" } } }];
      okta.appUsers = [
        appUser("ada", { credentials: { userName: "ADA" } }),
        appUser("bob", { credentials: { userName: "BOB" } }),
      ];
      const provided = await read();
      expect(userNames(provided)).toEqual(["ADA", "BOB"]);
      expect(provided.notEvaluated).toEqual([]);
    },
  );
});

describe("findings", () => {
  async function findings(): Promise<readonly ProviderFinding[]> {
    return (await read()).findings ?? [];
  }

  const ada = { objectId: "00u-ada", name: "ada@example.com" };
  const since = "2026-01-02T03:04:05.000Z";

  function failure(about: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return {
      published: "2026-01-10T00:00:00.000Z",
      eventType: "application.provision.user.push",
      displayMessage: "Push new user to external application",
      outcome: { result: "FAILURE", reason: "Conflict. Errors reported by remote server: taken." },
      target: [
        { id: "0ua1", type: "AppUser", alternateId: "ada@example.com" },
        { id: appId, type: "AppInstance" },
        { id: "00u-ada", type: "User", alternateId: "ada@example.com" },
      ],
      ...about,
    };
  }

  test.each([
    ["STAGED", { status: "STAGED", syncState: "OUT_OF_SYNC" }, "STAGED"],
    ["PENDING", { status: "PENDING", syncState: null }, "PENDING"],
    ["in ERROR", { status: "STAGED", syncState: "ERROR" }, "ERROR"],
  ])("a user who is %s is not provisioned", async (_, about, status) => {
    okta.appUsers = [appUser("ada", { externalId: null, ...about })];
    expect(await findings()).toEqual([{ kind: "user-not-provisioned", user: ada, status, since }]);
  });

  test("the error is the System Log's", async () => {
    okta.appUsers = [appUser("ada", { externalId: null, status: "STAGED", syncState: "ERROR" })];
    okta.logs = [
      failure({ target: [{ id: "00u-other", type: "User" }] }),
      failure({}),
      failure({ outcome: { result: "FAILURE", reason: "older" } }),
    ];
    const provided = await read();
    const error = "Conflict. Errors reported by remote server: taken";
    expect(provided.findings).toEqual([
      { kind: "user-not-provisioned", user: ada, status: "ERROR", error, since: "2026-01-10T00:00:00.000Z" },
    ]);
    expect(provided.remembered?.stopped.users.get("00u-ada")).toEqual({
      name: "ada@example.com",
      why: `the assignment failed: ${error}`,
    });
  });

  test("without the right to read the log they have no error", async () => {
    okta.appUsers = [appUser("ada", { externalId: null, status: "STAGED", syncState: "ERROR" })];
    okta.instead = ({ path }) =>
      path === "/api/v1/logs"
        ? { status: 403, body: oktaError("E0000006", "You do not have permission") }
        : undefined;
    expect(await findings()).toEqual([{ kind: "user-not-provisioned", user: ada, status: "ERROR", since }]);
  });

  test.each([
    ["ERROR", { syncState: "ERROR" }, "ERROR"],
    ["OUT_OF_SYNC", { syncState: "OUT_OF_SYNC" }, "OUT_OF_SYNC"],
    ["REVOKED", { status: "REVOKED" }, "REVOKED"],
  ])("a provisioned user that is %s is not in sync", async (_, about, status) => {
    okta.appUsers = [appUser("ada", about)];
    expect(await findings()).toEqual([{ kind: "user-not-in-sync", user: ada, status, since }]);
  });

  test.each(["STAGED", "SUSPENDED", "DEPROVISIONED"])(
    "a user who is %s in Okta is not missed",
    async (status) => {
      okta.appUsers = [
        appUser("ada", { externalId: null, status: "STAGED", _embedded: { user: oktaUser("ada", status) } }),
      ];
      expect(await findings()).toEqual([]);
    },
  );

  test("the log is not read where nothing has failed", async () => {
    company();
    await findings();
    expect(server.requests.some(({ path }) => path === "/api/v1/logs")).toBe(false);
  });

  test("push mappings that failed or are inactive, and how assignment and push fit together", async () => {
    company();
    const lastPush = "2026-01-01T00:00:00Z";
    okta.groups = [...okta.groups, { id: "00g-old", name: "Old", members: [] }];
    okta.pushMappings = [
      { id: "gPm1", status: "ERROR", sourceGroupId: "00g-data", errorSummary: "Group not found.", lastPush },
      { id: "gPm2", status: "INACTIVE", sourceGroupId: "00g-old", errorSummary: "", lastPush: null },
    ];
    const data = { objectId: "00g-data", name: "Data" };
    expect(await findings()).toEqual([
      { kind: "push-mapping-failed", group: data, error: "Group not found", lastPush },
      { kind: "push-mapping-inactive", group: { objectId: "00g-old", name: "Old" } },
      { kind: "group-assigned-not-pushed", group: { objectId: "00g-staff", name: "Staff" } },
      {
        kind: "group-pushed-not-assigned",
        group: data,
        members: [{ objectId: "00u-eve", name: "eve@example.com" }],
      },
    ]);
  });

  test("a member of an assigned group to whom Okta has not given the app", async () => {
    okta.assignedGroups = ["00g-staff"];
    okta.groups = [
      { id: "00g-staff", name: "Staff", members: [oktaUser("ada"), oktaUser("bob", "SUSPENDED")] },
    ];
    expect((await findings())[0]).toEqual({
      kind: "user-not-provisioned",
      user: ada,
      status: "not assigned yet",
    });
  });

  test("a tick box that is off, with who unticked it", async () => {
    okta.provisioning = {
      name: "USER_PROVISIONING",
      capabilities: { update: { lifecycleDeactivate: { status: "DISABLED" } } },
    };
    okta.logs = [
      {
        published: "2026-01-12T00:00:00.000Z",
        eventType: "application.lifecycle.update",
        actor: { id: "00u-eve", type: "User", alternateId: "eve@example.com", displayName: "Eve Doe" },
        target: [
          {
            id: appId,
            type: "AppInstance",
            changeDetails: { from: { label: "Astro" }, to: { label: "ASTRO" } },
          },
        ],
      },
      {
        published: "2026-01-11T00:00:00.000Z",
        eventType: "application.lifecycle.update",
        actor: { id: "00u-bob", type: "User", alternateId: "bob@example.com", displayName: "Bob Doe" },
        target: [
          { id: appId, type: "AppInstance", changeDetails: { to: { lifecycleDeactivate: "DISABLED" } } },
        ],
      },
    ];
    expect(await findings()).toEqual([
      {
        kind: "toggle-off",
        toggle: "Deactivate Users",
        effect: "Users who lose the app keep an active account in Astro.",
        since: "2026-01-11T00:00:00.000Z",
        by: "bob@example.com",
      },
    ]);
  });

  test("the log is read beyond our own time: Okta's clock may be ahead", async () => {
    okta.provisioning = {
      name: "USER_PROVISIONING",
      capabilities: { update: { lifecycleDeactivate: { status: "DISABLED" } } },
    };
    await findings();
    const asked = server.requests.filter(({ path }) => path === "/api/v1/logs");
    const hour = 3_600_000;
    expect(asked.length).toBeGreaterThan(0);
    for (const { query } of asked) {
      expect(Date.parse(query.get("until") ?? "")).toBeGreaterThan(client.world.clock.now().getTime() + hour);
    }
  });
});

describe("a part that is missing", () => {
  test.each<[string, () => void, string]>([
    [
      "a group that Okta does not show",
      () => (okta.assignedGroups = ["00g-staff", "00g-gone"]),
      "the group 00g-gone",
    ],
    [
      "a pushed group that Okta does not show",
      () => (okta.pushMappings = [{ id: "gPm1", status: "ACTIVE", sourceGroupId: "00g-gone" }]),
      "the group 00g-gone",
    ],
    [
      "the app's group to which a group is pushed",
      () =>
        (okta.pushMappings = [
          { id: "gPm1", status: "ACTIVE", sourceGroupId: "00g-data", targetGroupId: "00g-gone" },
        ]),
      "Okta does not show the group 00g-gone of the app, to which the group 00g-data is pushed",
    ],
    [
      "a group with more members than it lists",
      () => (okta.groups = okta.groups.map((group) => ({ ...group, count: 7 }))),
      'Okta counts 7 members of the group "Staff" (00g-staff), and lists 2.',
    ],
    [
      "a group through which somebody is assigned",
      () =>
        (okta.appUsers = [
          appUser("ada", {
            scope: "GROUP",
            _links: { group: { href: "https://acme.okta.com/api/v1/groups/00g-hidden" } },
          }),
        ]),
      "through the group 00g-hidden",
    ],
    [
      "what a user is",
      () =>
        (okta.appUsers = [
          appUser("ada", { _embedded: { user: { id: "00u-ada", status: "ACTIVE", profile: {} } } }),
        ]),
      "the object 00u-ada is not in the expected form at _embedded.user.profile: a profile with a login",
    ],
    [
      "a user that does not come along",
      () => (okta.appUsers = [appUser("ada", { _embedded: {} })]),
      "the user 00u-ada",
    ],
    [
      "what a member is",
      () =>
        (okta.groups = okta.groups.map((group) => ({
          ...group,
          members: [{ id: "00u-cid" }, { id: "00u-dan" }],
        }))),
      "Could not read the members of the group Staff from Okta",
    ],
    ["the id of a group", () => (okta.pushMappings = [{ id: "gPm1", status: "ACTIVE" }]), "at sourceGroupId"],
    [
      "an app user's status that is known",
      () => (okta.appUsers = [appUser("ada", { status: "LIMBO" })]),
      "has the status LIMBO in the app",
    ],
    [
      "a status that is known",
      () => (okta.appUsers = [appUser("ada", { _embedded: { user: oktaUser("ada", "NEW") } })]),
      "has the status NEW",
    ],
  ])("is refused: %s", async (_, change, words) => {
    company();
    change();
    const error = await refusal();
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain(words);
  });

  test.each<[string, string, unknown]>([
    ["a group", "/api/v1/groups/00g-staff", { id: "00g-other", profile: { name: "Other" } }],
    [
      "the app",
      `/api/v1/apps/${appId}`,
      { id: "0oa2", label: "Other", status: "ACTIVE", features: ["GROUP_PUSH"] },
    ],
    ["a mapping", "/api/v1/mappings/prm1", { id: "prm9", source: {}, properties: {} }],
  ])("is refused: %s that is answered with another one", async (_, path, body) => {
    company();
    okta.instead = (request) => {
      if (request.path === path) return { body };
      // Only the answer by id is left.
      return request.path === "/api/v1/groups" ? { body: [] } : undefined;
    };
    const error = await refusal(appId);
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain(path);
  });

  test("is not missing where a group has changed while it was read", async () => {
    company();
    let reads = 0;
    okta.instead = ({ path }, answer) => {
      if (path !== "/api/v1/groups/00g-staff/users") return undefined;
      reads += 1;
      return reads === 1 ? { ...answer, body: [oktaUser("cid")] } : undefined;
    };
    const { directory } = await read();
    expect(directory.groups.get("Staff")?.members.size).toBe(2);
  });

  test.each([
    ["/api/v1/apps", "okta.apps.read"],
    [`/api/v1/apps/${appId}/users`, "okta.apps.read"],
    [`/api/v1/apps/${appId}/groups`, "okta.apps.read"],
    [`/api/v1/apps/${appId}/features/USER_PROVISIONING`, "okta.apps.read"],
    [`/api/v1/apps/${appId}/group-push/mappings`, "okta.apps.read and okta.groups.read"],
    ["/api/v1/groups", "okta.groups.read"],
    ["/api/v1/groups/00g-staff/users", "okta.groups.read"],
    ["/api/v1/mappings", "okta.profileMappings.read"],
    ["/api/v1/mappings/prm1", "okta.profileMappings.read"],
    [`/api/v1/meta/schemas/apps/${appId}/default`, "okta.schemas.read"],
  ])("for lack of a right to %s is refused, and names %s", async (path, scope) => {
    company();
    okta.instead = (request) =>
      request.path === path
        ? {
            status: 403,
            body: oktaError("E0000006", "You do not have permission to perform the requested action"),
          }
        : undefined;
    const error = await refusal();
    expect(error.code).toBe("permission-missing");
    expect(error.message).toContain(`${scope} is needed`);
  });
});

describe("every answer, broken in each way, one at a time", () => {
  const ways: readonly (readonly [string, (answer: OktaAnswer) => OktaAnswer | undefined])[] = [
    ["fails", () => ({ status: 500, body: oktaError("E0000009", "Internal Server Error") })],
    ["is cut off", (answer) => ({ ...answer, cutAfter: 3 })],
    ["is a web page", () => ({ body: "<html>Sign in</html>" })],
    ["is null", () => ({ body: null })],
    [
      "leads elsewhere",
      (answer) => ({ ...answer, headers: { Link: '<https://evil.example/a>; rel="next"' } }),
    ],
  ];

  test.each(ways)("%s: the directory is refused", async (what, broken) => {
    company();
    okta.pageSize = 1;
    await read();
    const urls = server.requests.map(({ url }) => url);
    expect(new Set(urls).size).toBeGreaterThan(15);
    for (const url of new Set(urls)) {
      okta.instead = (request, answer) => (request.url === url ? broken(answer) : undefined);
      const isList = server.requests.some((request) => request.url === url && isListed(request.path));
      if (what === "leads elsewhere" && !isList) continue;
      const outcome = await read().then(
        () => "it was read",
        (error: AppError) => error.code,
      );
      expect([url, outcome]).toEqual([
        url,
        expect.stringMatching(/^(source-incomplete|unreachable)$/) as string,
      ]);
    }
  });

  /** One group is looked up in the list of all groups, of which there is one page. */
  function isListed(path: string): boolean {
    return path !== "/api/v1/groups" && /\/(?:users|groups|mappings|apps)$/.test(path);
  }
});
