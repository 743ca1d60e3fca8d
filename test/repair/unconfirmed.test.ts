import { describe, expect, test } from "vitest";
import type { Writer } from "../../src/astro/writer.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";
import { carryOut, drifted, inWords } from "../support/repairing.ts";

describe("what is not confirmed is not built upon", () => {
  test.each<{
    rule: string;
    change: (astro: ModelAstro) => Partial<Writer>;
  }>([
    {
      rule: "an id that somebody has already",
      change: () => ({ createUser: async () => ({ kind: "created", scimId: "id-gus" }) }),
    },
    {
      rule: "one id for two new accounts",
      change: (astro) => ({
        createUser: async (user) => {
          const made = await astro.createUser(user);
          return made.kind === "created" ? { kind: "created", scimId: "user-1" } : made;
        },
      }),
    },
    {
      rule: "an account that reading back does not show",
      change: () => ({ createUser: async () => ({ kind: "created", scimId: "made-up" }) }),
    },
  ])("$rule: nobody is put into a Team by it", async ({ change }) => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const added: string[] = [];
    const watched: Writer = {
      ...astro,
      ...change(astro),
      addMembers: async (team, ids, signal) => {
        added.push(...ids);
        return await astro.addMembers(team, ids, signal);
      },
    };
    const outcomes = await carryOut(plan, watched);
    const unconfirmed = outcomes.filter(({ status }) => status === "not-confirmed");
    expect(unconfirmed.length).toBeGreaterThan(0);
    for (const id of ["id-gus", "made-up"]) expect(added).not.toContain(id);
    // Eve's account was there, and at most one of the two new ones is known for certain.
    expect(new Set(added).size).toBeLessThanOrEqual(2);
  });

  test("a Team whose creation is not confirmed gets no members", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const lying: Writer = { ...astro, createTeam: async () => ({ kind: "created", scimId: "team-Ops" }) };
    const outcomes = inWords(await carryOut(plan, lying));
    expect(outcomes.slice(3, 5)).toEqual([
      "create-team data: not-confirmed (the server answered with the id of another existing resource)",
      'add-members data: not-done (it depends on "create the Team Data", which has an unknown outcome)',
    ]);
  });
});
