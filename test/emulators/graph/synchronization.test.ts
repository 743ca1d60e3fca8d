/** The synchronization job of the emulated Microsoft Graph: what it shows is the engine's own state, and what is pressed moves it. */

import { describe, expect, onTestFinished, test } from "vitest";
import {
  documentedEntraSettings,
  gallerySettings,
  type EntraAppSettings,
} from "../../../src/directory/entra-app-settings.ts";
import type { TargetCredentials } from "../../../src/emulators/graph/options.ts";
import { createSender } from "../../../src/http/send.ts";
import { startServer } from "../../../src/server/start.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { seededWorld } from "../../support/seeded-world.ts";
import {
  sorted,
  startEmulatedGraph,
  type EmulatedGraph,
  type EmulatedGraphOptions,
  type GraphAnswer,
} from "../../support/emulated-graph.ts";

const [ada, bob, eve] = ["ada@example.com", "bob@example.com", "eve@example.com"];

const directory = aDirectory({
  users: [anEntraUser(ada), anEntraUser(bob), anEntraUser(eve, { profile: { mail: null } })],
  groups: [aGroup("data", [ada, bob])],
  assignedUsers: [eve],
  assignedGroups: ["data"],
  pushedGroups: [],
});

interface JobGraph extends EmulatedGraph {
  /** `/v1.0/servicePrincipals/{id}/synchronization`. */
  readonly synchronization: string;
  readonly job: string;
  readonly status: () => Promise<GraphAnswer>;
  readonly cycle: () => Promise<void>;
  readonly press: (what: string, body?: Record<string, string | object>) => Promise<number>;
  readonly idOf: (mail: string) => Promise<string>;
}

async function start(options: Partial<EmulatedGraphOptions> = {}): Promise<JobGraph> {
  const graph = await startEmulatedGraph({ directory, ...options });
  const synchronization = `/v1.0/servicePrincipals/${graph.company.appId}/synchronization`;
  const [{ id }] = await graph.all(`${synchronization}/jobs`);
  const job = `${synchronization}/jobs/${id}`;
  return {
    ...graph,
    synchronization,
    job,
    status: () => graph.get(job),
    cycle: async () => {
      graph.company.runCycle();
      await graph.company.settled();
    },
    press: async (what, body) => {
      const { status } = await graph.send(
        "POST",
        `${job}/${what}`,
        body === undefined ? {} : { body: { ...body } as never },
      );
      await graph.company.settled();
      return status;
    },
    idOf: async (mail) => {
      const users = await graph.all("/v1.0/users?$select=id,userPrincipalName");
      return users.find(({ userPrincipalName }) => userPrincipalName === mail).id;
    },
  };
}

