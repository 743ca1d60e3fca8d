/** `O/audit-logs`: what was really written, over SCIM and over Astro's own API (Astro docs: Export audit logs). */

import { describe, expect, onTestFinished, test } from "vitest";
import { readTokenClaims } from "../../../src/astro/token-claims.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../../src/server/start.ts";
import { readAuditLog } from "../../support/audit-log.ts";
import { iamClient } from "../../support/iam-client.ts";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const never = new AbortController().signal;

async function started(options: StartServerOptions = {}): Promise<{ server: AstroServer; scim: ScimClient }> {
  const server = await startServer(options);
  onTestFinished(() => server.close());
  return { server, scim: scimClient(server) };
}

const summary = ({ method, path, ...rest }: Record<string, unknown>): unknown => [
  method,
  path,
  rest["response status"],
];

test("is NDJSON in gzip, and empty where nothing was written", async () => {
  const { server, scim } = await started();
  await scim.get("/Users");
  const { status, headers, lines } = await readAuditLog(server);
  expect([status, headers["content-type"], headers["content-encoding"], lines]).toEqual([
    200,
    "application/octet-stream",
    "gzip",
    [],
  ]);
});

test("has a line for each write with all that is documented", async () => {
  const { server, scim } = await started({ world: seededWorld({ now: new Date("2026-01-15T09:00:00Z") }) });
  await scim.send("POST", "/Users", {
    headers: {
      "content-type": "application/scim+json",
      "user-agent": "Okta SCIM Client 1.0.0",
      "x-astro-client-identifier": "cli",
      "x-astro-client-version": "1.45.0",
    },
    text: JSON.stringify({ userName: "ada@example.com", password: "correct horse" }),
  });
  expect((await readAuditLog(server)).lines).toEqual([
    {
      subjectId: readTokenClaims(server.token)?.apiTokenId,
      subjectType: "SERVICEKEY",
      organizationId: server.organizationId,
      timestamp: "2026-01-15T09:00:00.000Z",
      sourceIp: "127.0.0.1",
      userAgent: "Okta SCIM Client 1.0.0",
      astroClient: "cli",
      astroClientVersion: "1.45.0",
      method: "POST",
      path: `/scim/v2/${server.organizationId}/Users`,
      requestBody: { userName: "ada@example.com", password: "[redacted]" },
      requestId: expect.stringMatching(/^c[a-z0-9]{24}$/) as string,
      "response status": 201,
    },
  ]);
});

test("tells writes in their order, those that were refused too, and no reads", async () => {
  const { server, scim } = await started();
  const base = `/scim/v2/${server.organizationId}`;
  const id = await scim.user("ada@example.com");
  await scim.get(`/Users/${id}`);
  await scim.send("HEAD", "/Users");
  await scim.post("/Users/.search", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"] });
  await scim.post("/.search", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"] });
  await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
  await scim.post("/Users", { userName: "ada@example.com" });
  await scim.send("POST", "/Users", { text: "{" });
  await scim.put(`/Groups/${id}`, { displayName: "core" });
  await scim.delete(`/Users/${id}?x=1`);
  await scim.send("POST", "/Nothing", {});
  expect((await readAuditLog(server)).lines.map(summary)).toEqual([
    ["POST", `${base}/Users`, 201],
    ["PATCH", `${base}/Users/${id}`, 200],
    ["POST", `${base}/Users`, 409],
    ["POST", `${base}/Users`, 400],
    ["PUT", `${base}/Groups/${id}`, 404],
    ["DELETE", `${base}/Users/${id}`, 204],
  ]);
});

test("tells writes over Astro's own API, whichever version", async () => {
  const { server } = await started();
  const paths: string[] = [];
  for (const version of ["/v1", "/iam/v1beta1"]) {
    const iam = iamClient(server, version);
    await iam.get("/teams");
    await iam.post("/teams", { name: "refused while SCIM is on" });
    await iam.delete(`/teams/${"c".repeat(25)}`);
    paths.push(`${version}/organizations/${server.organizationId}/teams`);
  }
  expect((await readAuditLog(server)).lines.map(summary)).toEqual(
    paths.flatMap((path) => [
      ["POST", path, 400],
      ["DELETE", `${path}/${"c".repeat(25)}`, 404],
    ]),
  );
});

test("each organization has a log of its own", async () => {
  const { server } = await started({ organizations: [{ organizationId: "clother" }] });
  const [own, other] = server.organizations.map((one) => ({ ...one, apiUrl: server.apiUrl }));
  await scimClient(own!).user("ada@example.com");
  await scimClient(other!).user("bob@example.com");
  const names = async (of: typeof own): Promise<unknown> =>
    (await readAuditLog(of!)).lines.map(({ organizationId, requestBody }) => [
      organizationId,
      requestBody.userName,
    ]);
  expect(await names(own)).toEqual([[own!.organizationId, "ada@example.com"]]);
  expect(await names(other)).toEqual([["clother", "bob@example.com"]]);
});

test("has no line for what carries no valid token, or is for no organization of the token", async () => {
  const { server, scim } = await started();
  await scimClient({ ...server, token: "another" }).post("/Users", { userName: "ada" });
  await scimClient({ url: server.url.replace(server.organizationId, "clother"), token: server.token }).post(
    "/Users",
    { userName: "ada" },
  );
  expect((await scim.get("/Users")).body.totalResults).toBe(0);
  expect((await readAuditLog(server)).lines).toEqual([]);
});

test.each([
  ["forbidden", 403],
  ["not-found", 404],
] as const)("says that provisioning is refused: scimIntegration=%s", async (scimIntegration, status) => {
  const { server, scim } = await started({ behaviour: { scimIntegration } });
  await scim.post("/Users", { userName: "ada@example.com" });
  expect((await readAuditLog(server)).lines.map(summary)).toEqual([
    ["POST", `/scim/v2/${server.organizationId}/Users`, status],
  ]);
});

test("has the server's own status, whatever a fault made of the answer", async () => {
  const { server, scim } = await started({
    faults: ["status=503,times=1,method=POST", "status=503,when=after-write,method=PATCH"],
  });
  expect((await scim.post("/Users", { userName: "never@example.com" })).status).toBe(503);
  const id = await scim.user("ada@example.com");
  expect((await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: false })).status).toBe(
    503,
  );
  expect((await readAuditLog(server)).lines.map((line) => line["response status"])).toEqual([201, 200]);
});

