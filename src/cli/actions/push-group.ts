/** What `astro-scim push-group` does. */

import { planPushGroups } from "../../drift/plan-push-groups.ts";
import type { Io } from "../io.ts";
import type { RepairFlags } from "../options.ts";
import { repair } from "../repair.ts";
import { refuseNamesWithAll } from "../repair-names.ts";

export async function pushGroup(io: Io, names: readonly string[], flags: RepairFlags): Promise<number> {
  refuseNamesWithAll(flags.all, names);
  const isAskedFor = flags.all === true || names.length > 0;
  return repair(io, {
    name: "push-group",
    flags,
    isAskedFor,
    plan: (drift) => planPushGroups(drift, names.length > 0 ? names : "all"),
  });
}