describe("the job", () => {
  test("says what the first cycle did", async () => {
    const { status, tenantId } = await start();
    const { body } = await status();
    expect(body.id).toMatch(new RegExp(`^scim\\.${tenantId.replaceAll("-", "")}\\.[\\da-f-]{36}$`));
    expect(body).toMatchObject({
      templateId: "scim",
      schedule: { state: "Active", interval: "PT40M" },
      status: {
        code: "Active",
        countSuccessiveCompleteFailures: 0,
        escrowsPruned: false,
        quarantine: null,
        lastExecution: { state: "Succeeded", countExported: 4, error: null },
        synchronizedEntryCountByType: [
          { key: "User", value: 2 },
          { key: "Group", value: 1 },
        ],
      },
    });
    expect(body.status.lastSuccessfulExecutionWithExports).toEqual(body.status.lastExecution);
    expect(body.status.steadyStateLastAchievedTime).toMatch(/^2\d{3}-/);
  });

  test("has not run before it is started", async () => {
    const graph = await start({ startsPaused: true });
    expect((await graph.status()).body).toMatchObject({
      schedule: { state: "Disabled" },
      status: { code: "NotRun", lastExecution: null, steadyStateFirstAchievedTime: "0001-01-01T00:00:00Z" },
    });
    expect(await graph.held()).toEqual({ users: [], teams: {} });
    expect(await graph.press("start")).toBe(204);
    expect((await graph.status()).body.status.code).toBe("Active");
    expect(await graph.held()).toEqual({ users: [ada, bob], teams: { data: [ada, bob] } });
  });

  test("sends nothing while it is paused, and everything after", async () => {
    const graph = await start();
    expect(await graph.press("pause")).toBe(204);
    expect((await graph.status()).body).toMatchObject({
      schedule: { state: "Paused" },
      status: { code: "Paused" },
    });
    await graph.send("PATCH", `/v1.0/users/${ada}`, { body: { accountEnabled: false } });
    await graph.cycle();
    expect((await graph.held()).users).toEqual([ada, bob]);
    await graph.press("start");
    expect((await graph.held()).users).toEqual([bob]);
  });

  test("is in quarantine where the target refuses the credentials, and says why and until when", async () => {
    const graph = await start();
    graph.astro.faults.set(["status=401"]);
    await graph.cycle();
    const { body } = await graph.status();
    expect(body.status).toMatchObject({
      code: "Quarantine",
      countSuccessiveCompleteFailures: 1,
      lastExecution: { state: "Failed", error: { message: expect.stringMatching(/credential|401/i) } },
      lastSuccessfulExecution: { state: "Succeeded" },
      quarantine: {
        reason: "EncounteredQuarantineException",
        seriesCount: 1,
        error: { code: "EncounteredQuarantineException", message: expect.any(String) },
      },
    });
    const { currentBegan, nextAttempt } = body.status.quarantine;
    expect(Date.parse(nextAttempt) - Date.parse(currentBegan)).toBe(24 * 3_600_000);
    graph.astro.faults.clear();
    await graph.cycle();
    expect((await graph.status()).body.status).toMatchObject({ code: "Active", quarantine: null });
  });

  test("pauses itself where an initial cycle fails too much, and goes on once it is started", async () => {
    const { fidelity } = documentedEntraSettings;
    const app = { ...documentedEntraSettings, fidelity: { ...fidelity, entraQuarantineFrom: 1 } };
    const graph = await start({ app, startsPaused: true });
    graph.astro.faults.set(["status=500,method=POST"]);
    await graph.press("start");
    expect((await graph.status()).body).toMatchObject({
      schedule: { state: "Paused" },
      status: { code: "Paused", escrowsPruned: true, quarantine: null },
    });
    graph.astro.faults.clear();
    await graph.press("start");
    expect((await graph.status()).body.status).toMatchObject({ code: "Active", escrowsPruned: false });
  });

  test("is in quarantine where too many would be deleted, until they are allowed", async () => {
    const app = { ...documentedEntraSettings, accidentalDeletionThreshold: 1 };
    const graph = await start({ app });
    expect((await graph.status()).body.synchronizationJobSettings).toEqual([
      { name: "QuarantineTooManyDeletes", value: "True" },
      { name: "QuarantineTooManyDeletesThreshold", value: "1" },
    ]);
    for (const mail of [ada, bob]) {
      await graph.send("PATCH", `/v1.0/users/${mail}`, { body: { accountEnabled: false } });
    }
    await graph.cycle();
    expect((await graph.status()).body.status.quarantine.reason).toBe("TooManyDeletes");
    const log = await graph.all("/v1.0/auditLogs/provisioning?$filter=provisioningAction eq 'StagedDelete'");
    expect(log.map(({ provisioningStatusInfo }) => provisioningStatusInfo.status)).toEqual([
      "skipped",
      "skipped",
    ]);
    expect((await graph.held()).users).toEqual([ada, bob]);
    expect(await graph.press("restart", { criteria: { resetScope: "ForceDeletes" } })).toBe(204);
    expect((await graph.held()).users).toEqual([]);
  });

  test.each<readonly [name: string, body: object | undefined]>([
    ["without criteria", undefined],
    ["with an empty scope", { criteria: { resetScope: "" } }],
    ["with several scopes", { criteria: { resetScope: "Watermark, Escrows,QuarantineState" } }],
    ["with everything", { criteria: { resetScope: "full" } }],
  ])("looks at everything again after a restart %s", async (_name, body) => {
    const graph = await start();
    const read = graph.requests.length;
    await graph.cycle();
    const idle = graph.requests.length - read;
    expect(await graph.press("restart", body && { ...body })).toBe(204);
    expect(graph.requests.length - read - idle).toBeGreaterThan(idle);
  });

  test.each(["None", "Escrows", "QuarantineState", "ConnectorDataStore"])(
    "looks only at what has changed after a restart with %s alone",
    async (resetScope) => {
      const graph = await start();
      const read = graph.requests.length;
      await graph.cycle();
      const idle = graph.requests.length - read;
      expect(await graph.press("restart", { criteria: { resetScope } })).toBe(204);
      expect(graph.requests.length - read - idle).toBe(idle);
    },
  );

  test("refuses a restart with a scope that there is not", async () => {
    const graph = await start();
    expect(await graph.press("restart", { criteria: { resetScope: "Everything" } })).toBe(400);
  });

  test.each([
    ["of another id", "jobs/scim.1.2", 404],
    ["of another app", "", 404],
  ])("%s is not found", async (_name, path, status) => {
    const graph = await start({ graph: { otherApps: ["Other"] } });
    const [other] = await graph.all("/v1.0/servicePrincipals?$filter=displayName eq 'Other'");
    const elsewhere = graph.job.replace(graph.company.appId, other.id);
    expect((await graph.get(path === "" ? elsewhere : `${graph.synchronization}/${path}`)).status).toBe(
      status,
    );
    expect(await graph.all(`/v1.0/servicePrincipals/${other.id}/synchronization/jobs`)).toEqual([]);
  });
});

