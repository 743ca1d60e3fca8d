/** The numbers by which the safety rules go when a saved plan is applied. */

import { allTeams, allUsers } from "../../astro/held.ts";
import type { Compared, Drift } from "../compare/diff.ts";
import { membersAdded, membersRemoved, takesAway, type Operation } from "../plan/operations/operation.ts";
import type { Plan } from "../plan/plan.ts";

/**
 * What Astro holds is counted now. How many users and memberships the directory has is not known without it: the file may
 * say fewer than the plan leaves in Astro, never more. So a plan that would take everybody away is one of an empty directory,
 * whatever its file says.
 */
export function basisOf(saved: Compared, { operations }: Pick<Plan, "operations">, drift: Drift): Compared {
  const left = leftAfter(operations, drift);
  return {
    ...drift.compared,
    expectedUsers: Math.min(saved.expectedUsers, left.users),
    tolerated: Math.min(saved.tolerated, left.users),
    expectedTeams: saved.expectedTeams,
    expectedMemberships: Math.min(saved.expectedMemberships, left.memberships),
  };
}

interface Left {
  readonly users: number;
  readonly memberships: number;
}

/** Active accounts and memberships inside the responsibility of the directory, once the plan was carried out. */
function leftAfter(operations: readonly Operation[], { held, boundary }: Drift): Left {
  const gone = goneAfter(operations);
  const kept = allUsers(held).filter(
    ({ scimId, active }) => active && !boundary.userIds.has(scimId) && !gone.has(`user ${scimId}`),
  );
  const memberships = allTeams(held)
    .filter(({ scimId }) => !boundary.teamIds.has(scimId) && !gone.has(`team ${scimId}`))
    .flatMap((team) => [...team.memberIds].map((id) => [team.scimId, id] as const))
    .filter(([team, id]) => !gone.has(`user ${id}`) && !gone.has(JSON.stringify([team, id])));
  const added = operations.flatMap((operation) =>
    membersAdded(operation).filter(({ scimId }) => !gone.has(`user ${scimId}`)),
  );
  const accounts = operations.filter(({ kind }) => givesAccount.has(kind));
  return { users: kept.length + accounts.length, memberships: memberships.length + added.length };
}

const givesAccount: ReadonlySet<Operation["kind"]> = new Set([
  "create-user",
  "activate-user",
  "assign-user",
  "provision-user",
]);

/** What is deleted or deactivated, as `user 7f3a`, and the memberships that are removed, as a pair of Team and member. */
function goneAfter(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((operation) => {
      const { subject } = operation;
      if (takesAway(operation)) return [`${subject.kind} ${subject.scimId}`];
      return membersRemoved(operation).map(({ scimId }) => JSON.stringify([subject.scimId, scimId]));
    }),
  );
}
