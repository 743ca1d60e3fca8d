/** docs/supported.md is what the published description and the routes say, where the description is beside the project. */

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { iamV1Beta1Routes, platformV1Beta1Routes, v1Routes } from "../../src/server/iam/routes.ts";
import { readAstroDescription, withoutContract } from "../support/astro-contract.ts";

interface Scripts {
  readonly supportedPage: (description: unknown, routes: object) => string;
}

// A path that TypeScript does not follow: the script has no types.
const script: string = new URL("../../scripts/supported-page.mjs", import.meta.url).href;
const description = readAstroDescription();
const routes = { v1: v1Routes, iamV1Beta1: iamV1Beta1Routes, platformV1Beta1: platformV1Beta1Routes };
const page = await readFile(new URL("../../docs/supported.md", import.meta.url), "utf8");

test("the committed page is made from them: node scripts/write-supported.mjs", async ({ skip }) => {
  if (description === undefined) skip(withoutContract);
  const { supportedPage } = (await import(script)) as Scripts;
  expect(page).toBe(supportedPage(description, routes));
});

test("an operation that is left out without a reason is refused", async ({ skip }) => {
  if (description === undefined) skip(withoutContract);
  const { supportedPage } = (await import(script)) as Scripts;
  const fewer = { ...routes, v1: v1Routes.filter(({ path }) => !path.endsWith("/audit-logs")) };
  expect(() => supportedPage(description, fewer)).toThrow("no reason for: GetOrganizationAuditLogs");
});

test("every route of v1 is on the page", () => {
  const requests = v1Routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect(requests.filter((request) => !page.includes(`\`${request}\``))).toEqual([]);
});