describe("the schema", () => {
  const { users, groups } = documentedEntraSettings;
  const odd: EntraAppSettings = {
    ...documentedEntraSettings,
    users: {
      enabled: true,
      actions: { create: true, update: false, delete: true },
      mappings: [
        ...users.mappings,
        {
          target: "title",
          source: { kind: "constant", value: 'a "quoted" one' },
          applies: "only-during-creation",
        },
        { target: "nickName", source: { kind: "none" }, defaultIfNull: "nobody", applies: "always" },
        {
          target: "userType",
          source: { kind: "expression", text: 'IIF(IsPresent([department]), "staff", "other")' },
          applies: "always",
        },
      ],
      scopingFilters: [
        {
          name: "Staff",
          clauses: [
            { attribute: "department", operator: "IS NOT NULL" },
            { attribute: "department", operator: "NOT REGEX MATCH", value: "^x" },
          ],
        },
        { clauses: [{ attribute: "city", operator: "EQUALS", value: "Rome" }] },
      ],
    },
    groups: { ...groups, enabled: false, actions: { create: false, update: false, delete: false } },
  };

  test.each<readonly [name: string, settings: EntraAppSettings]>([
    ["documented", documentedEntraSettings],
    ["gallery", gallerySettings],
    ["odd", odd],
  ])("means the same as the settings, both ways: %s", async (_name, settings) => {
    const graph = await start({ app: settings, startsPaused: true });
    const { body } = await graph.get(`${graph.job}/schema`);
    delete body["@odata.context"];
    const start2 = await start({
      app: { ...documentedEntraSettings, integration: settings.integration },
      startsPaused: true,
    });
    expect((await start2.send("PATCH", `${start2.job}/schema`, { body })).status).toBe(204);
    const { users: readUsers, groups: readGroups } = start2.company.app() as EntraAppSettings;
    expect({ users: readUsers, groups: readGroups }).toEqual({
      users: settings.users,
      groups: settings.groups,
    });
  });

  test("has a source of each type in Graph's form", async () => {
    const graph = await start({ app: odd, startsPaused: true });
    const { body } = await graph.get(`${graph.job}/schema`);
    const [rule] = body.synchronizationRules;
    expect(rule).toMatchObject({
      sourceDirectoryName: "Azure Active Directory",
      targetDirectoryName: "customappsso",
    });
    const [groupMapping, userMapping] = rule.objectMappings;
    expect(groupMapping).toMatchObject({
      sourceObjectName: "Group",
      enabled: false,
      flowTypes: "None",
      scope: null,
    });
    expect(userMapping).toMatchObject({ sourceObjectName: "User", enabled: true, flowTypes: "Add,Delete" });
    const row = (target: string) =>
      userMapping.attributeMappings.find(
        ({ targetAttributeName }: { targetAttributeName: string }) => targetAttributeName === target,
      );
    expect(row("userName")).toMatchObject({
      matchingPriority: 1,
      flowType: "Always",
      source: { type: "Attribute", name: "mail", expression: "[mail]" },
    });
    expect(row("active").source).toMatchObject({ type: "Function", name: "Switch" });
    expect(row("title")).toMatchObject({ flowType: "ObjectAddOnly", source: { type: "Constant" } });
    expect(row("nickName")).toMatchObject({ source: null, defaultValue: "nobody" });
    expect(userMapping.scope.groups[0]).toEqual({
      name: "Staff",
      clauses: [
        { sourceOperandName: "department", operatorName: "IS NOT NULL", targetOperand: { values: [] } },
        {
          sourceOperandName: "department",
          operatorName: "NOT REGEX MATCH",
          targetOperand: { values: ["^x"] },
        },
      ],
    });
  });

  test("a changed mapping is what the next cycle goes by", async () => {
    const graph = await start();
    const { body } = await graph.get(`${graph.job}/schema`);
    const mapping = body.synchronizationRules[0].objectMappings[1].attributeMappings;
    mapping.find((row: { targetAttributeName: string }) => row.targetAttributeName === "displayName").source =
      {
        type: "Function",
        name: "Append",
        expression: `Append([displayName], "!")`,
        parameters: [],
      };
    expect((await graph.send("PATCH", `${graph.job}/schema`, { body })).status).toBe(204);
    await graph.cycle();
    const state = await graph.astro.state();
    const shown = state.users.map(({ userName, attributes }) => [userName, attributes["displayName"]]);
    expect(Object.fromEntries(shown)).toEqual({ [ada]: "ada!", [bob]: "bob!" });
    expect((await graph.send("DELETE", `${graph.job}/schema`)).status).toBe(204);
    expect(graph.company.app()).toEqual(documentedEntraSettings);
  });

  test.each<
    readonly [name: string, change: (mapping: { source: object; targetAttributeName: string }) => void]
  >([
    [
      "an expression that cannot be read",
      (row) => (row.source = { type: "Function", expression: "ToUpper(" }),
    ],
    ["a target that there is not", (row) => (row.targetAttributeName = "shoeSize")],
    ["a source of an unknown type", (row) => (row.source = { type: "Magic", name: "x" })],
  ])("%s is refused, and the settings stay", async (_name, change) => {
    const graph = await start({ startsPaused: true });
    const { body } = await graph.get(`${graph.job}/schema`);
    const rows = body.synchronizationRules[0].objectMappings[1].attributeMappings;
    change(rows.at(-1));
    expect((await graph.send("PATCH", `${graph.job}/schema`, { body })).status).toBe(400);
    expect(graph.company.app()).toEqual(documentedEntraSettings);
  });
});

