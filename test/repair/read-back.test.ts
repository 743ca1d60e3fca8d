import { describe, expect, test } from "vitest";
import type { Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { AppError } from "../../src/ground/errors.ts";
import { modelAstro } from "../support/model-astro.ts";
import { carryOut, everything, inWords } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

describe("reading back", () => {
  const expected = expectedState({ users: [{ name: "ada", attributes: { displayName: "Ada" } }, "bob"] });
  const held = heldState({ users: [{ name: "ada", attributes: { displayName: "A" } }, "bob", "old"] });
  const update: Plan = planResync(diff(expected, held), everything);

  test("what the server accepts and does not show is not confirmed, after three looks", async () => {
    const astro = modelAstro(held);
    const pauses: number[] = [];
    let reads = 0;
    const forgetful: Writer = {
      ...astro,
      updateUser: async () => ({ kind: "written" }),
      readUser: async (scimId) => {
        reads += 1;
        return await astro.readUser(scimId);
      },
    };
    const outcomes = await carryOut(update, forgetful, { pause: async (ms) => void pauses.push(ms) });
    expect(inWords(outcomes)).toEqual([
      "update-user id-ada: not-confirmed (reading it back does not show it)",
    ]);
    expect(pauses).toEqual([250, 1000]);
    expect(reads).toBe(4);
  });

  test("a server that takes its time is waited for", async () => {
    const astro = modelAstro(held);
    let late: (() => Promise<unknown>) | undefined;
    const eventual: Writer = {
      ...astro,
      updateUser: async (user, edit) => {
        late = () => astro.updateUser(user, edit);
        return { kind: "written" };
      },
    };
    const outcomes = await carryOut(update, eventual, { pause: async () => void (await late?.()) });
    expect(inWords(outcomes)).toEqual(["update-user id-ada: done"]);
  });

  test("what was accepted and cannot be read back is not confirmed, and not failed; nothing else is begun", async () => {
    const astro = modelAstro(held);
    const { writes } = astro;
    const half: Writer = {
      ...astro,
      readUser: async (scimId) => {
        if (writes.length > 0) throw new AppError("unreachable", "no answer");
        return await astro.readUser(scimId);
      },
    };
    expect(inWords(await carryOut(update, half))).toEqual([
      "update-user id-ada: not-confirmed (it could not be read back: no answer)",
    ]);
  });

  const removal = planDelete(diff(expected, held), everything);

  test.each([
    {
      rule: "an account that is gone before it is deleted is as good as deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => {
        astro.forget("id-old");
        return astro;
      },
      outcome: "delete-user id-old: done (it was already gone)",
    },
    {
      rule: "so is one that goes at that moment (404)",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => {
          astro.forget("id-old");
          return { kind: "gone" };
        },
      }),
      outcome: "delete-user id-old: done (it was already gone)",
    },
    {
      rule: "a server that calls an account gone and goes on showing it is not believed",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => ({ kind: "gone" }),
      }),
      outcome: "delete-user id-old: not-confirmed (reading it back does not show it)",
    },
    {
      rule: "nor one whose list goes on showing what it does not have by its id",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({ ...astro, isListed: async () => true }),
      outcome: "delete-user id-old: not-confirmed (reading it back does not show it)",
    },
    {
      rule: "nothing is deleted where that is so beforehand",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        readUser: async () => undefined,
        isListed: async () => true,
      }),
      outcome: "delete-user id-old: stale (it cannot be found by its id, but the list still shows it)",
    },
    {
      rule: "an account that reads back inactive was not deleted where the deletion got no answer",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => {
          astro.meddleWithUser("id-old", { active: false });
          return { kind: "no-answer", message: "cut" };
        },
      }),
      outcome: "delete-user id-old: failed (cut; reading it back does not show it)",
    },
    {
      rule: "an account that turns out to be an organization owner's is not deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        readUser: async (scimId) => {
          const user = await astro.readUser(scimId);
          return user === undefined ? undefined : { ...user, roles: ["ORGANIZATION_OWNER"] };
        },
      }),
      outcome:
        "delete-user id-old: stale (it is an Organization Owner; repairs never delete, deactivate or rename owners)",
    },
    {
      rule: "a server may keep a deleted account, inactive",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => {
          astro.meddleWithUser("id-old", { active: false });
          return { kind: "written" };
        },
      }),
      outcome: "delete-user id-old: done",
    },
    {
      rule: "an account that stays active was not deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => ({
        ...astro,
        deleteUser: async () => ({ kind: "written" }),
      }),
      outcome: "delete-user id-old: not-confirmed (reading it back does not show it)",
    },
    {
      rule: "an account that was activated or renamed meanwhile is not deleted",
      change: (astro: ReturnType<typeof modelAstro>): Writer => {
        astro.meddleWithUser("id-old", { userName: "new@example.com" });
        return astro;
      },
      outcome: "delete-user id-old: stale (it has changed since the plan was made)",
    },
  ])("$rule", async ({ change, outcome }) => {
    expect(inWords(await carryOut(removal, change(modelAstro(held))))).toEqual([outcome]);
  });

  test("a Team may be deleted though accounts that were in it are deleted as well", async () => {
    const state = heldState({ users: ["bob", "old"], teams: [{ name: "Ex", members: ["old"] }] });
    const plan = planDelete(diff(expectedState({ users: ["bob"] }), state), { users: "all", teams: ["Ex"] });
    expect(inWords(await carryOut(plan, modelAstro(state)))).toEqual([
      "delete-team team-Ex: done",
      "delete-user id-old: done",
    ]);
  });
});
