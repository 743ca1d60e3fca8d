/** What `astro-scim push-group` does. */

import { planPushGroups } from "../../../drift/plan/plan-push-groups.ts";
import type { Io } from "../../../world/io.ts";
import type { RepairFlags } from "../../flags/options.ts";
import { repair } from "../../repair/repair.ts";
import { refuseNamesWithAll, wordsFor } from "../../repair/repair-names.ts";

export async function pushGroup(io: Io, names: readonly string[], flags: RepairFlags): Promise<number> {
  refuseNamesWithAll(flags.all, names);
  return repair(io, {
    name: "push-group",
    flags,
    asked: wordsFor(flags.all, names),
    plan: (drift) => planPushGroups(drift, names.length > 0 ? names : "all"),
  });
}