/** A second Astro, and credentials that can be changed from one to the other. */
async function twoTargets() {
  const other = await startServer();
  const end = new AbortController();
  const saved: TargetCredentials[] = [];
  const senders: { close: () => Promise<void> }[] = [];
  onTestFinished(async () => {
    end.abort();
    for (const sender of senders) await sender.close();
    await other.close();
  });
  return {
    other,
    saved,
    target: {
      saved: { baseAddress: other.tenantUrl, secretToken: other.token },
      onSaved: (credentials: TargetCredentials) => void saved.push(credentials),
      connect: ({ baseAddress, secretToken }: TargetCredentials) => {
        const sender = createSender({
          baseUrl: baseAddress.replace(/\?.*/, ""),
          token: secretToken,
          timeoutMs: 30_000,
          connections: 1,
          timers: systemWorld().timers,
          signal: end.signal,
        });
        senders.push(sender);
        return sender.send;
      },
    },
  };
}

describe("secrets", () => {
  test.each<readonly [key: string, value: string, changed: Partial<EntraAppSettings>]>([
    ["SyncAll", "true", { scope: "all" }],
    ["SyncAll", "False", { scope: "assigned" }],
    ["SkipOutOfScopeDeletions", "True", { skipOutOfScopeDeletions: true }],
    ["BaseAddress", "https://example.com/scim", { flag: false }],
    ["BaseAddress", "https://example.com/scim?aadOptscim062020", { flag: true }],
    [
      "SyncNotificationSettings",
      '{"DeleteThresholdEnabled":true,"DeleteThresholdValue":17}',
      { accidentalDeletionThreshold: 17 },
    ],
    [
      "SyncNotificationSettings",
      '{"DeleteThresholdEnabled":false}',
      { accidentalDeletionThreshold: undefined },
    ],
  ])("%s %s is a setting of the app", async (key, value, changed) => {
    const graph = await start({ startsPaused: true });
    const answer = await graph.send("PUT", `${graph.synchronization}/secrets`, {
      body: { value: [{ key, value }] },
    });
    expect(answer.status).toBe(204);
    expect(graph.company.app()).toEqual({ ...documentedEntraSettings, ...changed });
  });

  test("are never shown, and not kept with the requests", async () => {
    const graph = await start({ startsPaused: true });
    const path = `${graph.synchronization}/secrets`;
    await graph.send("PUT", path, { body: { value: [{ key: "SecretToken", value: "top-secret" }] } });
    expect((await graph.get(path)).status).toBe(405);
    expect(JSON.stringify([graph.emulator.requests(), (await graph.status()).body])).not.toContain(
      "top-secret",
    );
  });

  test("credentials are tried against the target by the probes of the engine", async () => {
    const { other, target, saved } = await twoTargets();
    const graph = await start({ graph: { target }, startsPaused: true });
    const validate = (credentials?: readonly object[]) =>
      graph.send("POST", `${graph.job}/validateCredentials`, {
        body: credentials === undefined ? { useSavedCredentials: true } : ({ credentials } as never),
      });
    expect((await validate()).status).toBe(204);
    const wrong = await validate([
      { key: "BaseAddress", value: other.tenantUrl },
      { key: "SecretToken", value: "wrong" },
    ]);
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: expect.any(String) } } });
    expect(saved).toEqual([]);
    const value = [{ key: "SecretToken", value: "wrong" }];
    await graph.send("PUT", `${graph.synchronization}/secrets`, { body: { value } });
    expect(saved).toEqual([{ baseAddress: other.tenantUrl, secretToken: "wrong" }]);
    expect((await validate()).status).toBe(400);
  });

  test("without a target nothing can be validated", async () => {
    const graph = await start({ startsPaused: true });
    expect(await graph.press("validateCredentials", {})).toBe(400);
  });
});

