/** Plans carried out on a small Astro in memory, one operation at a time, and a drift that has some of everything. */

import type { HeldState } from "../../src/astro/held.ts";
import type { ExpectedState } from "../../src/astro/state.ts";
import type { Reader, Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { applyPlan, type ApplyOptions } from "../../src/repair/apply.ts";
import type { Outcome } from "../../src/repair/outcome.ts";
import { scimExecutor, type ScimExecutorOptions } from "../../src/repair/scim-executor.ts";
import { expectedState, heldState } from "./states.ts";

export const everything = { users: "all", teams: "all" } as const;

export interface CarryOutOptions extends Partial<ApplyOptions> {
  /** For the look before a write; the writer unless given. */
  readonly look?: Reader;
}

export async function carryOut(
  plan: Plan,
  writer: Writer & Pick<ScimExecutorOptions, "iam" | "roles">,
  { look, ...options }: CarryOutOptions = {},
): Promise<readonly Outcome[]> {
  return await applyPlan(
    plan,
    scimExecutor(writer, { iam: writer.iam, roles: writer.roles, ...(look === undefined ? {} : { look }) }),
    {
      signal: new AbortController().signal,
      pause: async () => {},
      concurrency: 1,
      ...options,
    },
  );
}

/** Each outcome in one line. */
export function inWords(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ operation, status, reason }) => {
    return `${operation.id}: ${status}${reason === undefined ? "" : ` (${reason})`}`;
  });
}

/** Two accounts to make, one to activate, a Team to make with all of them, and one to correct. */
export function drifted(): {
  readonly expected: ExpectedState;
  readonly held: HeldState;
  readonly plan: Plan;
} {
  const expected = expectedState({
    users: ["ada", "bob", "eve", "gus"],
    teams: [
      { name: "Data", members: ["ada", "bob", "eve"] },
      { name: "Ops", members: ["ada"] },
    ],
  });
  const held = heldState({
    users: ["gus", { name: "eve", active: false }, "old"],
    teams: [{ name: "Ops", members: ["old"] }],
  });
  return { expected, held, plan: planResync(diff(expected, held), everything) };
}

/** Ids of the operations of that plan, in its order. */
export const driftedOperations = [
  "create-user ada@example.com",
  "create-user bob@example.com",
  "activate-user id-eve",
  "create-team data",
  "add-members data",
  "add-members team-Ops",
  "remove-members team-Ops",
] as const;
