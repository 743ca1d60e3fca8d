/**
 * The plan of everything that a repair can end: what `resync --all` and `delete --all` would do, in one plan. An account that the
 * first deactivates is not deleted.
 */

import type { Drift } from "../compare/diff.ts";
import type { LeftOut } from "./left-out/left-out.ts";
import { buildPlan, type Plan } from "./plan.ts";
import { planDelete } from "./plan-delete.ts";
import { planResync } from "./plan-resync.ts";

const everything = { users: "all", teams: "all" } as const;

/** `push-group --all` is part of `resync --all`: a Team is made with the members whose accounts are made before. */
export function planEverything(drift: Drift): Plan {
  const resync = planResync(drift, everything);
  const deactivated = new Set(
    resync.operations.flatMap(({ kind, subject }) => (kind === "deactivate-user" ? [subject.scimId] : [])),
  );
  const parts = [resync, planDelete(drift, everything)];
  return buildPlan("diff", drift, {
    operations: parts
      .flatMap(({ operations }) => operations)
      .filter(({ kind, subject }) => kind !== "delete-user" || !deactivated.has(subject.scimId)),
    leftOut: withoutRepetition(parts.flatMap(({ leftOut }) => leftOut)),
    selection: everything,
  });
}

function withoutRepetition(leftOut: readonly LeftOut[]): readonly LeftOut[] {
  return [...new Map(leftOut.map((one) => [JSON.stringify(one), one])).values()];
}