describe("provision on demand", () => {
  const onDemand = async (
    graph: JobGraph,
    objectId: string,
    objectTypeName: string,
    members?: readonly string[],
  ) => {
    const { body } = await graph.get(`${graph.job}/schema`);
    const ruleId = body.synchronizationRules[0].id;
    const links = members && { members: members.map((id) => ({ objectId: id, objectTypeName: "User" })) };
    const answer = await graph.send("POST", `${graph.job}/provisionOnDemand`, {
      body: { parameters: [{ ruleId, subjects: [{ objectId, objectTypeName, ...(links && { links }) }] }] },
    });
    return answer.status === 200
      ? { status: 200, key: JSON.parse(answer.body.key), value: JSON.parse(answer.body.value) }
      : { status: answer.status, key: undefined, value: undefined, headers: answer.headers };
  };

  test("creates one user, while the job is paused too", async () => {
    const graph = await start({ startsPaused: true });
    const answer = await onDemand(graph, await graph.idOf(ada), "User");
    expect(answer).toMatchObject({
      status: 200,
      key: { result: "Success" },
      value: {
        action: "Create",
        sourceIdentity: { type: "User", id: await graph.idOf(ada) },
        statusInfo: { status: "Success", errorCode: null },
      },
    });
    expect(answer.value.provisioningSteps.map(({ name }: { name: string }) => name)).toEqual([
      "EntryImport",
      "EntrySynchronizationScoping",
      "EntryExportAdd",
    ]);
    expect((await graph.held()).users).toEqual([ada]);
  });

  test("answers in its other published form, too", async () => {
    const graph = await start({ startsPaused: true, graph: { onDemandAnswer: "status-info" } });
    const { body: schema } = await graph.get(`${graph.job}/schema`);
    const ruleId = schema.synchronizationRules[0].id;
    const subjects = [{ objectId: await graph.idOf(eve), objectTypeName: "User" }];
    const { body } = await graph.send("POST", `${graph.job}/provisionOnDemand`, {
      body: { parameters: [{ ruleId, subjects }] },
    });
    expect(body.key).toBe("Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo");
    const [record] = JSON.parse(body.value);
    expect(record).toMatchObject({ action: "Other", statusInfo: { status: "Skipped" } });
    expect(record.provisioningSteps.at(-1)).toMatchObject({
      name: "EntrySynchronizationSkip",
      type: "Export",
      status: "Skipped",
      details: { SkipReason: "ImportSkipped" },
    });
  });

  test("skips who has no userName, and says so", async () => {
    const graph = await start();
    const answer = await onDemand(graph, await graph.idOf(eve), "User");
    expect(answer.key).toMatchObject({ result: "Skipped", details: { errorCode: "ImportSkipped" } });
  });

  test("fails as the target does", async () => {
    const graph = await start({ startsPaused: true });
    graph.astro.faults.set(["status=500,method=POST"]);
    const answer = await onDemand(graph, await graph.idOf(ada), "User");
    expect(answer.key).toMatchObject({ result: "Failure", details: { errorCode: "InternalServerError" } });
  });

  test("puts chosen members into a group", async () => {
    const graph = await start({ startsPaused: true });
    const [group] = await graph.all("/v1.0/groups");
    const answer = await onDemand(graph, group.id, "Group", [await graph.idOf(bob)]);
    expect(answer.key.result).toBe("Success");
    expect(await graph.held()).toEqual({ users: [bob], teams: { data: [bob] } });
  });

  test.each<readonly [name: string, objectId: string, type: string, status: number]>([
    ["an unknown user", "00000000-0000-0000-0000-000000000000", "User", 404],
    ["an unknown group", "00000000-0000-0000-0000-000000000000", "Group", 404],
    ["an unknown type", "00000000-0000-0000-0000-000000000000", "Device", 400],
  ])("refuses %s", async (_name, objectId, type, status) => {
    expect((await onDemand(await start({ startsPaused: true }), objectId, type)).status).toBe(status);
  });

  test("takes five requests in ten seconds", async () => {
    const { clock, random } = seededWorld({ seed: 5 });
    let ahead = 0;
    const moving = { ...clock, now: () => new Date(clock.now().getTime() + ahead) };
    const graph = await start({ startsPaused: true, graph: { world: { clock: moving, random } } });
    const id = await graph.idOf(ada);
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push(await onDemand(graph, id, "User"));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.at(-1)?.headers?.get("retry-after")).toBe("10");
    ahead = 10_000;
    expect((await onDemand(graph, id, "User")).status).toBe(200);
  });
});

