/** `O/tokens`: enough to check the token in use. Tokens are listed and read, never written. */

import { describe, expect, onTestFinished, test } from "vitest";
import { startServer, type AstroServer, type StartServerOptions } from "../../../src/server/start.ts";
import { organizationToken } from "../../support/astro-token.ts";
import { iamClient } from "../../support/iam-client.ts";
import { scimClient } from "../../support/scim-client.ts";

const org = "clmaxoarx000008l2c5ayb9pt";
const start = new Date("2026-01-15T09:00:00Z");

async function started(options: StartServerOptions = {}): Promise<AstroServer> {
  const server = await startServer({ organizationId: org, now: () => start, ...options });
  onTestFinished(() => server.close());
  return server;
}

describe("the token in use", () => {
  test("is listed with its role, its end and its last use (Astro API reference: ApiToken)", async () => {
    let now = start;
    const server = await started({ now: () => now });
    const iam = iamClient(server);
    now = new Date("2026-01-16T10:00:00Z");
    await scimClient(server).get("/Users");
    now = new Date("2026-01-17T11:00:00Z");
    const { status, body } = await iam.get("/tokens");
    expect(status).toBe(200);
    expect(body).toEqual({ tokens: [expect.any(Object)], limit: 20, offset: 0, totalCount: 1 });
    const [token] = body.tokens;
    expect(token).toEqual({
      id: expect.stringMatching(/^c[a-z0-9]{24}$/) as string,
      name: "local API token",
      description: "",
      shortToken: token.id.slice(-8),
      scope: "ORGANIZATION",
      kind: "STANDARD",
      startAt: "2026-01-15T09:00:00Z",
      endAt: "2027-01-15T09:00:00Z",
      expiryPeriodInDays: 365,
      // By this very request.
      lastUsedAt: "2026-01-17T11:00:00Z",
      createdAt: "2026-01-15T09:00:00Z",
      // Older versions of the astro CLI read createdBy without looking (astro-cli, cloud/organization/organization_token.go).
      createdBy: { id: token.id, subjectType: "SERVICEKEY", apiTokenName: "local API token" },
      updatedAt: "2026-01-15T09:00:00Z",
      updatedBy: { id: token.id, subjectType: "SERVICEKEY", apiTokenName: "local API token" },
      roles: [{ entityType: "ORGANIZATION", entityId: org, role: "ORGANIZATION_OWNER" }],
    });
    expect((await iam.get(`/tokens/${token.id}`)).body).toEqual(token);
  });

  test("has the id and the times of its claims", async () => {
    const claims = { apiTokenId: "clm8q7f6q000008lcgyougpsk", iat: 1_767_225_600, exp: 1_798_761_600 };
    const server = await started({ token: organizationToken(org, claims) });
    expect((await iamClient(server).get(`/tokens/${claims.apiTokenId}`)).body).toMatchObject({
      startAt: "2026-01-01T00:00:00Z",
      endAt: "2027-01-01T00:00:00Z",
      expiryPeriodInDays: 365,
    });
  });

  test("never expires, if it does not say when", async () => {
    const server = await started({ token: "opaque" });
    const [token] = (await iamClient(server).get("/tokens")).body.tokens;
    expect(token).toMatchObject({ startAt: "2026-01-15T09:00:00Z", scope: "ORGANIZATION" });
    expect(token).not.toHaveProperty("endAt");
    expect(token).not.toHaveProperty("expiryPeriodInDays");
  });

  test("is in no answer itself, also in part", async () => {
    const server = await started();
    const { text } = await iamClient(server).get("/tokens");
    const parts = server.token.split(".").flatMap((part) => [part, part.slice(0, 12), part.slice(-12)]);
    expect([server.token, ...parts].filter((part) => text.includes(part))).toEqual([]);
  });
});

describe("filters, order and page", () => {
  test.each([
    ["", 1],
    ["?includeOnlyOrganizationTokens=true", 1],
    ["?includeOnlyOrganizationTokens=false", 1],
    ["?kind=STANDARD", 1],
    ["?kind=DIRECT_ACCESS", 0],
    ["?dagId=etl", 0],
    ["?dagTags=a&dagTags=b", 0],
    ["?sorts=name:asc&sorts=tokenStartAt:desc", 1],
  ])("%j: %i", async (query, count) => {
    const { status, body } = await iamClient(await started()).get(`/tokens${query}`);
    expect([status, body.totalCount, body.tokens.length]).toEqual([200, count, count]);
  });

  test("limit and offset", async () => {
    const iam = iamClient(await started());
    expect((await iam.get("/tokens?offset=1&limit=5")).body).toEqual({
      tokens: [],
      limit: 5,
      offset: 1,
      totalCount: 1,
    });
  });

  test.each([
    ["?kind=OTHER", "kind"],
    ["?includeOnlyOrganizationTokens=yes", "includeOnlyOrganizationTokens"],
    ["?sorts=id:asc", "sorts"],
    ["?limit=1001", "limit"],
    ["?offset=-1", "offset"],
  ])("%s: 400 that names the field", async (query, field) => {
    const { status, body } = await iamClient(await started()).get(`/tokens${query}`);
    expect([status, body.fieldErrors.map((error: { field: string }) => error.field)]).toEqual([400, [field]]);
  });
});

describe("refusals", () => {
  test("an unknown token is 404", async () => {
    const { status, body } = await iamClient(await started()).get(`/tokens/${"c".repeat(25)}`);
    expect([status, body.message]).toEqual([
      404,
      `API token ${"c".repeat(25)} not found in this organization`,
    ]);
  });

  test.each(["/tokens", `/tokens/${"c".repeat(25)}`, "/audit-logs", "/roles"])(
    "an Organization Member is 403 at %s",
    async (path) => {
      const { status } = await iamClient(await started({ behaviour: { tokenRole: "member" } })).get(path);
      expect(status).toBe(403);
    },
  );

  test.each(["/users", "/teams", ""])("an Organization Member reads %j", async (path) => {
    const { status } = await iamClient(await started({ behaviour: { tokenRole: "member" } })).get(path);
    expect(status).toBe(200);
  });

  test.each([
    ["POST", "/tokens"],
    ["POST", "/tokens/any"],
    ["DELETE", "/tokens/any"],
  ])("%s %s: tokens are not written, 405", async (method, path) => {
    const server = await started();
    const { status } = await iamClient(server).send(method, `/v1/organizations/${org}${path}`);
    expect(status).toBe(405);
  });

  test.each([
    ["an expired token", organizationToken(org, { exp: 0 }), 401, /^the API token expired at 1970/],
    [
      "another organization's token",
      organizationToken("clother"),
      403,
      /^the API token is not for the organization/,
    ],
  ])("%s", async (_whose, token, expected, message) => {
    const { status, body } = await iamClient(await started({ token })).get("/users");
    expect([status, body.statusCode, body.message]).toEqual([
      expected,
      expected,
      expect.stringMatching(message),
    ]);
  });
});

test("the deprecated IAM API has type in the place of scope", async () => {
  const server = await started();
  const { scope, ...rest } = (await iamClient(server).get("/tokens")).body.tokens[0];
  const old = iamClient(server, "/iam/v1beta1");
  expect((await old.get("/tokens")).body.tokens).toEqual([{ ...rest, type: scope }]);
  expect((await old.get(`/tokens/${rest.id}`)).body).toEqual({ ...rest, type: scope });
});
