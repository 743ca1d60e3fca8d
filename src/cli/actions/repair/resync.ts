/** What `astro-scim resync` does. */

import { planResync } from "../../../drift/plan/plan-resync.ts";
import type { Io } from "../../../world/io.ts";
import type { RepairFlags } from "../../flags/options.ts";
import { repair } from "../../repair/repair.ts";
import { refuseNamesWithAll, selectionOf, wordsFor } from "../../repair/repair-names.ts";

export interface ResyncFlags extends RepairFlags {
  readonly team?: readonly string[];
}

export async function resync(io: Io, users: readonly string[], flags: ResyncFlags): Promise<number> {
  const { all, team = [], reassign = [] } = flags;
  const named = [...new Set([...users, ...reassign])];
  refuseNamesWithAll(all, [...named, ...team]);
  return repair(io, {
    name: "resync",
    flags,
    asked: wordsFor(all, users, team, reassign),
    plan: (drift) => planResync(drift, selectionOf(named, team)),
  });
}
