/** Who may ask the emulated Microsoft Graph: tokens by secret and by certificate, permissions, limits. */

import { constants, createHash, sign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readPermissions } from "../../../src/emulators/graph/access/permissions.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { startEmulatedGraph, type EmulatedGraph, type GraphAnswer } from "../../support/emulated-graph.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const pem = (name: string): string =>
  readFileSync(new URL(`../../support/tls/${name}`, import.meta.url), "utf8");

const directory = aDirectory({
  users: [anEntraUser("ada@example.com"), anEntraUser("bob@example.com")],
  groups: [aGroup("data", ["ada@example.com"])],
  assignedGroups: ["data"],
  pushedGroups: [],
});

const secretClient = { clientId: "client-with-secret", secret: "s3cr+t &=", permissions: readPermissions };
const certificateClient = {
  clientId: "client-with-certificate",
  certificate: pem("server.pem"),
  permissions: readPermissions,
};

const world = { clock: seededWorld().clock, random: seededWorld({ seed: 1 }).random };

const start = (options: Parameters<typeof startEmulatedGraph>[0]["graph"] = {}): Promise<EmulatedGraph> =>
  startEmulatedGraph({ directory, graph: { clients: [secretClient, certificateClient], world, ...options } });

type Fields = Readonly<Record<string, string>>;

const bySecret: Fields = {
  grant_type: "client_credentials",
  client_id: secretClient.clientId,
  client_secret: secretClient.secret,
  scope: "https://graph.microsoft.com/.default",
};

async function ask(
  { emulator, tenantId }: EmulatedGraph,
  fields: Fields,
  { tenant = tenantId, headers = {} }: { tenant?: string; headers?: Record<string, string> } = {},
): Promise<Pick<GraphAnswer, "status" | "body">> {
  const response = await fetch(`${emulator.url}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    headers,
    body: new URLSearchParams(fields),
  });
  return { status: response.status, body: await response.json() };
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name));
}

describe("a token by secret", () => {
  test("is good for what the client may do", async () => {
    const graph = await start();
    const { status, body } = await ask(graph, bySecret);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        token_type: "Bearer",
        expires_in: 3599,
        ext_expires_in: 3599,
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    });
    const token = body.access_token;
    expect((await graph.get("/v1.0/users", { token })).status).toBe(200);
    expect((await graph.send("DELETE", "/v1.0/users/ada@example.com", { token })).status).toBe(403);
    const [, claims = ""] = token.split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      appid: secretClient.clientId,
      tid: graph.tenantId,
      roles: readPermissions,
    });
  });

  test.each<readonly [name: string, tenant: string]>([
    ["the default domain", "example.com"],
    ["the initial domain", "EXAMPLE.onmicrosoft.com"],
  ])("may name the tenant by %s", async (_name, tenant) => {
    expect((await ask(await start(), bySecret, { tenant })).status).toBe(200);
  });

  test("may come in the Authorization header", async () => {
    const { clientId, secret } = secretClient;
    const basic = Buffer.from(`${clientId}:${encodeURIComponent(secret)}`).toString("base64");
    const fields = without(without(bySecret, "client_id"), "client_secret");
    expect((await ask(await start(), fields, { headers: { authorization: `Basic ${basic}` } })).status).toBe(
      200,
    );
  });

  test.each<readonly [code: number, error: string, status: number, fields: Fields, tenant: string]>([
    [7000215, "invalid_client", 401, { ...bySecret, client_secret: "wrong" }, ""],
    [7000215, "invalid_client", 401, { ...bySecret, client_id: certificateClient.clientId }, ""],
    [7000218, "invalid_client", 401, without(bySecret, "client_secret"), ""],
    [700016, "unauthorized_client", 400, { ...bySecret, client_id: "nobody" }, ""],
    [900144, "invalid_request", 400, without(bySecret, "grant_type"), ""],
    [900144, "invalid_request", 400, without(bySecret, "scope"), ""],
    [900144, "invalid_request", 400, without(bySecret, "client_id"), ""],
    [70003, "unsupported_grant_type", 400, { ...bySecret, grant_type: "password" }, ""],
    [1002012, "invalid_scope", 400, { ...bySecret, scope: "https://graph.microsoft.com/User.Read.All" }, ""],
    [90002, "invalid_request", 400, bySecret, "other.example.com"],
  ])("is refused with AADSTS%i", async (code, error, status, fields, tenant) => {
    const answer = await ask(await start(), fields, tenant === "" ? {} : { tenant });
    expect(answer).toMatchObject({
      status,
      body: {
        error,
        error_codes: [code],
        error_description: expect.stringMatching(
          new RegExp(
            `^AADSTS${code}: .* Trace ID: [\\w-]{36} Correlation ID: [\\w-]{36} Timestamp: 2026-.*Z$`,
          ),
        ),
      },
    });
    expect(JSON.stringify(answer.body)).not.toContain(secretClient.secret);
  });

  test("is found by the metadata of the tenant", async () => {
    const { emulator, tenantId } = await start();
    const response = await fetch(`${emulator.url}/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: `${emulator.url}/${tenantId}/v2.0`,
      token_endpoint: `${emulator.url}/${tenantId}/oauth2/v2.0/token`,
    });
  });
});

