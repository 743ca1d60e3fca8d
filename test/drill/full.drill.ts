/** The drill with 5,000 users and 200 groups. `DRILL_SEED=N` repeats the one whose number is in the name of the test. */

import { expect, test } from "vitest";
import { drill } from "./drill.ts";
import { emulatedOkta, scimmy } from "./place.ts";

const seed = Number(process.env["DRILL_SEED"] ?? Date.now() % 1_000_000);
const size = { users: 5000, groups: 200, seed };

test.each(["okta", "scim"] as const)(
  `the local Astro, provisioned by the emulated Okta, repaired via %s (seed ${seed})`,
  async (via) => {
    expect(await drill(await emulatedOkta(size, via), size)).toBeGreaterThan(500);
  },
);

test(`SCIMMY, a server that others wrote (seed ${seed})`, async () => {
  expect(await drill(await scimmy(size), size)).toBeGreaterThan(500);
});
