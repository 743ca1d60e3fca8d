import fc from "fast-check";
import { expect, test } from "vitest";
import type { AstroTarget } from "../../src/astro/address.ts";
import { heldIds } from "../../src/astro/held.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planCleanup } from "../../src/drift/plan/plan-cleanup.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { readPlan, writePlan } from "../../src/plan-file/plan-json.ts";
import { arbitraryExpected, arbitraryHeld } from "../support/arbitrary-states.ts";
import { everything } from "../support/repairing.ts";

const target = fc.constantFrom<AstroTarget>(
  { kind: "local" },
  { kind: "scim", baseUrl: "https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0" },
);
const protect = fc.subarray(["ada@example.com", "Data", "id-bob", "nobody", " eve@example.com "]);
const none = { users: new Set<string>(), teams: new Set<string>() };

test("any plan that was written is read as it was", () => {
  fc.assert(
    fc.property(arbitraryExpected, arbitraryHeld, target, protect, (expected, held, where, names) => {
      const drift = diff(expected, held, { target: where, protect: names });
      const accounts = { users: [...held.users.keys()], teams: [...held.teams.keys(), "nobody"] };
      const all = heldIds(held);
      const plans = [
        planResync(drift, everything),
        planResync(drift, accounts),
        planPushGroups(drift, "all"),
        planDelete(drift, everything),
        planDelete(drift, accounts),
        planCleanup(drift, { before: none, created: all, asked: none }),
        planCleanup(drift, { before: all, created: all, asked: all }),
      ];
      for (const plan of plans) expect(readPlan("plan.json", writePlan(plan))).toEqual(plan);
    }),
  );
});