interface AssertionChanges {
  readonly header?: object;
  readonly claims?: object;
  readonly alg?: "RS256" | "PS256";
  readonly spoilt?: boolean;
}

function assertionFor({ emulator, tenantId }: EmulatedGraph, changes: AssertionChanges = {}): string {
  const { alg = "RS256", spoilt = false } = changes;
  const { raw } = new X509Certificate(certificateClient.certificate);
  const now = world.clock.now().getTime() / 1000;
  const header = {
    alg,
    typ: "JWT",
    x5t: createHash("sha1").update(raw).digest("base64url"),
    ...changes.header,
  };
  const claims = {
    iss: certificateClient.clientId,
    sub: certificateClient.clientId,
    aud: `${emulator.url}/${tenantId}/oauth2/v2.0/token`,
    jti: "1",
    nbf: now,
    exp: now + 600,
    ...changes.claims,
  };
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const key = { key: pem("server.key"), ...(alg === "PS256" ? padding : {}) };
  const signature = sign("sha256", Buffer.from(spoilt ? `${text}x` : text), key);
  return `${text}.${signature.toString("base64url")}`;
}

const byAssertion = (assertion: string): Fields => ({
  ...without(bySecret, "client_secret"),
  client_id: certificateClient.clientId,
  client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  client_assertion: assertion,
});

const thumbprint256 = createHash("sha256")
  .update(new X509Certificate(certificateClient.certificate).raw)
  .digest("base64url");

describe("a token by certificate", () => {
  test.each<readonly [name: string, changes: AssertionChanges]>([
    ["RS256 and its SHA-1 thumbprint", {}],
    [
      "PS256 and its SHA-256 thumbprint",
      { alg: "PS256", header: { x5t: undefined, "x5t#S256": thumbprint256 } },
    ],
  ])("is good with %s", async (_name, changes) => {
    const graph = await start();
    const { status, body } = await ask(graph, byAssertion(assertionFor(graph, changes)));
    expect(status).toBe(200);
    expect((await graph.get("/v1.0/groups", { token: body.access_token })).status).toBe(200);
  });

  test.each<readonly [code: number, name: string, changes: AssertionChanges]>([
    [700027, "a signature that is not its own", { spoilt: true }],
    [700027, "another certificate", { header: { x5t: "AAAA" } }],
    [700027, "no thumbprint", { header: { x5t: undefined } }],
    [700021, "another client", { claims: { sub: secretClient.clientId } }],
    [700023, "another audience", { claims: { aud: "https://login.example.com/token" } }],
    [700024, "an end in the past", { claims: { exp: 1 } }],
    [700024, "a begin in the future", { claims: { nbf: 9_999_999_999 } }],
    [50027, "an unknown algorithm", { header: { alg: "none" } }],
  ])("is refused with AADSTS%i for %s", async (code, _name, changes) => {
    const graph = await start();
    const { body } = await ask(graph, byAssertion(assertionFor(graph, changes)));
    expect(body).toMatchObject({ error_codes: [code] });
  });

  test.each<readonly [code: number, fields: Fields]>([
    [500113, { ...byAssertion("x.y.z"), client_assertion_type: "other" }],
    [50027, byAssertion("x.y.z")],
    [700027, { ...byAssertion("x.y.z"), client_id: secretClient.clientId }],
  ])("is refused with AADSTS%i", async (code, fields) => {
    expect((await ask(await start(), fields)).body).toMatchObject({ error_codes: [code] });
  });
});

