import { describe, expect, test } from "vitest";
import { heldIds, type HeldState } from "../../src/astro/held.ts";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { planCleanup, type RunTraces } from "../../src/drift/plan/plan-cleanup.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { guardPlan, type GuardOptions } from "../../src/drift/safety/guard.ts";
import { expectedState, heldState } from "../support/states.ts";

const before = heldState({ users: ["ada"], teams: [{ name: "Ops", members: ["ada"] }] });
const crowd = Array.from({ length: 40 }, (_, at) => `new${10 + at}`);

/** Ada's Team lost her and has the new ones alone; a Team of the run's has them all. */
const after = heldState({
  users: ["ada", ...crowd],
  teams: [
    { name: "Ops", members: ["new10"] },
    { name: "Made", members: crowd },
  ],
});

const created = {
  users: new Set(crowd.map((name) => `id-${name}`)),
  teams: new Set(["team-Made"]),
};

function cleaningUp(
  held: HeldState = after,
  traces: Partial<RunTraces> = {},
  options: DiffOptions = {},
): Plan {
  const asked = { users: new Set<string>(), teams: new Set<string>() };
  const drift = diff(expectedState({}), held, options);
  return planCleanup(drift, { before: heldIds(before), created, asked, ...traces });
}

const strictest: GuardOptions = {
  target: { host: "api.astronomer.io", readOnly: false },
  budget: {
    maxDeletions: { kind: "count", count: 0 },
    maxRemovals: { kind: "count", count: 0 },
    maxRenames: { kind: "count", count: 0 },
    allowEmpty: [],
  },
  rolesUnknown: false,
};

describe("what the run created goes", () => {
  test("by its id, Teams first, and nothing else does", () => {
    const plan = cleaningUp();
    expect(plan.operations.map(({ id }) => id)).toEqual([
      "delete-team team-Made",
      ...crowd.map((name) => `delete-user id-${name}`),
    ]);
    expect(plan.leftOut).toEqual([]);
  });

  test("with the fingerprint that it had at the end of the run, so that what changed since stays", () => {
    const marks = new Map([...after.users.values(), ...after.teams.values()].map((one) => [one.scimId, one]));
    for (const { subject } of cleaningUp().operations) {
      expect(subject.fingerprint).toBe(marks.get(subject.scimId ?? "")?.fingerprint);
    }
  });

  test("whatever the limits are, on whichever Astro, though nobody is in the directory and a Team is emptied", () => {
    expect(guardPlan(cleaningUp(), strictest)).toEqual([]);
  });

  test("but for a profile that is read-only", () => {
    const readOnly = { ...strictest, target: { host: "h", readOnly: true } };
    expect(guardPlan(cleaningUp(), readOnly).map(({ rule }) => rule)).toEqual(["read-only-target"]);
  });
});

describe("what it did not create stays, and is listed", () => {
  const one = { users: new Set(["id-ada"]), teams: new Set<string>() };

  test.each<{ rule: string; plan: () => Plan; code: string; name: string }>([
    {
      rule: "what the server held before, whatever it answered",
      plan: () => cleaningUp(after, { created: one }),
      code: "held-before",
      name: "ada@example.com",
    },
    {
      rule: "what appeared under a name that the run asked for, and no answer calls created",
      plan: () =>
        cleaningUp(after, {
          created: { users: new Set(), teams: new Set() },
          asked: { users: new Set(["new10@example.com"]), teams: new Set() },
        }),
      code: "not-known-created",
      name: "new10@example.com",
    },
    {
      rule: "what is protected",
      plan: () =>
        cleaningUp(
          after,
          { created: { users: new Set(["id-new10"]), teams: new Set() } },
          { protect: ["new10@example.com"] },
        ),
      code: "protected",
      name: "new10@example.com",
    },
  ])("$rule", ({ plan, code, name }) => {
    const { operations, leftOut } = plan();
    expect(operations).toEqual([]);
    expect(leftOut).toMatchObject([{ code, name }]);
  });

  test("what the run has nothing to do with is not mentioned", () => {
    const nothing = { users: new Set<string>(), teams: new Set<string>() };
    const { operations, leftOut } = cleaningUp(after, { created: nothing });
    expect({ operations, leftOut }).toEqual({ operations: [], leftOut: [] });
  });
});
