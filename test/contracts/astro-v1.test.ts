/** Every answer of Astro's own API in the local Astro is held to the published v1 description, where it is beside the project. */

import { beforeAll, describe, expect, test } from "vitest";
import type { AstroSeed } from "../../src/astro/seed.ts";
import { v1Routes } from "../../src/server/iam/routes.ts";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import {
  contractExchange,
  readAstroContract,
  withoutContract,
  type ContractExchange,
} from "../support/astro-contract.ts";
import { readAuditLog } from "../support/audit-log.ts";
import { iamClient, type IamClient } from "../support/iam-client.ts";
import { runCommand } from "../support/run-command.ts";
import { scimClient } from "../support/scim-client.ts";
import { seedUser } from "../support/seed-user.ts";

const contract = readAstroContract();

test("the published description is there, and has operations", ({ skip }) => {
  if (contract === undefined) {
    console.warn(withoutContract);
    skip(withoutContract);
  }
  expect(contract?.operations.size).toBeGreaterThan(30);
});

const workspaceId = "clm8t5u4q000008jq4qoc3036";
const deploymentId = "clm8t5u4q000008jq4qoc3031";
const roles = {
  organizationRole: "ORGANIZATION_MEMBER",
  workspaceRoles: [{ workspaceId, role: "WORKSPACE_AUTHOR" }],
  deploymentRoles: [{ deploymentId, role: "DEPLOYMENT_ADMIN" }],
  dagRoles: [
    { deploymentId, role: "DAG_VIEWER", dagId: "etl" },
    { deploymentId, role: "DAG_AUTHOR", dagTag: "finance" },
  ],
};

/** Every part of an organization that has an object of its own in the description. */
const seed: AstroSeed = {
  organization: {
    name: "My Organization",
    billingEmail: "billing@example.com",
    managedDomains: [
      { name: "example.com", status: "VERIFIED" },
      { name: "example.org", status: "PENDING" },
    ],
  },
  workspaces: [{ id: workspaceId, name: "Analytics", deployments: [{ id: deploymentId, name: "daily" }] }],
  customRoles: [
    {
      name: "Deployment_Viewer",
      scopeType: "DEPLOYMENT",
      description: "Views",
      permissions: ["deployment.get"],
    },
    { name: "Dag_Runner", scopeType: "DAG" },
  ],
  users: [
    seedUser("olga@example.com", { role: "ORGANIZATION_OWNER", displayName: "Olga Owner" }),
    seedUser("bob@example.com", {
      role: "ORGANIZATION_BILLING_ADMIN",
      workspaceRoles: { Analytics: "WORKSPACE_OWNER" },
      deploymentRoles: { daily: "Deployment_Viewer" },
      dagRoles: [{ deployment: "daily", role: "Dag_Runner", dagTag: "finance" }],
    }),
    seedUser("gone@example.com", { active: false }),
    seedUser("invited@example.com", { status: "PENDING" }),
    seedUser("banned@example.com", { status: "BANNED" }),
  ],
  teams: [
    {
      name: "seeded",
      description: "From the start",
      members: ["olga@example.com"],
      workspaceRoles: { Analytics: "WORKSPACE_AUTHOR" },
    },
  ],
};

let server: AstroServer;
let iam: IamClient;
const exchanges: ContractExchange[] = [];

