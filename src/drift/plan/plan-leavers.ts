/** Accounts of people who have left and that are still active, where the provider is linked to them. */

import { teamsByMember } from "../../astro/held.ts";
import type { UserLeftOver } from "../compare/change.ts";
import type { Drift } from "../compare/diff.ts";
import type { DeactivateUser } from "./operations/operation.ts";
import { isSelected, type Selection } from "./selection.ts";
import { deactivateUser } from "./operations/user-operations.ts";

/**
 * What the provider would send: `active: false`, which leaves its link intact, so that it knows the account when the person
 * comes back. An account without a link is not deactivated: `delete` removes it.
 */
export function planLeavers(drift: Drift, { users }: Selection): readonly DeactivateUser[] {
  const teamsOf = teamsByMember(drift.held);
  return drift.changes
    .filter((change): change is UserLeftOver => change.kind === "user-left-over")
    .filter(({ link, doubt, held }) => link === "linked" && doubt === undefined && isSelected(users, held))
    .map((change) => deactivateUser(change, teamsOf.get(change.held.scimId) ?? []));
}
