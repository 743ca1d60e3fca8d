/**
 * A saved plan made again from what Astro holds now. A file is input from outside: only what its operations want is taken from it.
 * Everything by which the safety rules judge is computed here, as for a plan that is made now.
 */

import type { Drift } from "../compare/diff.ts";
import type { LeftOut, LeftOutCode } from "../plan/left-out/left-out.ts";
import { isUserOperation, type Operation } from "../plan/operations/operation.ts";
import { isProviderOperation, isProviderTeamOperation } from "../plan/operations/provider-operation.ts";
import { buildPlan, type Plan } from "../plan/plan.ts";
import type { Selection } from "../plan/selection.ts";
import { basisOf } from "./basis.ts";
import { membersAgain } from "./members-again.ts";
import { createdNow, heldNow, type Again } from "./now.ts";
import { providerTeamAgain, providerUserAgain } from "./provider-again.ts";
import { teamAgain } from "./team-again.ts";
import { userAgain } from "./user-again.ts";

/**
 * @param drift of the names that the plan gives and what Astro holds now: it knows what is protected, outside and an owner's
 * @param selection what was named when the plan is applied: a name in the file exempts nothing
 */
export function planAgain(saved: Plan, drift: Drift, selection: Selection): Plan {
  const now = heldNow(drift, selection);
  const alone = saved.operations.map((operation): Again => {
    if ("members" in operation || isProviderTeamOperation(operation)) return { operations: [], leftOut: [] };
    if (isProviderOperation(operation)) return providerUserAgain(operation, now);
    return isUserOperation(operation) ? userAgain(operation, now) : teamAgain(operation, now);
  });
  const made = alone.flatMap(({ operations }) => operations);
  const after = { ...now, ...createdNow(made) };
  const changes = saved.operations.flatMap((operation): readonly Again[] => {
    if ("members" in operation) return [membersAgain(operation, after)];
    return isProviderTeamOperation(operation) ? [providerTeamAgain(operation, after)] : [];
  });
  const plan = buildPlan(
    saved.command,
    { ...drift, protectedSkipped: [] },
    {
      operations: withoutDeletedTeams([...made, ...changes.flatMap(({ operations }) => operations)]),
      leftOut: [...alone, ...changes].flatMap(({ leftOut }) => leftOut),
      selection,
    },
  );
  return {
    ...plan,
    leftOut: plan.leftOut.map(asAskedFor),
    basis: basisOf(saved.basis, plan, drift),
    warnings: plan.warnings.filter(({ entry }) => !saved.protectedKeys.includes(entry)),
    attributePaths: saved.attributePaths,
    ...(saved.provider === undefined ? {} : { provider: saved.provider }),
  };
}

/** With a Team its memberships go: nothing is taken out of it before, where no limit would count it. */
function withoutDeletedTeams(operations: readonly Operation[]): readonly Operation[] {
  const deleted = new Set(
    operations.flatMap(({ kind, subject }) => (kind === "delete-team" ? [subject.scimId] : [])),
  );
  return operations.filter(
    (operation) => !("members" in operation) || !deleted.has(operation.subject.scimId),
  );
}

/** Everything in a saved plan was asked for: what the rules leave out of it is refused. */
function asAskedFor(leftOut: LeftOut): LeftOut {
  return { ...leftOut, code: refusedAs[leftOut.code] ?? leftOut.code };
}

const refusedAs: Readonly<Partial<Record<LeftOutCode, LeftOutCode>>> = {
  "protected-apart": "protected",
  owner: "protected",
  "outside-apart": "outside",
  "local-team-apart": "local-team",
};
