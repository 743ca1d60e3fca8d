/** Whatever is asked of the emulated Microsoft Graph, it answers in Graph's form, and never fails itself. */

import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import { graphApi } from "../../../src/emulators/graph/graph-api.ts";
import { startEmulator } from "../../../src/emulators/http/start.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { startEmulatedCompany } from "../../support/emulated-company.ts";

const token = "admin";
const permissions = [
  "Directory.ReadWrite.All",
  "AppRoleAssignment.ReadWrite.All",
  "Synchronization.ReadWrite.All",
  "AuditLog.Read.All",
];

/** The API over a small company that provisions nothing, and what failed inside it. */
async function start() {
  const { company } = await startEmulatedCompany({
    app: documentedEntraSettings,
    startsPaused: true,
    directory: aDirectory({
      users: [anEntraUser("ada@example.com"), anEntraUser("bob@example.com", { status: "soft-deleted" })],
      groups: [aGroup("data", ["ada@example.com"])],
      assignedGroups: ["data"],
      pushedGroups: [],
    }),
  });
  const faults: unknown[] = [];
  const api = graphApi(company, {
    clients: [{ clientId: "c", secret: "s", permissions }],
    givenTokens: [{ token, permissions }],
  });
  const emulator = await startEmulator({ api, onFault: (fault) => faults.push(fault) });
  onTestFinished(() => emulator.close());
  return { api, emulator, faults, company };
}

const words = ["$top", "$filter", "$select", "$orderby", "$expand", "$count", "$skiptoken", "$skip", "top"];
const texts = fc.oneof(
  fc.constantFrom(
    "displayName",
    "id",
    "mail eq 'x'",
    "not(",
    "'",
    "1",
    "-1",
    "999",
    "true",
    "manager($select=id)",
  ),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "(((((",
    "a eq b eq c",
    "mail in ()",
    "x/y/z eq null",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const queries = fc.array(fc.tuple(fc.constantFrom(...words), texts), { maxLength: 4 });
const ids = fc.constantFrom(
  "ada@example.com",
  "__proto__",
  "..",
  "%00",
  "x",
  "microsoft.graph.user",
  "$count",
);

describe("a hostile request", () => {
  test("is answered in Graph's form", async () => {
    const { api, emulator, faults, company } = await start();
    const graphRoutes = api.routes.filter(({ path }) => path.startsWith("/v1.0/"));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...graphRoutes),
        queries,
        fc.array(ids, { minLength: 3, maxLength: 3 }),
        fc.option(fc.jsonValue({ maxDepth: 3 }), { nil: undefined }),
        async ({ method, path }, query, values, body) => {
          const left = [company.appId, ...values];
          const at = path.replaceAll(/:\w+/g, () => encodeURIComponent(left.shift() ?? "x"));
          const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
          const response = await fetch(`${emulator.url}${at}?${text}`, {
            method,
            headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
            ...(method === "GET" || body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          const answer: unknown = JSON.parse((await response.text()) || "null");
          expect(faults).toEqual([]);
          expect(response.status).toBeLessThan(500);
          if (response.status < 400) return;
          // oxlint-disable-next-line vitest/no-conditional-expect -- only errors have this form
          expect(answer).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
        },
      ),
      { numRuns: 400 },
    );
  });

  test("for a token is refused in the form of OAuth", async () => {
    const { emulator, faults } = await start();
    const fields = fc.dictionary(
      fc.constantFrom(
        "grant_type",
        "client_id",
        "client_secret",
        "scope",
        "client_assertion",
        "client_assertion_type",
      ),
      fc.oneof(
        fc.constantFrom("client_credentials", "c", "a/.default", "a.b.c"),
        fc.constant("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        fc.string(),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fields, fc.option(fc.base64String(), { nil: undefined }), async (form, basic) => {
        const response = await fetch(`${emulator.url}/example.com/oauth2/v2.0/token`, {
          method: "POST",
          headers: basic === undefined ? {} : { authorization: `Basic ${basic}` },
          body: new URLSearchParams(form),
        });
        const answer: unknown = await response.json();
        expect(faults).toEqual([]);
        expect([400, 401]).toContain(response.status);
        expect(answer).toMatchObject({ error: expect.any(String), error_codes: [expect.any(Number)] });
      }),
      { numRuns: 200 },
    );
  });
});
