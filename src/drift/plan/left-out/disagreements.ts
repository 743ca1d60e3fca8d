/** Accounts of which a repair cannot say that nothing is to be done: SCIM and IAM say different things of them. */

import { isUserToRemove, resourceOf } from "../../compare/change.ts";
import type { ApisDisagree } from "../../compare/over-iam/apis-disagree.ts";
import type { Drift } from "../../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";
import { isSelected, type Names } from "../selection.ts";

/** Of those that were asked for, the ones that `command` is about and that it does not change. */
export function disagreements(drift: Drift, command: "resync" | "delete", users: Names): readonly LeftOut[] {
  const toRemove = new Set(drift.changes.filter(isUserToRemove).map((change) => resourceOf(change)?.scimId));
  return drift.apisDisagree
    .filter(({ user }) => isSelected(users, user) && !drift.protection.userIds.has(user.scimId))
    .filter(({ user: { key, active, scimId } }) => {
      const shouldBeActive = drift.expected.users.get(key)?.presence === "active";
      return command === "resync" ? active && !toRemove.has(scimId) : !active && !shouldBeActive;
    })
    .map(({ user, inIam }) => ({
      code: "apis-disagree",
      kind: "user",
      name: user.userName,
      reason: reasonFor({ user, inIam }),
    }));
}

function reasonFor({ user, inIam }: ApisDisagree): string {
  const there = inIam === "not-listed" ? "is not in the list of the IAM API" : `is ${inIam} in the IAM API`;
  return `is ${user.active ? "active" : "inactive"} over SCIM and ${there}: look the user up in Astro (Access Management > Users)`;
}
