import { describe, expect, test } from "vitest";
import { modelAstro } from "../support/model-astro.ts";
import { carryOut, drifted, driftedOperations, inWords } from "../support/repairing.ts";

describe("what changed since the plan was made is not written", () => {
  test("an account that is there by now, and whoever depends on it", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    await astro.createUser({ userName: "ADA@example.com", externalId: null, attributes: {} });
    const outcomes = await carryOut(plan, astro);
    expect(inWords(outcomes)).toEqual([
      "create-user ada@example.com: stale (one with that name exists now)",
      "create-user bob@example.com: done",
      "activate-user id-eve: done",
      "create-team data: done",
      "add-members data: partly (without ada@example.com: no active account was created)",
      "add-members team-Ops: not-done (without ada@example.com: no active account was created)",
      'remove-members team-Ops: not-done (it depends on "add 1 member to the Team Ops: ada@example.com", which was not done)',
    ]);
    // Nobody gave leave to empty it.
    expect([...(astro.state().teams.get("ops")?.memberIds ?? [])]).toEqual(["id-old"]);
  });

  test.each([
    {
      change: "a Team got another member",
      meddle: (astro: ReturnType<typeof modelAstro>) => {
        astro.meddleWithTeam("team-Ops", { memberIds: new Set(["id-old", "id-gus"]) });
      },
      outcome: "stale (it has changed since the plan was made)",
    },
    {
      change: "a Team got another name",
      meddle: (astro: ReturnType<typeof modelAstro>) => {
        astro.meddleWithTeam("team-Ops", { displayName: "Operations" });
      },
      outcome: "stale (it has changed since the plan was made)",
    },
    {
      change: "a Team is gone",
      meddle: (astro: ReturnType<typeof modelAstro>) => {
        astro.forget("team-Ops");
      },
      outcome: "stale (it is gone)",
    },
  ])("$change", async ({ meddle, outcome }) => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    meddle(astro);
    const outcomes = await carryOut(plan, astro);
    expect(inWords(outcomes).slice(5)).toEqual([
      `add-members team-Ops: ${outcome}`,
      'remove-members team-Ops: not-done (it depends on "add 1 member to the Team Ops: ada@example.com", which was not done)',
    ]);
    expect(inWords(outcomes).slice(0, 5)).toEqual(driftedOperations.slice(0, 5).map((id) => `${id}: done`));
  });

  test("a change between two writes of one Team stops the second", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const outcomes = await carryOut(plan, astro, {
      onOutcome: ({ operation }) => {
        if (operation.id !== "add-members team-Ops") return;
        astro.meddleWithTeam("team-Ops", { displayName: "Operations" });
      },
    });
    expect(inWords(outcomes).slice(5)).toEqual([
      "add-members team-Ops: done",
      "remove-members team-Ops: stale (it has changed since the plan was made)",
    ]);
  });

  test("a server that refuses the version (412) has the last word", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const outcomes = await carryOut(plan, { ...astro, removeMembers: async () => ({ kind: "changed" }) });
    expect(inWords(outcomes).at(-1)).toBe(
      "remove-members team-Ops: stale (it changed at the moment of writing)",
    );
  });

  test("a strict plan is refused as a whole, before anything is written", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    astro.meddleWithUser("id-eve", { active: true });
    const outcomes = await carryOut(plan, astro, { strict: true });
    expect(inWords(outcomes)).toEqual(
      driftedOperations.map((id) =>
        id === "activate-user id-eve"
          ? `${id}: stale (it has changed since the plan was made)`
          : `${id}: not-done (another resource of the plan has changed, and the plan is strict)`,
      ),
    );
    expect(astro.writes).toEqual([]);
  });

  test("a strict plan without changes is carried out", async () => {
    const { held, plan } = drifted();
    const outcomes = await carryOut(plan, modelAstro(held), { strict: true });
    expect(outcomes.every((outcome) => outcome.status === "done")).toBe(true);
  });
});
