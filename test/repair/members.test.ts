import { describe, expect, test } from "vitest";
import type { StatedResponsibility } from "../../src/astro/responsibility.ts";
import type { Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";
import { carryOut, everything, inWords } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

describe("the ids of members are theirs", () => {
  const expected = expectedState({ users: ["ada", "gus"], teams: [{ name: "Data", members: ["gus"] }] });
  const state = heldState({ users: ["ada", "gus"], teams: [{ name: "Data", members: ["ada"] }] });
  const plan = planResync(diff(expected, state), everything);

  test.each<{
    rule: string;
    answer: (astro: ModelAstro) => Partial<Writer>;
    protectedKeys?: readonly string[];
    responsibleFor?: readonly StatedResponsibility[];
    reason: string;
  }>([
    {
      rule: "an id that the list gave to one is another's",
      answer: (astro) => ({
        readUser: async () => ({ ...(await astro.readUser("id-ada"))!, scimId: "id-gus" }),
      }),
      reason: "the id of gus@example.com belongs to ada@example.com",
    },
    {
      rule: "an account that is not there",
      answer: () => ({ readUser: async () => undefined }),
      reason: "gus@example.com cannot be found by its id",
    },
    {
      rule: "an address that is protected and that the list does not show",
      answer: (astro) => ({
        readUser: async (scimId) => ({ ...(await astro.readUser(scimId))!, emails: ["boss@example.com"] }),
      }),
      protectedKeys: ["boss@example.com"],
      reason: "gus@example.com is protected, as reading it by its id shows",
    },
    {
      rule: "an account that is outside what the directory is responsible for",
      answer: () => ({}),
      responsibleFor: [{ domains: ["partner.com"], statedBy: "fixture own.yaml" }],
      reason: "gus@example.com is outside responsibleFor, as reading it by its id shows",
    },
  ])(
    "$rule: nobody is put into a Team",
    async ({ answer, protectedKeys = [], responsibleFor = [], reason }) => {
      const astro = modelAstro(state);
      const outcomes = await carryOut(
        { ...plan, protectedKeys, responsibleFor },
        { ...astro, ...answer(astro) },
      );
      expect(inWords(outcomes)[0]).toBe(`add-members team-Data: stale (${reason})`);
      expect(astro.writes).toEqual([]);
    },
  );
});
