/** Which tokens `serve` accepts: one that it knows, of any form; of a JWT, `exp` and `permissions` are judged. */

import { describe, expect, onTestFinished, test } from "vitest";
import { readTokenClaims } from "../../../src/astro/token-claims.ts";
import { startServer, type StartServerOptions } from "../../../src/server/start.ts";
import { jwt, organizationToken } from "../../support/astro-token.ts";
import { scimClient, type Answer } from "../../support/scim-client.ts";

const org = "clmaxoarx000008l2c5ayb9pt";
const start = new Date("2026-01-15T09:00:00Z");
const at = (date: Date): number => date.getTime() / 1000;

async function answerTo(options: StartServerOptions): Promise<Answer> {
  const server = await startServer({ organizationId: org, now: () => start, ...options });
  onTestFinished(() => server.close());
  return scimClient(server).get("/Users");
}

describe("the token that a server makes up", () => {
  test("is a JWT in Astro's form, for its organization and a year (astro-cli, pkg/util/util.go)", async () => {
    const server = await startServer({ organizationId: org, now: () => start });
    onTestFinished(() => server.close());
    const [head, payload, signature] = server.token.split(".");
    const part = (text = ""): unknown => JSON.parse(Buffer.from(text, "base64url").toString());
    expect(part(head)).toEqual({ alg: "HS256", typ: "JWT", kid: "local" });
    const id = readTokenClaims(server.token)?.apiTokenId;
    expect(part(payload)).toMatchObject({
      permissions: [`apiTokenId:${id}`, `organizationId:${org}`],
      apiTokenId: expect.stringMatching(/^c[a-z0-9]{24}$/) as string,
      isAstronomerGenerated: true,
      scope: `apiTokenId:${id} organizationId:${org}`,
      iat: at(start),
      exp: at(new Date("2027-01-15T09:00:00Z")),
    });
    expect(Buffer.from(signature!, "base64url")).toHaveLength(32);
    expect((await scimClient(server).get("/Users")).status).toBe(200);
  });

  test("is another one with each server, for the same claims", async () => {
    const options = { organizationId: org, now: () => start };
    const servers = [await startServer(options), await startServer(options)] as const;
    onTestFinished(async () => void (await Promise.all(servers.map((server) => server.close()))));
    const [one, other] = servers;
    const crossed = await scimClient({ url: one.url, token: other.token }).get("/Users");
    expect(crossed.status).toBe(401);
  });

  test("a year later it has expired", async () => {
    let now = start;
    const server = await startServer({ now: () => now });
    onTestFinished(() => server.close());
    now = new Date("2027-01-15T08:59:59Z");
    expect((await scimClient(server).get("/Users")).status).toBe(200);
    now = new Date("2027-01-15T09:00:00Z");
    const { status, body } = await scimClient(server).get("/Users");
    expect([status, body.detail]).toEqual([401, "the API token expired at 2027-01-15T09:00:00.000Z"]);
  });

  test.each(["with other claims", "with another signature", "without a signature"])(
    "one %s is not accepted",
    async (how) => {
      const server = await startServer({ organizationId: org });
      onTestFinished(() => server.close());
      const [head, payload, signature] = server.token.split(".");
      const forged = organizationToken(org, { exp: at(start) + 1e9 }).split(".");
      const tokens: Readonly<Record<string, string>> = {
        "with other claims": [head, forged[1], signature].join("."),
        "with another signature": [head, payload, forged[2]].join("."),
        "without a signature": [head, payload, ""].join("."),
      };
      expect((await scimClient({ url: server.url, token: tokens[how]! }).get("/Users")).status).toBe(401);
    },
  );
});

