/** The drill with a small company, at each of its places; `npm run drill` has 5,000 users. */

import { expect, test } from "vitest";
import { drill } from "./drill.ts";
import { emulatedOkta, scimmy } from "./place.ts";

const size = { users: 60, groups: 8, seed: 1 };

test("the local Astro, provisioned by the emulated Okta: damage is found exactly, repaired over SCIM, and undone", async () => {
  expect(await drill(await emulatedOkta(size, "scim"), size)).toBeGreaterThan(15);
});

test("the same, repaired through Okta", async () => {
  expect(await drill(await emulatedOkta(size, "okta"), size)).toBeGreaterThan(15);
});

test("SCIMMY, a server that others wrote: damage is found exactly, repaired, and undone", async () => {
  expect(await drill(await scimmy(size), size)).toBeGreaterThan(15);
});