describe("the provisioning log", () => {
  test("has a record for each object of a cycle, the last ones first", async () => {
    const graph = await start();
    const records = await graph.all("/v1.0/auditLogs/provisioning?$top=2");
    const said = records.map(
      ({ provisioningAction, provisioningStatusInfo, sourceIdentity }) =>
        `${provisioningAction} ${sourceIdentity.displayName}: ${provisioningStatusInfo.status}`,
    );
    expect(sorted(said)).toEqual([
      "create ada: success",
      "create bob: success",
      "create data: success",
      "other eve: skipped",
      "update data: success",
    ]);
    const times = records.map(({ activityDateTime }) => activityDateTime);
    expect(times).toEqual(sorted(times).toReversed());
    const skipped = records.find(({ sourceIdentity }) => sourceIdentity.displayName === "eve");
    expect(skipped.provisioningStatusInfo.errorInformation).toMatchObject({
      errorCode: "ImportSkipped",
      reason: expect.stringContaining("mail"),
    });
    const members = records.flatMap(({ modifiedProperties }) => modifiedProperties);
    expect(sorted(members.map(({ newValue }) => newValue))).toEqual(
      sorted([await graph.idOf(ada), await graph.idOf(bob)]),
    );
  });

  test.each<readonly [filter: string, count: number]>([
    ["jobId eq 'JOB'", 5],
    [
      "jobId eq 'JOB' and servicePrincipal/id eq 'APP' and sourceIdentity/id eq 'ADA' and provisioningAction eq 'Create'",
      1,
    ],
    ["sourceIdentity/displayName eq 'ADA NAME'", 0],
    ["contains(sourceIdentity/displayName, 'da')", 3],
    ["provisioningStatusInfo/status eq 'skipped'", 1],
    ["activityDateTime gt 2020-01-01", 5],
    ["activityDateTime lt 2020-01-01T00:00:00Z", 0],
  ])("with %s has %i records", async (template, count) => {
    const graph = await start();
    const jobId = graph.job.split("/").at(-1) ?? "";
    const filter = template
      .replace("JOB", jobId)
      .replace("APP", graph.company.appId)
      .replace("'ADA'", `'${await graph.idOf(ada)}'`);
    const query = `$orderby=activityDateTime desc&$filter=${encodeURIComponent(filter)}`;
    expect(await graph.all(`/v1.0/auditLogs/provisioning?${query}`)).toHaveLength(count);
  });

  test("has the error of a failed export, which is in escrow", async () => {
    const graph = await start({ startsPaused: true });
    graph.astro.faults.set(["status=409,method=POST,path=/Users"]);
    await graph.press("start");
    const failed = await graph.all(
      "/v1.0/auditLogs/provisioning?$filter=provisioningStatusInfo/status eq 'failure'",
    );
    expect(failed).toHaveLength(2);
    expect(failed[0]).toMatchObject({
      provisioningAction: "create",
      targetIdentity: { id: "" },
      provisioningStatusInfo: {
        errorInformation: { errorCode: expect.any(String), reason: expect.any(String) },
      },
    });
    expect((await graph.status()).body.status.lastExecution).toMatchObject({
      state: "EntryLevelErrors",
      countEscrowed: 2,
    });
  });
});

