import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeldState } from "../../src/astro/held.ts";
import type { ExpectedState } from "../../src/astro/state.ts";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import { matchUsers } from "../../src/drift/compare/users/match-users.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { applyPlan } from "../../src/repair/apply.ts";
import { scimExecutor } from "../../src/repair/scim-executor.ts";
import { arbitraryExpected, arbitraryHeld } from "../support/arbitrary-states.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";

const everything = { users: "all", teams: "all" } as const;

async function apply(plan: Plan, astro: ModelAstro): Promise<void> {
  const outcomes = await applyPlan(plan, scimExecutor(astro), {
    signal: new AbortController().signal,
    pause: async () => {},
  });
  expect(outcomes.map((outcome) => outcome.operation)).toEqual(plan.operations);
  expect(outcomes.filter((outcome) => outcome.status !== "done")).toEqual([]);
}

/** Active accounts and memberships by the directory's names; whom the provider leaves as it finds them apart. */
function inForce(state: HeldState, expected: ExpectedState): object {
  const match = matchUsers(expected, state, { linkedUsers: new Map(), outside: { userIds: new Map() } });
  const counts = (name: string): boolean => {
    const account = state.users.get(name);
    return account?.active === true && match.expectedOf(account)?.presence !== "either";
  };
  return {
    users: [...state.users.keys()].filter(counts).sort(),
    teams: Object.fromEntries(
      [...state.teams].map(([name, team]) => [name, [...team.members].filter(counts).sort()]),
    ),
  };
}

function asDirected(expected: ExpectedState): object {
  const active = (key: string): boolean => expected.users.get(key)?.presence === "active";
  return {
    users: [...expected.users.keys()].filter(active).sort(),
    teams: Object.fromEntries(
      [...expected.teams].map(([name, team]) => [name, [...team.members].filter(active).sort()]),
    ),
  };
}

/** By id: nothing else tells two accounts of one name apart. */
function leftOverIds({ changes }: Drift): readonly string[] {
  return changes.flatMap((change) => (change.kind === "user-left-over" ? change.held.scimId : []));
}

describe("a plan that is applied", () => {
  test("resync and delete together turn what is held into what is expected", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryExpected, arbitraryHeld, async (expected, held) => {
        const astro = modelAstro(held);
        await apply(planResync(diff(expected, held), everything), astro);
        const between = diff(expected, astro.state());
        const teams = between.unexplainedTeams.map((team) => team.displayName);
        await apply(planDelete(between, { users: leftOverIds(between), teams }), astro);

        const after = diff(expected, astro.state());
        expect(after.changes).toEqual([]);
        expect(after.unexplainedTeams).toEqual([]);
        expect(inForce(astro.state(), expected)).toEqual(asDirected(expected));
      }),
    );
  });

  test("resync leaves only what delete is for", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryExpected, arbitraryHeld, async (expected, held) => {
        const astro = modelAstro(held);
        await apply(planResync(diff(expected, held), everything), astro);
        const kinds = diff(expected, astro.state()).changes.map((change) => change.kind);
        expect(kinds.filter((kind) => kind !== "user-left-over")).toEqual([]);
      }),
    );
  });

  test("push-group leaves no difference in Teams but members without an active account", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryExpected, arbitraryHeld, async (expected, held) => {
        const astro = modelAstro(held);
        await apply(planPushGroups(diff(expected, held), "all"), astro);
        for (const change of diff(expected, astro.state()).changes) {
          expect(["team-missing", "team-renamed", "team-left-over"]).not.toContain(change.kind);
          if (change.kind !== "team-members-differ") continue;
          expect(change.leftOver).toEqual([]);
          expect(change.missing.filter((member) => member.account === "active")).toEqual([]);
        }
      }),
    );
  });

  test("resync and push-group lose no account and no Team", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryExpected, arbitraryHeld, async (expected, held) => {
        const astro = modelAstro(held);
        const drift = diff(expected, held);
        await apply(planPushGroups(drift, "all"), astro);
        await apply(planResync(diff(expected, astro.state()), everything), astro);
        const idsOf = (state: HeldState) =>
          [...state.users.values(), ...state.teams.values()].map((one) => one.scimId);
        expect(idsOf(astro.state())).toEqual(expect.arrayContaining(idsOf(held)));
        const wereActive = [...held.users.values()].filter((user) => user.active).map((user) => user.scimId);
        const areActive = [...astro.state().users.values()]
          .filter((user) => user.active)
          .map((user) => user.scimId);
        expect(areActive).toEqual(expect.arrayContaining(wereActive));
      }),
    );
  });
});