describe("a token that is given", () => {
  test.each([
    ["no JWT", "correct-horse-battery-staple"],
    ["three parts that are no JWT", "a.b.c"],
    ["a JWT without permissions", jwt({ sub: "somebody" })],
    ["permissions that name nothing of Astro's", jwt({ permissions: ["read:users"] })],
    ["permissions of another form", jwt({ permissions: `organizationId:${org}` })],
    ["an Organization token", organizationToken(org)],
    ["one that ends in a second", organizationToken(org, { exp: at(start) + 1 })],
    ["an end that is no number", organizationToken(org, { exp: "soon" })],
    ["another issuer, audience and algorithm", organizationToken(org, { iss: "x", aud: "y", nbf: 1e12 })],
  ])("is accepted: %s", async (_form, token) => {
    expect((await answerTo({ token })).status).toBe(200);
  });

  test.each([
    ["an Organization token", organizationToken(org, { exp: at(start) })],
    ["any JWT", jwt({ exp: at(start) - 1 })],
    ["one of another organization", organizationToken("clother", { exp: 0 })],
  ])("is 401 once it has expired: %s", async (_form, token) => {
    const { status, body } = await answerTo({ token });
    expect(status).toBe(401);
    expect(body.detail).toMatch(/^the API token expired at \d{4}-/);
  });

  test.each([
    [
      "another organization's",
      organizationToken("clother"),
      `the API token is not for the organization ${org}`,
    ],
    [
      "a Workspace's",
      jwt({ permissions: ["workspaceId:clworkspace"] }),
      "the API token is for a Workspace; use an Organization API token",
    ],
    [
      "a Workspace's that names this organization",
      jwt({ permissions: [`organizationId:${org}`, "workspaceId:clworkspace"] }),
      "the API token is for a Workspace; use an Organization API token",
    ],
    [
      "a Deployment's",
      jwt({ permissions: [`organizationId:${org}`, "workspaceId:w", "deploymentId:d"] }),
      "the API token is for a Deployment; use an Organization API token",
    ],
  ])("is 403 with the reason: %s", async (_whose, token, detail) => {
    const { status, body } = await answerTo({ token });
    expect([status, body.detail]).toEqual([403, detail]);
  });

  test("an unknown organization is 404, whosever the token is", async () => {
    const server = await startServer({ organizationId: org, token: organizationToken("clother") });
    onTestFinished(() => server.close());
    const elsewhere = scimClient({ url: server.url.replace(org, "clother"), token: server.token });
    expect((await elsewhere.get("/Users")).status).toBe(404);
  });

  test("names the organization, where none is given", async () => {
    const server = await startServer({ token: organizationToken("clnamed") });
    onTestFinished(() => server.close());
    expect(server.organizationId).toBe("clnamed");
    expect((await scimClient(server).get("/Users")).status).toBe(200);
  });

  test("does not name it, where its name can be in no path", async () => {
    const server = await startServer({ token: organizationToken("a/b") });
    onTestFinished(() => server.close());
    expect(server.organizationId).toMatch(/^c[a-z0-9]{24}$/);
  });
});

describe("with two organizations in one server", () => {
  const other = "clother00000000000000000x";

  test("each has a token of its own, which is 403 at the other", async () => {
    const server = await startServer({ organizationId: org, organizations: [{ organizationId: other }] });
    onTestFinished(() => server.close());
    const [own, foreign] = server.organizations;
    const statusOf = async (url: string, token: string): Promise<number> =>
      (await scimClient({ url, token }).get("/Users")).status;
    expect(await statusOf(own!.url, own!.token)).toBe(200);
    expect(await statusOf(foreign!.url, foreign!.token)).toBe(200);
    expect(await statusOf(own!.url, foreign!.token)).toBe(403);
    expect(await statusOf(own!.url.replace(org, "clnobodys"), own!.token)).toBe(404);
  });

  test("a token whose permissions name both is for both", async () => {
    const token = jwt({ permissions: [`organizationId:${org}`, `organizationId:${other}`] });
    const server = await startServer({
      organizationId: org,
      token,
      organizations: [{ organizationId: other, token }],
    });
    onTestFinished(() => server.close());
    for (const { url } of server.organizations) {
      expect((await scimClient({ url, token }).get("/Users")).status).toBe(200);
    }
  });

  test("a token in no form of Astro's is for those that it is given for", async () => {
    const organizations = [{ organizationId: other, token: "shared" }, { organizationId: "clthird" }];
    const server = await startServer({ organizationId: org, token: "shared", organizations });
    onTestFinished(() => server.close());
    const statuses = await Promise.all(
      server.organizations.map(
        async ({ url }) => (await scimClient({ url, token: "shared" }).get("/Users")).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 403]);
  });
});
