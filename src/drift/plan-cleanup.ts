/** The plan of `--cleanup`: what a run created goes again, and nothing else. */

import type { HeldIds, HeldTeam, HeldUser } from "../astro/held.ts";
import type { Drift } from "./diff.ts";
import type { LeftOut } from "./left-out.ts";
import { buildPlan, type Plan } from "./plan.ts";
import { deleteTeam } from "./team-operations.ts";
import { deleteUser } from "./user-operations.ts";

/**
 * Deletes by id. What the server held before the run was not created by it, whatever the server answered: it stays, and is
 * listed. The operations carry the fingerprints of the drift, so what has changed since stays as well.
 */
export function planCleanup(drift: Drift, created: HeldIds, before: HeldIds): Plan {
  const users = [...drift.held.users.values(), ...drift.held.namesakeUsers].filter(({ scimId }) =>
    created.users.has(scimId),
  );
  const teams = [...drift.held.teams.values(), ...drift.held.namesakeTeams].filter(({ scimId }) =>
    created.teams.has(scimId),
  );
  const isNewUser = ({ scimId }: HeldUser): boolean => !before.users.has(scimId);
  const isNewTeam = ({ scimId }: HeldTeam): boolean => !before.teams.has(scimId);
  return buildPlan("cleanup", drift, {
    operations: [
      ...teams
        .filter(isNewTeam)
        .map((held) => ({ ...deleteTeam(held, "unknown"), createdByRun: true as const })),
      ...users.filter(isNewUser).map((held) => ({
        ...deleteUser({ held, reason: "created by this run" }),
        createdByRun: true as const,
      })),
    ],
    leftOut: [
      ...users.filter((held) => !isNewUser(held)).map(({ userName }) => heldBefore("user", userName)),
      ...teams.filter((held) => !isNewTeam(held)).map(({ displayName }) => heldBefore("team", displayName)),
    ],
    selection: { users: [], teams: [] },
  });
}

function heldBefore(kind: LeftOut["kind"], name: string): LeftOut {
  const reason = "the server answered that it was created, and held it before the run";
  return { code: "held-before", kind, name, reason };
}
