/** Accounts of people who have left: the provider's own deactivation, where it is linked to the account. */

import { describe, expect, test } from "vitest";
import { diff, type Drift } from "../../src/drift/compare/diff.ts";
import type { ProviderLinks } from "../../src/drift/compare/provider-links.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planEverything } from "../../src/drift/plan/plan-everything.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { parseLimit } from "../../src/drift/safety/budget.ts";
import { guardPlan } from "../../src/drift/safety/guard.ts";
import { oktaLinkRules } from "../../src/idp/okta/link-rules.ts";
import { carryOut, everything, inWords } from "../support/repairing.ts";
import { modelAstro } from "../support/model-astro.ts";
import { expectedState, heldState, userName } from "../support/states.ts";

const leavers = ["ada", "bob", "eve", "gus"] as const;

function linkedTo(names: readonly string[]): ProviderLinks {
  return {
    rules: oktaLinkRules,
    users: names.map((name) => ({
      key: undefined,
      name: userName(name),
      scimId: `id-${name}`,
      stopped: undefined,
    })),
    teams: [],
    unlisted: { users: new Map(), teams: new Map() },
  };
}

function held(options: { readonly team?: boolean } = {}) {
  return heldState({
    users: [...leavers, "kim"],
    teams: options.team === true ? [{ name: "Data", members: ["ada", "kim"] }] : [],
  });
}

function driftWith(
  linked: readonly string[],
  options: { readonly protect?: readonly string[]; readonly team?: boolean; readonly nobody?: true } = {},
): Drift {
  const expected = expectedState({ users: options.nobody === true ? [] : ["kim"] });
  return diff(expected, held(options), { links: linkedTo(linked), protect: options.protect ?? [] });
}

function idsOf({ operations }: Plan): readonly string[] {
  return operations.map(({ id }) => id);
}

describe("resync", () => {
  test("deactivates the account of who has left, where the provider is linked to it", () => {
    const plan = planResync(driftWith(["ada"]), everything);
    expect(idsOf(plan)).toEqual(["deactivate-user id-ada"]);
  });

  test("does so for one by name, and says nothing else of that one", () => {
    const plan = planResync(driftWith(["ada", "bob"]), { users: ["ada@example.com"], teams: [] });
    expect(idsOf(plan)).toEqual(["deactivate-user id-ada"]);
    expect(plan.leftOut).toEqual([]);
  });

  test("an account without a link is for delete, and so is one where links are unknown", () => {
    const named = { users: ["ada@example.com"], teams: [] };
    for (const drift of [driftWith([]), diff(expectedState({ users: ["kim"] }), held())]) {
      const plan = planResync(drift, named);
      expect(idsOf(plan)).toEqual([]);
      expect(plan.leftOut).toMatchObject([{ code: "left-over" }]);
    }
  });

  test("leaves a protected one alone, and lists it", () => {
    const plan = planResync(driftWith(["ada"], { protect: ["ada@example.com"] }), everything);
    expect(idsOf(plan)).toEqual([]);
    expect(plan.leftOut).toMatchObject([{ code: "protected-apart", name: "ada@example.com" }]);
  });

  test("ends memberships too, as Astro does, and the account stays", async () => {
    const astro = modelAstro(held({ team: true }));
    const drift = driftWith(["ada"], { team: true });
    const done = await carryOut(planResync(drift, { users: ["ada@example.com"], teams: [] }), astro);
    expect(inWords(done)).toEqual(["deactivate-user id-ada: done"]);
    expect(astro.state().users.get("ada@example.com")?.active).toBe(false);
    expect([...(astro.state().teams.get("data")?.members ?? [])]).toEqual(["kim@example.com"]);
  });
});

test("push-group deactivates nobody", () => {
  expect(idsOf(planPushGroups(driftWith(["ada"]), "all"))).toEqual([]);
});

test("the plan of everything deactivates who is linked, and deletes who is not", () => {
  expect(idsOf(planEverything(driftWith(["ada"])))).toEqual([
    "deactivate-user id-ada",
    "delete-user id-bob",
    "delete-user id-eve",
    "delete-user id-gus",
  ]);
});

test("delete deletes also who is linked", () => {
  const plan = planDelete(driftWith(["ada"]), { users: ["ada@example.com"], teams: [] });
  expect(idsOf(plan)).toEqual(["delete-user id-ada"]);
});

describe("the rules for taking away hold", () => {
  const options = {
    target: { host: undefined, readOnly: false },
    budget: { allowEmpty: [] },
    rolesUnknown: false,
  };
  const rules = (plan: Plan, more: object = {}): readonly string[] =>
    guardPlan(plan, { ...options, ...more }).map(({ rule }) => rule);

  test("deactivations count as deletions", () => {
    const plan = planResync(driftWith(leavers), everything);
    expect(rules(plan)).toEqual(["deletion-limit"]);
    const maxDeletions = parseLimit("4");
    expect(rules(plan, { budget: { allowEmpty: [], maxDeletions } })).toEqual([]);
  });

  test("an empty directory is never: everybody has left", () => {
    expect(rules(planResync(driftWith(["ada"], { nobody: true }), everything))).toContain("empty-directory");
  });

  test("on Astro itself the roles must be known", () => {
    const target = { host: "api.astronomer.io", readOnly: false };
    expect(rules(planResync(driftWith(["ada"]), everything), { target })).toEqual(["unknown-roles"]);
  });

  test("a Team that loses its last active member needs leave", () => {
    const alone = heldState({ users: ["ada", "kim"], teams: [{ name: "Data", members: ["ada"] }] });
    const expected = expectedState({ users: ["kim"] });
    const plan = planResync(diff(expected, alone, { links: linkedTo(["ada"]) }), everything);
    expect(rules(plan)).toContain("emptied-team");
  });
});
