/** The plan of `--cleanup`: what a run created is deleted again, and nothing else. */

import { allTeams, allUsers, type HeldIds } from "../../astro/held.ts";
import type { Drift } from "../compare/diff.ts";
import type { LeftOut } from "./left-out/left-out.ts";
import { buildPlan, type Plan } from "./plan.ts";
import { deleteTeam } from "./operations/team-operations.ts";
import { deleteUser } from "./operations/user-operations.ts";

/** What is known of a run. */
export interface RunTraces {
  /** What the server held before it. */
  readonly before: HeldIds;
  /** What the server says that it created. */
  readonly created: HeldIds;
  /** Folded names for which it asked. */
  readonly asked: HeldIds;
  /** Why an account is deleted: `created by this run` unless said. */
  readonly reason?: string;
}

/**
 * Deletes by id. Two things stay and are listed: what the server held before the run, whatever it answered; and what
 * appeared under a name that the run asked for, where no answer says that the run created it. The operations carry the
 * fingerprints of the drift, so what has changed since stays as well.
 */
export function planCleanup(drift: Drift, run: RunTraces): Plan {
  const users = allUsers(drift.held).map((held) => ({ held, origin: originOf(held, "users", run) }));
  const teams = allTeams(drift.held).map((held) => ({ held, origin: originOf(held, "teams", run) }));
  return buildPlan("cleanup", drift, {
    operations: [
      ...teams
        .filter(({ origin }) => origin === "created")
        .map(({ held }) => ({ ...deleteTeam(held, "unknown"), createdByRun: true as const })),
      ...users
        .filter(({ origin }) => origin === "created")
        .map(({ held }) => ({
          ...deleteUser({ held, reason: run.reason ?? "created by this run" }),
          createdByRun: true as const,
        })),
    ],
    leftOut: (["held-before", "not-known-created"] as const).flatMap((code): readonly LeftOut[] => [
      ...users
        .filter(({ origin }) => origin === code)
        .map(({ held }) => ({ code, kind: "user", name: held.userName, reason: reasons[code] }) as const),
      ...teams
        .filter(({ origin }) => origin === code)
        .map(({ held }) => ({ code, kind: "team", name: held.displayName, reason: reasons[code] }) as const),
    ]),
    selection: { users: [], teams: [] },
  });
}

/** Where an account or a Team comes from; undefined where the run has nothing to do with it. */
function originOf(
  { key, scimId }: { readonly key: string; readonly scimId: string },
  kind: keyof HeldIds,
  { before, created, asked }: RunTraces,
): "created" | keyof typeof reasons | undefined {
  if (created[kind].has(scimId)) return before[kind].has(scimId) ? "held-before" : "created";
  return asked[kind].has(key) && !before[kind].has(scimId) ? "not-known-created" : undefined;
}

const reasons = {
  "held-before": "the server answered that it was created, but it existed before the run",
  "not-known-created": "it appeared during the run, but no answer shows that the run created it",
} as const;
