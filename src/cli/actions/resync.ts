/** What `astro-scim resync` does. */

import { planResync } from "../../drift/plan-resync.ts";
import type { Io } from "../io.ts";
import type { RepairFlags } from "../options.ts";
import { repair } from "../repair.ts";
import { refuseNamesWithAll, selectionOf } from "../repair-names.ts";

export interface ResyncFlags extends RepairFlags {
  readonly team: readonly string[];
}

export async function resync(io: Io, users: readonly string[], flags: ResyncFlags): Promise<number> {
  refuseNamesWithAll(flags.all, [...users, ...flags.team]);
  return repair(io, {
    name: "resync",
    flags,
    isAskedFor: flags.all === true || users.length + flags.team.length > 0,
    plan: (drift) => planResync(drift, selectionOf(users, flags.team)),
  });
}
