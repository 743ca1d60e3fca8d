/** The plan of `--cleanup`: what a run created goes again, and nothing else. */

import type { HeldIds, HeldTeam, HeldUser } from "../../astro/held.ts";
import type { Drift } from "../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";
import { buildPlan, type Plan } from "./plan.ts";
import { deleteTeam } from "./team-operations.ts";
import { deleteUser } from "./user-operations.ts";

/** What is known of a run. */
export interface RunTraces {
  /** What the server says that it created. */
  readonly created: HeldIds;
  /** Folded names for which it asked. */
  readonly asked: HeldIds;
}

/**
 * Deletes by id. What the server held before the run was not created by it, whatever the server answered: it stays, and is
 * listed, and so is what appeared under a name that the run asked for, where no answer says that it is the run's. The
 * operations carry the fingerprints of the drift, so what has changed since stays as well.
 */
export function planCleanup(drift: Drift, { created, asked }: RunTraces, before: HeldIds): Plan {
  const users = [...drift.held.users.values(), ...drift.held.namesakeUsers].filter(({ scimId }) =>
    created.users.has(scimId),
  );
  const teams = [...drift.held.teams.values(), ...drift.held.namesakeTeams].filter(({ scimId }) =>
    created.teams.has(scimId),
  );
  const isNewUser = ({ scimId }: HeldUser): boolean => !before.users.has(scimId);
  const isNewTeam = ({ scimId }: HeldTeam): boolean => !before.teams.has(scimId);
  const appeared = [
    ...[...drift.held.users.values(), ...drift.held.namesakeUsers]
      .filter((user) => isNewUser(user) && !created.users.has(user.scimId) && asked.users.has(user.key))
      .map(({ userName }) => notKnownCreated("user", userName)),
    ...[...drift.held.teams.values(), ...drift.held.namesakeTeams]
      .filter((team) => isNewTeam(team) && !created.teams.has(team.scimId) && asked.teams.has(team.key))
      .map(({ displayName }) => notKnownCreated("team", displayName)),
  ];
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
      ...appeared,
    ],
    selection: { users: [], teams: [] },
  });
}

function heldBefore(kind: LeftOut["kind"], name: string): LeftOut {
  const reason = "the server answered that it was created, and held it before the run";
  return { code: "held-before", kind, name, reason };
}

function notKnownCreated(kind: LeftOut["kind"], name: string): LeftOut {
  const reason = "it appeared during the run, and no answer says that the run created it";
  return { code: "not-known-created", kind, name, reason };
}