describe("object connections", () => {
  test("are found by the id of either side, in beta alone", async () => {
    const graph = await start();
    const { accounts, teams } = graph.company.links();
    const beta = graph.job.replace("v1.0", "beta");
    for (const [objectId, scimId] of [
      ...accounts.map((one) => [one.objectId, one.scimId] as const),
      ...teams,
    ]) {
      for (const id of [objectId, scimId]) {
        const { body } = await graph.get(`${beta}/objectConnections('${id}')`);
        expect(body).toMatchObject({ objectId, sourceAnchor: objectId, targetAnchor: scimId });
      }
    }
    expect(accounts).toHaveLength(2);
    expect((await graph.get(`${beta}/objectConnections('none')`)).status).toBe(404);
    expect((await graph.get(`${beta}/objectConnections`)).status).toBe(400);
    expect((await graph.get(`${graph.job}/objectConnections('none')`)).status).toBe(404);
  });

  test("are deleted while the job is paused, and the object is matched anew", async () => {
    const graph = await start();
    const beta = graph.job.replace("v1.0", "beta");
    const connection = `${beta}/objectConnections('${await graph.idOf(ada)}')`;
    expect((await graph.send("DELETE", connection)).status).toBe(409);
    await graph.press("pause");
    expect((await graph.send("DELETE", connection)).status).toBe(204);
    await graph.company.settled();
    expect((await graph.get(connection)).status).toBe(404);
    expect((await graph.send("DELETE", connection)).status).toBe(204);
    const before = graph.requests.length;
    await graph.press("start");
    expect((await graph.get(connection)).status).toBe(200);
    expect(graph.requests.slice(before)).not.toContain("POST /Users");
    expect((await graph.held()).users).toEqual([ada, bob]);
  });
});
