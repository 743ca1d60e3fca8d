/** Of any company and any days that it has, the local Astro answers nothing to a provider that does harm. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { generateFixture, type GenerateOptions } from "../../src/fixture/generate/write.ts";
import { doesHarm } from "../../src/idp/observe/harm.ts";
import { simulate } from "../../src/programs/simulate.ts";
import { simulationStatus } from "../../src/simulation/status.ts";
import { tempFolder } from "../support/temp-folder.ts";

const companies: fc.Arbitrary<GenerateOptions> = fc.record({
  idp: fc.constantFrom<GenerateOptions["idp"]>("okta", "entra"),
  users: fc.integer({ min: 1, max: 40 }),
  groups: fc.integer({ min: 0, max: 12 }),
  seed: fc.nat(0xffff_ffff),
  steps: fc.integer({ min: 0, max: 6 }),
  churn: fc.integer({ min: 0, max: 100 }),
});

test("with its default answers, for both providers", async () => {
  await fc.assert(
    fc.asyncProperty(companies, async (options) => {
      const cwd = await tempFolder({ "f.yaml": generateFixture(options) });
      const result = await simulate({ fixture: `${cwd}/f.yaml` });
      expect(result.observations.filter(({ deviation }) => doesHarm(deviation))).toEqual([]);
      expect(simulationStatus(result)).toBe("ok");
    }),
    { numRuns: 40 },
  );
});