describe.runIf(contract !== undefined)("over a whole life", () => {
  const { operations, operationOf, requestComplaints, answerComplaints } = contract ?? emptyContract();

  beforeAll(async () => {
    server = await startServer({
      seed,
      onExchange: (exchange) => {
        if (exchange.url.startsWith("/v1/")) exchanges.push(contractExchange(exchange));
      },
    });
    iam = iamClient(server);
    await scimWrites();
    await writes();
    await reads();
    await mistakes();
    // An exchange is told once its answer has left; the server ends after that.
    await server.close();
  });

  test("every route of v1 is in the description", () => {
    const ours = v1Routes.map(({ method, path }) => ({ method, url: path.replaceAll(/:\w+/g, "x") }));
    expect(ours.filter((route) => operationOf(route) === undefined)).toEqual([]);
  });

  test("every route of v1 was called, and answered as asked", () => {
    const called = new Set(exchanges.filter(({ answer }) => answer.status < 300).map(operationOf));
    const uncalled = v1Routes.filter(({ method, path }) => {
      const operation = operationOf({ method, url: path.replaceAll(/:\w+/g, "x") });
      return operation !== undefined && !called.has(operation);
    });
    expect(uncalled.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  test("every answer is as described", () => {
    expect(exchanges.length).toBeGreaterThan(50);
    expect(exchanges.map(withComplaints(answerComplaints)).filter(isWrong)).toEqual([]);
  });

  test("every request that was taken is as described", () => {
    const taken = exchanges.filter(({ answer }) => answer.status < 300);
    expect(taken.map(withComplaints(requestComplaints)).filter(isWrong)).toEqual([]);
  });

  test("every status of an error was seen", () => {
    const statuses = new Set(exchanges.map(({ answer }) => answer.status));
    expect(statuses).toEqual(new Set([200, 204, 400, 401, 403, 404]));
  });

  describe("a mistake is found", () => {
    const user = {
      id: "clm9sq6s0000008kz7uvl7yz7",
      username: "jane.doe@company.com",
      fullName: "Jane Doe",
      avatarUrl: "https://avatar.url/jane.png",
      status: "ACTIVE",
      createdAt: "2025-11-22T04:37:12Z",
      updatedAt: "2025-11-23T09:00:00Z",
    };
    const answered = (body: unknown, more: object = {}): ContractExchange => ({
      method: "GET",
      url: "/v1/organizations/o/users/u",
      answer: { status: 200, contentType: "application/json", body, ...more },
    });

    test("none in what is right", () => {
      expect(answerComplaints(answered(user))).toEqual([]);
    });

    test.each<[string, ContractExchange, string]>([
      [
        "a field is missing",
        answered({ ...user, username: undefined }),
        "answer must have required property 'username'",
      ],
      [
        "a field too many",
        answered({ ...user, teams: [] }),
        "answer must NOT have additional properties: teams",
      ],
      [
        "a field is null",
        answered({ ...user, organizationRole: null }),
        "answer/organizationRole must be string",
      ],
      [
        "another value",
        answered({ ...user, status: "GONE" }),
        "answer/status must be equal to one of the allowed values",
      ],
      [
        "no date",
        answered({ ...user, createdAt: "2025-11-22" }),
        'answer/createdAt must match format "date-time"',
      ],
      [
        "within a list",
        answered({ ...user, workspaceRoles: [{ role: "WORKSPACE_OWNER" }] }),
        "answer/workspaceRoles/0 must have required property 'workspaceId'",
      ],
      ["no body", answered(undefined), "answer must be object"],
      ["the status", answered(user, { status: 201 }), "the operation has no answer with status 201"],
      ["the media type", answered(user, { contentType: "text/html" }), "the media type is text/html"],
      [
        "an error in another shape",
        answered({ detail: "x" }, { status: 404 }),
        "answer must have required property 'message'",
      ],
    ])("in an answer: %s", (_what, exchange, complaint) => {
      expect(answerComplaints(exchange)).toContain(complaint);
    });

    const asked = (method: string, url: string, body?: unknown): ContractExchange => ({
      ...answered(undefined),
      method,
      url,
      ...(body === undefined ? {} : { body }),
    });

    test.each<[string, ContractExchange, string]>([
      [
        "no operation",
        asked("DELETE", "/v1/organizations/o/users/u"),
        "there is no operation DELETE /organizations/o/users/u",
      ],
      [
        "a query",
        asked("GET", "/v1/organizations/o/users?email=x"),
        "the query has the parameter email, which the operation does not have",
      ],
      ["a limit", asked("GET", "/v1/organizations/o/users?limit=1001"), "query limit must be <= 1000"],
      ["a number", asked("GET", "/v1/organizations/o/users?offset=ten"), "query offset must be integer"],
      [
        "a sort",
        asked("GET", "/v1/organizations/o/users?sorts=name:asc"),
        "query sorts/0 must be equal to one of the allowed values",
      ],
      [
        "twice",
        asked("GET", "/v1/organizations/o/users?limit=1&limit=2"),
        "the query has limit more than once",
      ],
      ["no body", asked("POST", "/v1/organizations/o/teams"), "the body is missing"],
      ["a body", asked("GET", "/v1/organizations/o/teams", {}), "the operation takes no body"],
      [
        "in a body",
        asked("POST", "/v1/organizations/o/teams", { names: "x" }),
        "request must have required property 'name'",
      ],
    ])("in a request: %s", (_what, exchange, complaint) => {
      expect(requestComplaints(exchange)).toContain(complaint);
    });

    test("null is let pass where it removes a user, and nowhere else", () => {
      const body = { organizationRole: null };
      const about = (url: string): readonly string[] => requestComplaints(asked("POST", url, body));
      expect(about("/v1/organizations/o/users/u/roles")).toEqual([]);
      expect(about("/v1/organizations/o/teams/t/roles")).not.toEqual([]);
    });

    test("every operation can be checked", () => {
      const fresh = (name: string): ContractExchange => {
        const [method = "", path = ""] = name.split(" ");
        return asked(method, `/v1${path.replaceAll(/[{}]/g, "")}`, {});
      };
      for (const name of operations.keys()) {
        expect(() => [requestComplaints(fresh(name)), answerComplaints(fresh(name))]).not.toThrow();
      }
    });
  });
});

describe.runIf(contract !== undefined)("what our commands send", () => {
  const { requestComplaints, answerComplaints } = contract ?? emptyContract();

  test.each([
    [["users"]],
    [["users", "ls", "--role", "ORGANIZATION_OWNER", "--sort", "createdAt:desc"]],
    [["users", "ls", "--team", "seeded"]],
    [["users", "show", "OLGA@example.com"]],
    [["teams", "--idp-managed=false", "--sort", "name"]],
    [["teams", "show", "seeded"]],
    [["api", "GET", "/organizations", "--paginate"]],
  ])("%j is as described, and so is the answer", async (words) => {
    const sent: ContractExchange[] = [];
    const local = await startServer({
      seed,
      onExchange: (exchange) => {
        if (exchange.url.startsWith("/v1/")) sent.push(contractExchange(exchange));
      },
    });
    const { status, stderr } = await runCommand([...words, "--url", local.url, "--token", local.token]);
    await local.close();
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    expect(sent).not.toEqual([]);
    expect(sent.map(withComplaints(requestComplaints)).filter(isWrong)).toEqual([]);
    expect(sent.map(withComplaints(answerComplaints)).filter(isWrong)).toEqual([]);
  });
});

function isWrong({ complaints }: { readonly complaints: readonly string[] }): boolean {
  return complaints.length > 0;
}

function withComplaints(complaintsOf: (exchange: ContractExchange) => readonly string[]) {
  return ({ method, url, answer, ...rest }: ContractExchange) => ({
    request: `${method} ${url} ${JSON.stringify(rest)}`,
    answer: answer.body,
    complaints: complaintsOf({ method, url, answer, ...rest }),
  });
}

/** So that the tests can be listed where there is nothing to run. */
function emptyContract(): NonNullable<typeof contract> {
  const none = (): readonly string[] => [];
  return {
    operations: new Map(),
    operationOf: () => undefined,
    requestComplaints: none,
    answerComplaints: none,
  };
}

async function scimWrites(): Promise<void> {
  const scim = scimClient(server);
  const ada = await scim.user("ada@example.com", { displayName: "Ada Lovelace" });
  await scim.team("pushed", ada);
}

/** What Astro itself writes; some of it only while SCIM is disabled. */
async function writes(): Promise<void> {
  await iam.post("", { name: "Renamed", billingEmail: "billing@example.com", isScimEnabled: false });
  const users = (await iam.get("/users")).body.users as { id: string; username: string }[];
  const [olga, bob] = ["olga", "bob"].map(
    (name) => users.find(({ username }) => username.startsWith(name))!.id,
  );
  const team = await iam.team("local", { description: "By hand", memberIds: [olga] });
  await iam.post(`/teams/${team}`, { name: "renamed", description: "" });
  await iam.post(`/teams/${team}/roles`, roles);
  await iam.post(`/teams/${team}/members`, { memberIds: [bob] });
  await iam.delete(`/teams/${team}/members/${olga}`);
  await iam.post(`/users/${bob}/roles`, roles);
  await iam.post("/invites", { inviteeEmail: "new@example.com", role: "ORGANIZATION_MEMBER" });
  const invite = await iam.post("/invites", {
    inviteeEmail: "never@example.com",
    role: "ORGANIZATION_OWNER",
  });
  await iam.delete(`/invites/${invite.body.inviteId}`);
  await iam.delete(`/teams/${await iam.team("short-lived")}`);
  const gone = users.find(({ username }) => username.startsWith("gone"))!.id;
  await iam.post(`/users/${gone}/roles`, { organizationRole: "ORGANIZATION_MEMBER" });
  await iam.post(`/users/${gone}/roles`, { organizationRole: null });
  await iam.post("", { name: "Renamed", billingEmail: "billing@example.com", isScimEnabled: true });
}

async function reads(): Promise<void> {
  for (const { id } of (await iam.get("/users?limit=1000&sorts=username:asc&sorts=createdAt:desc")).body
    .users) {
    await iam.get(`/users/${id}`);
    await iam.get(`/users/${id}/teams?sorts=name:desc`);
  }
  for (const { id } of (await iam.get("/teams?limit=1000&sorts=name:desc")).body.teams) {
    await iam.get(`/teams/${id}`);
    await iam.get(`/teams/${id}/members?sorts=fullName:asc&limit=2`);
  }
  await iam.get(`/users?workspaceId=${workspaceId}`);
  await iam.get("/users?limit=0");
  await iam.get(`/teams?names=renamed&names=pushed&deploymentId=${deploymentId}`);
  const { roles: custom } = (await iam.get("/roles")).body;
  for (const { id } of custom) await iam.get(`/roles/${id}`);
  await iam.get("/roles?includeDefaultRoles=true&scopeTypes=ORGANIZATION&scopeTypes=WORKSPACE&limit=50");
  for (const { id } of (await iam.get("/tokens?includeOnlyOrganizationTokens=true&kind=STANDARD")).body
    .tokens) {
    await iam.get(`/tokens/${id}`);
  }
  await iam.get("");
  await iam.send("GET", "/v1/organizations?sorts=name:asc&product=HOSTED");
  await iam.send("GET", "/v1/users/self");
  await readAuditLog(server);
  await readAuditLog(server, "?startDate=2026-01-15T09:00:00Z&endDate=2036-01-15T09:00:00Z");
}

async function mistakes(): Promise<void> {
  const nobody = "c".repeat(25);
  for (const path of [
    `/users/${nobody}`,
    `/users/${nobody}/teams`,
    `/teams/${nobody}`,
    `/teams/${nobody}/members`,
  ]) {
    await iam.get(path);
  }
  await iam.get(`/tokens/${nobody}`);
  await iam.delete(`/teams/${nobody}`);
  await iam.delete(`/teams/${nobody}/members/${nobody}`);
  await iam.delete(`/invites/${nobody}`);
  for (const path of ["/users", "/teams", "/roles", "/tokens", "/audit-logs"]) {
    await iam.get(`${path}?limit=-1&sorts=x&startDate=x&kind=x`);
  }
  await iam.post("/teams", { name: "refused while SCIM is on" });
  await iam.post("/teams", { name: "" });
  await iam.get(`/roles/${nobody}`);
  await iam.post(`/users/${nobody}/roles`, roles);
  await iam.post(`/teams/${nobody}/roles`, { workspaceRoles: "x" });
  await iam.post(`/teams/${nobody}/members`, { memberIds: [] });
  await iam.post("/invites", { inviteeEmail: "no address", role: "OWNER" });
  await iam.post("", { name: 1 });
  await iam.send("POST", `/v1/organizations/${server.organizationId}/teams`, { text: "{" });
  await iamClient({ ...server, organizationId: nobody }).get("/users");
  await iamClient({ ...server, organizationId: nobody }).get("/users");
  const stranger = iamClient({ ...server, token: "another" });
  for (const path of ["", "/users", "/teams", "/roles", "/tokens", "/audit-logs"]) await stranger.get(path);
  const member = await startServer({
    behaviour: { tokenRole: "member" },
    onExchange: (exchange) => exchanges.push(contractExchange(exchange)),
  });
  for (const path of ["/tokens", "/audit-logs", "/roles"]) await iamClient(member).get(path);
  await member.close();
}