describe("without a good token", () => {
  test.each<readonly [name: string, headers: Record<string, string>, message: RegExp]>([
    ["none", { authorization: "" }, /Access token is empty/],
    ["one of another kind", { authorization: "Basic abc" }, /Access token is empty/],
    ["an unknown one", { authorization: "Bearer abc" }, /not well formed/],
  ])("%s is answered 401", async (_name, headers, message) => {
    const { get } = await start();
    const answer = await get("/v1.0/users", { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(answer.body.error).toMatchObject({
      code: "InvalidAuthenticationToken",
      message: expect.stringMatching(message),
    });
  });

  test("one that has expired is told apart", async () => {
    const clock = seededWorld().clock;
    let ahead = 0;
    const moving = { ...clock, now: () => new Date(clock.now().getTime() + ahead) };
    const graph = await start({ world: { ...world, clock: moving }, tokenLifetimeSeconds: 60 });
    const token = (await ask(graph, bySecret)).body.access_token;
    expect((await graph.get("/v1.0/users", { token })).status).toBe(200);
    ahead = 61_000;
    const answer = await graph.get("/v1.0/users", { token });
    expect(answer).toMatchObject({
      status: 401,
      body: { error: { message: expect.stringContaining("expired") } },
    });
  });

  test("the id that a client gives its request comes back", async () => {
    const { get } = await start();
    const headers = { "client-request-id": "my-id" };
    const refused = await get("/v1.0/users/none", { headers });
    expect(refused.body.error.innerError["client-request-id"]).toBe("my-id");
    expect((await get("/v1.0/users", { headers })).headers.get("client-request-id")).toBe("my-id");
  });
});

describe("a missing permission", () => {
  const denied = [403, "Authorization_RequestDenied"] as const;
  const unknown = [401, "UnknownError"] as const;
  test.each<readonly [missing: string, path: string, answer: readonly [status: number, code: string]]>([
    ["Application.Read.All", "/servicePrincipals", denied],
    ["Application.Read.All", "/servicePrincipals/APP/appRoleAssignedTo", denied],
    ["User.Read.All", "/users", denied],
    ["User.Read.All", "/users/ada@example.com", denied],
    ["User.Read.All", "/directory/deletedItems/microsoft.graph.user", denied],
    ["GroupMember.Read.All", "/groups", denied],
    ["GroupMember.Read.All", "/groups/GROUP/members", denied],
    ["Synchronization.Read.All", "/servicePrincipals/APP/synchronization/jobs", unknown],
    ["Synchronization.Read.All", "/servicePrincipals/APP/synchronization/jobs/JOB/schema", unknown],
    ["ProvisioningLog.Read.All", "/auditLogs/provisioning", denied],
  ])("%s: %s is answered %j", async (missing, template, [status, code]) => {
    const permissions = readPermissions.filter((permission) => permission !== missing);
    const graph = await start({
      givenTokens: [
        { token: "less", permissions },
        { token: "enough", permissions: readPermissions },
      ],
    });
    const [job] = await graph.all(`/v1.0/servicePrincipals/${graph.company.appId}/synchronization/jobs`);
    const [group] = await graph.all("/v1.0/groups");
    const path = template
      .replace("APP", graph.company.appId)
      .replace("GROUP", group.id)
      .replace("JOB", job.id);
    const answer = await graph.get(`/v1.0${path}`, { token: "less" });
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect((await graph.get(`/v1.0${path}`, { token: "enough" })).status).toBe(200);
  });

  test.each<readonly [granted: string, path: string]>([
    ["Directory.Read.All", "/users"],
    ["Directory.ReadWrite.All", "/groups"],
    ["Group.ReadWrite.All", "/groups"],
    ["AuditLog.Read.All", "/auditLogs/provisioning"],
  ])("%s suffices for %s", async (granted, path) => {
    const graph = await start({ givenTokens: [{ token: "more", permissions: [granted] }] });
    expect((await graph.get(`/v1.0${path}`, { token: "more" })).status).toBe(200);
  });
});

describe("throttling", () => {
  test("is by resource units: who has used them waits", async () => {
    let ahead = 0;
    const clock = { ...world.clock, now: () => new Date(world.clock.now().getTime() + ahead) };
    const graph = await start({ throttling: { units: 6, perMs: 10_000 }, world: { ...world, clock } });
    const costs: (string | null)[] = [];
    for (const path of ["/users", "/users?$select=id", "/users?$top=5", "/users?$expand=manager"]) {
      costs.push((await graph.get(`/v1.0${path}`)).headers.get("x-ms-resource-unit"));
    }
    expect(costs).toEqual(["2", "1", "1", null]);
    const answer = await graph.get("/v1.0/groups");
    expect(answer).toMatchObject({ status: 429, body: { error: { code: "TooManyRequests" } } });
    expect(answer.headers.get("retry-after")).toBe("10");
    expect(answer.headers.get("x-ms-throttle-information")).toBe("ResourceUnitLimitExceeded");
    ahead = 10_000;
    expect((await graph.get("/v1.0/groups")).status).toBe(200);
  });

  test("is as documented for a small tenant", async () => {
    const graph = await start({ throttling: "documented" });
    expect((await graph.get("/v1.0/users")).status).toBe(200);
  });
});

test("reads that lag show what was, and catch up", async () => {
  let ahead = 0;
  const { clock, random, timers } = seededWorld({ seed: 2 });
  const moving = { ...clock, now: () => new Date(clock.now().getTime() + ahead) };
  const graph = await startEmulatedGraph({
    directory,
    world: { clock: moving, random, timers },
    graph: { readsLagMs: 120_000 },
  });
  ahead += 600_000;
  const blocked = "/v1.0/users?$select=mail&$filter=accountEnabled eq false";
  await graph.send("PATCH", "/v1.0/users/ada@example.com", { body: { accountEnabled: false } });
  expect(await graph.all(blocked)).toEqual([]);
  ahead += 60_000;
  await graph.send("PATCH", "/v1.0/users/bob@example.com", { body: { accountEnabled: false } });
  ahead += 60_000;
  expect(await graph.all(blocked)).toEqual([{ mail: "ada@example.com" }]);
  ahead += 60_000;
  expect(await graph.all(blocked)).toHaveLength(2);
});

test("a failure in the middle of a listing, and a change while it is read", async () => {
  const people = Array.from({ length: 5 }, (_, index) => anEntraUser(`user${index}@example.com`));
  const graph = await startEmulatedGraph({
    directory: aDirectory({ users: people, pushedGroups: [] }),
    http: {
      faults: [
        {
          path: "/v1.0/users",
          query: "$skiptoken",
          from: 2,
          times: 1,
          effect: { kind: "status", status: 503, headers: { "Retry-After": "1" } },
        },
      ],
    },
  });
  const path = "/v1.0/users?$select=id&$top=1";
  await expect(graph.all(path)).rejects.toThrow("503");
  expect(await graph.all(path)).toHaveLength(5);
  expect(graph.emulator.requests().filter(({ status }) => status === 503)).toHaveLength(1);
});
