import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff } from "../../src/drift/compare/diff.ts";
import { isDeletion, type Operation } from "../../src/drift/plan/operations/operation.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { arbitraryExpected, arbitraryHeld } from "../support/arbitrary-states.ts";
import { expectedFrom, key } from "../support/states.ts";

const everything = { users: "all", teams: "all" } as const;

describe("diff", () => {
  test("of a state with itself is empty", () => {
    fc.assert(
      fc.property(arbitraryHeld, (state) => {
        const teams = new Map(
          [...state.teams].map(([name, team]) => [name, { ...team, unknownMembers: [] }]),
        );
        const held = { ...state, teams };
        const drift = diff(expectedFrom(held), held);
        expect(drift.changes).toEqual([]);
        expect(drift.unexplainedTeams).toEqual([]);
      }),
    );
  });

  test("does not depend on the order of either side", () => {
    fc.assert(
      fc.property(arbitraryExpected, arbitraryHeld, (expected, held) => {
        const backwards = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].reverse());
        const forth = diff(expected, held);
        const back = diff(
          { ...expected, users: backwards(expected.users), teams: backwards(expected.teams) },
          { ...held, users: backwards(held.users), teams: backwards(held.teams) },
        );
        expect(back.changes).toEqual(forth.changes);
        expect(back.unexplainedTeams).toEqual(forth.unexplainedTeams);
      }),
    );
  });
});

describe("plans", () => {
  test("of resync and push-group never delete and never deactivate", () => {
    fc.assert(
      fc.property(arbitraryExpected, arbitraryHeld, (expected, held) => {
        const drift = diff(expected, held);
        const plans = [planResync(drift, everything), planPushGroups(drift, "all")];
        for (const operation of plans.flatMap((plan) => plan.operations)) {
          expect(isDeletion(operation)).toBe(false);
          expect(JSON.stringify(operation)).not.toContain('"active":false');
        }
      }),
    );
  });

  test("of push-group touch no account", () => {
    fc.assert(
      fc.property(arbitraryExpected, arbitraryHeld, (expected, held) => {
        const plan = planPushGroups(diff(expected, held), "all");
        expect(plan.operations.filter((operation) => operation.subject.kind === "user")).toEqual([]);
      }),
    );
  });

  test("of delete only delete, and nobody who is expected", () => {
    fc.assert(
      fc.property(arbitraryExpected, arbitraryHeld, (expected, held) => {
        const named = [...held.teams.keys()];
        const plan = planDelete(diff(expected, held), { users: "all", teams: named });
        expect(plan.operations.every(isDeletion)).toBe(true);
        const isExpected = ({ subject: { kind, key: name } }: Operation): boolean =>
          kind === "team"
            ? expected.teams.has(name)
            : ["active", "either"].includes(expected.users.get(name)?.presence ?? "nobody");
        expect(plan.operations.filter(isExpected)).toEqual([]);
      }),
    );
  });

  test("name each operation once, and need only what comes before", () => {
    fc.assert(
      fc.property(arbitraryExpected, arbitraryHeld, (expected, held) => {
        const { operations } = planResync(diff(expected, held), everything);
        const before = new Set<string>();
        for (const operation of operations) {
          const needs =
            "members" in operation ? operation.members.flatMap((member) => member.after ?? []) : [];
          for (const id of [...operation.dependsOn, ...needs]) expect(before).toContain(id);
          expect(before).not.toContain(operation.id);
          before.add(operation.id);
        }
      }),
    );
  });

  test("are plain JSON", () => {
    fc.assert(
      fc.property(arbitraryExpected, arbitraryHeld, (expected, held) => {
        const drift = diff(expected, held);
        for (const plan of [
          planResync(drift, everything),
          planPushGroups(drift, "all"),
          planDelete(drift, everything),
        ]) {
          expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
        }
      }),
    );
  });

  test("never touch what is protected", () => {
    fc.assert(
      fc.property(arbitraryExpected, arbitraryHeld, (expected, held) => {
        const protectedNames = ["ADA@example.com", "data"];
        const keys = new Set([key("ada"), "data"]);
        const drift = diff(expected, held, { protect: protectedNames });
        const teams = [...held.teams.keys()];
        const plans = [
          planResync(drift, everything),
          planPushGroups(drift, "all"),
          planDelete(drift, { users: [...held.users.keys()], teams }),
        ];
        const touched = plans
          .flatMap((plan) => plan.operations)
          .flatMap((operation) => [operation.subject, ...("members" in operation ? operation.members : [])])
          .map((one) => one.key);
        expect(touched.filter((one) => keys.has(one))).toEqual([]);
      }),
    );
  });
});
