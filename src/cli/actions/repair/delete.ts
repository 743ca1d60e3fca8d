/** What `astro-scim delete` does. */

import { planDelete } from "../../../drift/plan/plan-delete.ts";
import type { Io } from "../../../world/io.ts";
import type { RepairFlags } from "../../flags/options.ts";
import { repair } from "../../repair/repair.ts";
import { deletionOf, refuseNamesWithAll, wordsFor } from "../../repair/repair-names.ts";

export interface DeleteFlags extends RepairFlags {
  readonly team?: readonly string[];
}

export async function deleteLeftOver(io: Io, users: readonly string[], flags: DeleteFlags): Promise<number> {
  const { all, team = [] } = flags;
  refuseNamesWithAll(all, users);
  return repair(io, {
    name: "delete",
    flags,
    asked: wordsFor(all, users, team),
    plan: (drift) => planDelete(drift, deletionOf(all, users, team)),
  });
}
