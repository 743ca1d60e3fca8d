import { describe, expect, test } from "vitest";
import type { Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { AppError } from "../../src/ground/errors.ts";
import type { Journal } from "../../src/repair/journal.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";
import { carryOut, drifted, driftedOperations, everything, inWords } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

/** Keeps a line for each call, and for how much was written by then. */
function keeping(astro: ModelAstro): { readonly journal: Journal; readonly lines: string[] } {
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(`${astro.writes.length} written: ${line}`);
  return {
    lines,
    journal: {
      before: async ({ id }, seen) => note(`${id} begins, seen ${seen?.seen.scimId}`),
      after: async ({ operation, status }) => note(`${operation.id} ends, ${status}`),
    },
  };
}

describe("the journal is called right before and after each write", () => {
  test("with the resource as it was seen, and with the outcome", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const { journal, lines } = keeping(astro);
    await carryOut(plan, astro, { journal });
    expect(lines).toEqual([
      "0 written: create-user ada@example.com begins, seen undefined",
      "1 written: create-user ada@example.com ends, done",
      "1 written: create-user bob@example.com begins, seen undefined",
      "2 written: create-user bob@example.com ends, done",
      "2 written: activate-user id-eve begins, seen id-eve",
      "3 written: activate-user id-eve ends, done",
      "3 written: create-team data begins, seen undefined",
      "4 written: create-team data ends, done",
      "4 written: add-members data begins, seen team-3",
      "5 written: add-members data ends, done",
      "5 written: add-members team-Ops begins, seen team-Ops",
      "6 written: add-members team-Ops ends, done",
      "6 written: remove-members team-Ops begins, seen team-Ops",
      "7 written: remove-members team-Ops ends, done",
    ]);
  });

  test.each<{ outcome: string; deleteUser: Writer["deleteUser"] }>([
    { outcome: "failed", deleteUser: async () => ({ kind: "refused", status: 403, message: "403" }) },
    { outcome: "stale", deleteUser: async () => ({ kind: "changed" }) },
    { outcome: "not-confirmed", deleteUser: async () => ({ kind: "written" }) },
    {
      outcome: "failed",
      deleteUser: async () => {
        throw new AppError("refused", "this profile is read-only");
      },
    },
  ])("after a write with whatever came of it: $outcome", async ({ outcome, deleteUser }) => {
    const astro = modelAstro(leaving.held);
    const { journal, lines } = keeping(astro);
    await carryOut(leaving.plan, { ...astro, deleteUser }, { journal });
    expect(lines).toEqual([
      "0 written: delete-user id-old begins, seen id-old",
      `0 written: delete-user id-old ends, ${outcome}`,
    ]);
  });
});

describe("it is not called where nothing is written", () => {
  test.each<{ rule: string; outcome: string; change: (astro: ModelAstro) => Partial<Writer> }>([
    {
      rule: "what is gone",
      outcome: "done (it was already gone)",
      change: (astro) => {
        astro.forget("id-old");
        return {};
      },
    },
    {
      rule: "what has changed",
      outcome: "stale (it has changed since the plan was made)",
      change: (astro) => {
        astro.meddleWithUser("id-old", { userName: "new@example.com" });
        return {};
      },
    },
    {
      rule: "what cannot be read",
      outcome: "failed (no answer)",
      change: () => ({
        readUser: async () => {
          throw new AppError("unreachable", "no answer");
        },
      }),
    },
  ])("$rule", async ({ outcome, change }) => {
    const astro = modelAstro(leaving.held);
    const { journal, lines } = keeping(astro);
    const outcomes = await carryOut(leaving.plan, { ...astro, ...change(astro) }, { journal });
    expect(inWords(outcomes)).toEqual([`delete-user id-old: ${outcome}`]);
    expect(lines).toEqual([]);
  });

  test("what depends on something that was not done", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const { journal, lines } = keeping(astro);
    await carryOut(plan, { ...astro, createTeam: async () => failure }, { journal });
    expect(lines.filter((line) => line.includes("add-members data"))).toEqual([]);
  });

  test("what Ctrl-C comes before; of what is under way the end is noted", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const { journal, lines } = keeping(astro);
    const controller = new AbortController();
    const before: Journal["before"] = async (operation, seen) => {
      await journal.before(operation, seen);
      controller.abort();
    };
    await carryOut(plan, astro, { journal: { ...journal, before }, signal: controller.signal });
    expect(lines).toEqual([
      "0 written: create-user ada@example.com begins, seen undefined",
      "1 written: create-user ada@example.com ends, done",
    ]);
  });
});

describe("nothing is written that the journal cannot note", () => {
  const full = new AppError("failed", "No space is left on the disk.");
  const unnoted = "the journal cannot be written: No space is left on the disk";

  test("before a write: it is not begun, and no other is", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const { journal } = keeping(astro);
    const before: Journal["before"] = async (operation) => {
      if (operation.kind === "activate-user") throw full;
    };
    const outcomes = await carryOut(plan, astro, { journal: { ...journal, before } });
    expect(inWords(outcomes)).toEqual([
      ...driftedOperations.slice(0, 2).map((id) => `${id}: done`),
      ...driftedOperations.slice(2).map((id) => `${id}: not-done (${unnoted})`),
    ]);
    expect(astro.writes).toEqual(["createUser", "createUser"]);
  });

  test("after a write: its outcome stands, and no other is begun", async () => {
    const { held, plan } = drifted();
    const astro = modelAstro(held);
    const { journal } = keeping(astro);
    const after: Journal["after"] = async ({ operation }) => {
      if (operation.kind === "activate-user") throw full;
    };
    const outcomes = await carryOut(plan, astro, { journal: { ...journal, after } });
    expect(inWords(outcomes)).toEqual([
      ...driftedOperations.slice(0, 2).map((id) => `${id}: done`),
      `activate-user id-eve: done (${unnoted})`,
      ...driftedOperations.slice(3).map((id) => `${id}: not-done (${unnoted})`),
    ]);
    expect(astro.writes).toEqual(["createUser", "createUser", "updateUser"]);
  });

  test("why a write failed is said beside it", async () => {
    const after = async (): Promise<void> => {
      throw full;
    };
    const { journal } = keeping(modelAstro(leaving.held));
    const writer = { ...modelAstro(leaving.held), deleteUser: async () => failure };
    const outcomes = await carryOut(leaving.plan, writer, { journal: { ...journal, after } });
    expect(inWords(outcomes)).toEqual([`delete-user id-old: failed (500: boom; ${unnoted})`]);
  });

  test.each(["before", "after"] as const)("a mistake of our own %s a write is no outcome", async (place) => {
    const broken = async (): Promise<void> => {
      throw new TypeError("a bug");
    };
    const { journal } = keeping(modelAstro(leaving.held));
    const carriedOut = carryOut(leaving.plan, modelAstro(leaving.held), {
      journal: { ...journal, [place]: broken },
    });
    await expect(carriedOut).rejects.toThrow("a bug");
  });
});

const failure = { kind: "refused", status: 500, message: "500: boom" } as const;

const leaving = (() => {
  const held = heldState({ users: ["bob", "old"] });
  return { held, plan: planDelete(diff(expectedState({ users: ["bob"] }), held), everything) };
})();