test("what a fault spoils is sent plainly", async () => {
  const { server } = await started({ faults: ["body=html,path=/audit-logs"] });
  const { apiUrl, organizationId, token } = server;
  const answer = await fetch(`${apiUrl}/organizations/${organizationId}/audit-logs`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([answer.headers.get("content-encoding"), await answer.text()]).toEqual([
    null,
    expect.stringContaining("<html>"),
  ]);
});

test("is empty after a reset", async () => {
  const { server, scim } = await started();
  await scim.user("ada@example.com");
  await server.reset();
  expect((await readAuditLog(server)).lines).toEqual([]);
});

describe("the period", () => {
  /** Writes at 9:00, 10:00 and 11:00. */
  async function threeWrites(): Promise<AstroServer> {
    const world = seededWorld({ now: new Date("2026-01-15T09:00:00Z") });
    const { server, scim } = await started({ world });
    for (const userName of ["nine", "ten", "eleven"]) {
      await scim.user(userName);
      await world.timers.wait(3_600_000, never);
    }
    return server;
  }

  test.each([
    ["", ["nine", "ten", "eleven"]],
    ["?startDate=2026-01-15T10:00:00Z", ["ten", "eleven"]],
    ["?endDate=2026-01-15T10:00:00Z", ["nine", "ten"]],
    ["?startDate=2026-01-15T09:30:00.5Z&endDate=2026-01-15T10:30:00.123456789Z", ["ten"]],
    ["?startDate=2026-01-15T12:00:00%2B02:00", ["ten", "eleven"]],
    ["?startDate=2026-01-16T00:00:00Z", []],
    ["?startDate=&endDate=", ["nine", "ten", "eleven"]],
  ])("%j", async (query, expected) => {
    const { lines } = await readAuditLog(await threeWrites(), query);
    expect(lines.map((line) => line.requestBody.userName)).toEqual(expected);
  });

  test.each([
    ["?startDate=yesterday", ["startDate"]],
    ["?startDate=2026-01-15", ["startDate"]],
    ["?startDate=2026-01-15T09:00:00", ["startDate"]],
    ["?endDate=2026-02-30T09:00:00Z", ["endDate"]],
    ["?endDate=2026-01-15T25:00:00Z", ["endDate"]],
    ["?startDate=1768467600&endDate=soon", ["startDate", "endDate"]],
    ["?startDate=2026-01-15T10:00:00Z&endDate=2026-01-15T09:00:00Z", ["endDate"]],
  ])("%j is 400, and names %j", async (query, fields) => {
    const { server } = await started();
    const { status, body } = await readAuditLog(server, query);
    expect([status, body.fieldErrors.map((error: { field: string }) => error.field)]).toEqual([400, fields]);
  });
});

test("is for Organization Owners", async () => {
  const { server } = await started({ behaviour: { tokenRole: "member" } });
  const { status, body } = await readAuditLog(server);
  expect([status, body.message]).toEqual([403, expect.stringContaining("Organization Owner")]);
});

test("no token is in it, wherever a client has put one", async () => {
  const { server, scim } = await started();
  await scim.send("POST", `/Users?access_token=${server.token}`, {
    headers: { "user-agent": `client ${server.token}` },
    body: { userName: "ada", displayName: server.token, externalId: `x${server.token}` },
  });
  const text = JSON.stringify((await readAuditLog(server)).lines);
  expect(text).toContain("ada");
  expect(server.token.split(".").filter((part) => text.includes(part))).toEqual([]);
});
