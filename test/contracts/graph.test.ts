/** The emulated Microsoft Graph takes every request of the published description, where that is beside the project. */

import { describe, expect, test } from "vitest";
import { documentedEntraSettings, type EntraAppSettings } from "../../src/directory/entra-app-settings.ts";
import { aDirectory, aGroup, anEntraUser } from "../support/builders.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../support/emulated-graph.ts";
import { readGraphContract, withoutGraphContract, type GraphOperation } from "../support/graph-contract.ts";

const contract = readGraphContract();
const operations = contract?.operations ?? [];

test("the published description is there, and has operations", ({ skip }) => {
  if (contract === undefined) {
    console.warn(withoutGraphContract);
    skip(withoutGraphContract);
  }
  expect(operations.length).toBeGreaterThan(20);
});

const directory = aDirectory({
  users: [anEntraUser("ada@example.com"), anEntraUser("old@example.com", { status: "soft-deleted" })],
  groups: [{ ...aGroup("data", ["ada@example.com"]), nestedGroups: new Set(["inner"]) }, aGroup("inner")],
  assignedGroups: ["data"],
  pushedGroups: [],
});

/** The path of an operation, about objects that are there. */
async function pathOf(graph: EmulatedGraph, { path }: GraphOperation): Promise<string> {
  const { appId } = graph.company;
  const [job] = await graph.all(`/v1.0/servicePrincipals/${appId}/synchronization/jobs`);
  const [group] = await graph.all("/v1.0/groups?$filter=displayName eq 'data'");
  const [user] = await graph.all("/v1.0/users");
  const ids: Readonly<Record<string, string>> = {
    "servicePrincipal-id": appId,
    "synchronizationJob-id": job.id,
    "group-id": group.id,
    "user-id": user.id,
  };
  return `/v1.0${path.replaceAll(/\{([^}]+)\}/g, (_all, name: string) => ids[name] ?? name)}`;
}

const eventual = { headers: { ConsistencyLevel: "eventual" } };
const named = ({ method, path }: GraphOperation): string => `${method} ${path}`;
const reads = operations.filter(({ method }) => method === "GET").map((one) => [named(one), one] as const);

describe.skipIf(contract === undefined)("reads", () => {
  test.each(reads)("%s is answered", async (_name, operation) => {
    const graph = await startEmulatedGraph({ directory });
    const answer = await graph.get(`${await pathOf(graph, operation)}?$count=true`, eventual);
    expect(answer.status).toBe(200);
    expect(answer.body["@odata.context"]).toMatch(/\/v1\.0\/\$metadata#/);
  });

  test.each(reads)(
    "%s takes an option of the description, or refuses it by its name",
    async (_name, operation) => {
      const graph = await startEmulatedGraph({ directory });
      const path = await pathOf(graph, operation);
      const values: Readonly<Record<string, string>> = {
        $top: "1",
        $skip: "1",
        $search: '"displayName:a"',
        $filter: "id eq 'x'",
        $count: "true",
        $orderby: "displayName",
        $select: "id",
        $expand: "owners",
      };
      for (const option of operation.options.filter((one) => one.startsWith("$"))) {
        const answer = await graph.get(`${path}?$count=true&${option}=${values[option]}`, eventual);
        const said = answer.status === 200 ? "answered" : answer.body.error.code;
        expect(["answered", "Request_UnsupportedQuery"]).toContain(said);
      }
    },
  );
});

describe.skipIf(contract === undefined)("writes", () => {
  const bodies = async (graph: EmulatedGraph, job: string): Promise<Readonly<Record<string, object>>> => {
    const [user] = await graph.all("/v1.0/users");
    const { body: schema } = await graph.get(`${job}/schema`);
    const [{ id: ruleId }] = schema.synchronizationRules;
    const credentials = [
      { key: "BaseAddress", value: graph.astro.tenantUrl },
      { key: "SecretToken", value: graph.astro.token },
    ];
    return {
      provisionOnDemand: {
        parameters: [{ ruleId, subjects: [{ objectId: user.id, objectTypeName: "User" }] }],
      },
      restart: { criteria: { resetScope: "Watermark" } },
      validateCredentials: { credentials },
      schema,
      secrets: { value: credentials },
    };
  };

  const writes = operations.filter(({ method }) => method !== "GET").map((one) => [named(one), one] as const);
  test.each(writes)("%s is carried out", async (_name, operation) => {
    const target = { saved: { baseAddress: "", secretToken: "" }, connect: () => sendNothing };
    const graph = await startEmulatedGraph({ directory, graph: { target } });
    const path = await pathOf(graph, operation);
    const [job = ""] = /.*\/jobs\/[^/]+/.exec(path) ?? [
      await pathOf(graph, {
        ...operation,
        path: "/servicePrincipals/{servicePrincipal-id}/synchronization/jobs/{synchronizationJob-id}",
      }),
    ];
    const body = (await bodies(graph, job))[path.split("/").at(-1) ?? ""];
    const answer = await graph.send(operation.method, path, body === undefined ? {} : { body: { ...body } });
    const what = operation.path.split("/").at(-1);
    const expected = what === "provisionOnDemand" ? 200 : what === "validateCredentials" ? 400 : 204;
    expect(answer.status).toBe(expected);
  });
});

/** A target that cannot be reached. */
const sendNothing = async () => ({ kind: "no-response", reason: "refused", message: "refused" }) as const;

describe.skipIf(contract === undefined)("the schema of the job", () => {
  const { users } = documentedEntraSettings;
  const everyKind: EntraAppSettings = {
    ...documentedEntraSettings,
    users: {
      ...users,
      mappings: [
        ...users.mappings,
        { target: "title", source: { kind: "constant", value: "x" }, applies: "only-during-creation" },
        { target: "nickName", source: { kind: "none" }, defaultIfNull: "y", applies: "always" },
      ],
      scopingFilters: [
        { name: "Staff", clauses: [{ attribute: "city", operator: "EQUALS", value: "Rome" }] },
      ],
    },
  };

  test.each([
    ["documented", documentedEntraSettings],
    ["with every kind of row", everyKind],
  ])("is as the description has it: %s", async (_name, app) => {
    const graph = await startEmulatedGraph({ directory, app, startsPaused: true });
    const jobs = `/v1.0/servicePrincipals/${graph.company.appId}/synchronization/jobs`;
    const [{ id }] = await graph.all(jobs);
    const { body } = await graph.get(`${jobs}/${id}/schema`);
    expect(contract?.complaints("microsoft.graph.synchronizationSchema", body)).toEqual([]);
    const broken = { ...body, synchronizationRules: [{ priority: "first" }], surprise: 1 };
    expect(contract?.complaints("microsoft.graph.synchronizationSchema", broken)).toHaveLength(2);
  });
});
