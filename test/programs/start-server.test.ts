/** The local Astro as a program starts it: what docs/library.md says. */

import { describe, expect, onTestFinished, test } from "vitest";
import { startServer, type AstroServer, type StartServerOptions } from "../../src/index.ts";
import { scimClient } from "../support/scim-client.ts";

const small = "fixtures/okta-small.yaml";

async function start(options: StartServerOptions): Promise<AstroServer> {
  const astro = await startServer(options);
  onTestFinished(() => astro.close());
  return astro;
}

const userNames = async (astro: AstroServer): Promise<readonly string[]> =>
  (await astro.state()).users.map(({ userName }) => userName).toSorted();

describe("what it holds", () => {
  test.each<readonly [what: string, options: StartServerOptions, users: readonly string[]]>([
    ["nothing", {}, []],
    ["the astro part of a fixture", { fixture: small }, ["mary@example.com", "root@example.com"]],
    [
      "what the directory says at the end",
      { fixture: small, provisioned: true },
      ["grace@example.com", "jose@example.com", "mary@example.com", "root@example.com"],
    ],
    [
      "what it says after a step",
      { fixture: small, provisioned: true, at: "start" },
      ["ada@example.com", "grace@example.com", "jose@example.com", "mary@example.com", "root@example.com"],
    ],
  ])("%s", async (_what, options, users) => {
    expect(await userNames(await start(options))).toEqual(users);
  });

  test("the organization is the fixture's, unless another one is given", async () => {
    expect((await start({ fixture: small })).organizationId).toBe("cknaqyipv05731evsry6cj4n0");
    expect((await start({ fixture: small, organizationId: "mine" })).url).toMatch(/\/scim\/v2\/mine$/);
  });
});

test("two servers share nothing: neither users, nor requests, nor faults, nor tokens", async () => {
  const [a, b] = [await start({ fixture: small }), await start({ fixture: small })];
  await scimClient(a).user("only-in-a@example.com");
  a.faults.set(["status=503"]);
  expect(await userNames(b)).not.toContain("only-in-a@example.com");
  expect(b.requests()).toEqual([]);
  expect((await scimClient(b).get("/Users")).status).toBe(200);
  expect((await scimClient({ url: b.url, token: a.token }).get("/Users")).status).toBe(401);
  expect(a.requests()).toHaveLength(1);
});

test.each<readonly [what: string, options: StartServerOptions, code: string]>([
  ["a fixture that is not there", { fixture: "none.yaml" }, "invalid-file"],
  ["a step that there is not", { fixture: small, provisioned: true, at: "never" }, "usage"],
  ["a fixture and a seed", { fixture: small, seed: { users: [], teams: [] } }, "usage"],
  ["provisioned without a fixture", { provisioned: true }, "usage"],
  ["a moment without provisioned", { fixture: small, at: "end" }, "usage"],
  ["what is no fault", { faults: ["stauts=503"] }, "usage"],
])("%s is an AppError", async (_what, options, code) => {
  await expect(startServer(options)).rejects.toMatchObject({ name: "AppError", code });
});
