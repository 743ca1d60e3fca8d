/** Accounts of which SCIM and the IAM API say different things: which of the two is right is unknown. */

import { allUsers, type HeldUser } from "../../../astro/held.ts";
import type { IamReading } from "../../../astro/records/iam-side.ts";
import type { Sides } from "../teams/memberships.ts";

export interface ApisDisagree {
  readonly user: HeldUser;
  /**
   * `not-listed`: the account is active over SCIM, and the IAM API does not list it. A SCIM record outlives membership in the
   * organization (Astro release notes, 2024-05-15), or the list is not complete. Otherwise the status in the IAM API.
   */
  readonly inIam: "not-listed" | "ACTIVE" | "INACTIVE" | "PENDING";
}

/**
 * In the order of the names; none unless both APIs were read. A banned user is none of them: whether SCIM shows the account as
 * active is not documented. Whether IAM lists inactive users is not documented either, so an inactive account may be missing there.
 */
export function apisDisagree({ held, outside }: Sides, iam: IamReading): readonly ApisDisagree[] {
  if (iam.kind !== "read" || iam.isOnlySource) return [];
  return allUsers(held)
    .filter(({ scimId, isHiddenFromScim }) => isHiddenFromScim !== true && !outside.userIds.has(scimId))
    .flatMap((user): ApisDisagree[] => {
      const inIam = disagreement(user);
      return inIam === undefined ? [] : [{ user, inIam }];
    })
    .toSorted((a, b) => (a.user.key < b.user.key ? -1 : 1));
}

function disagreement({ active, iam }: HeldUser): ApisDisagree["inIam"] | undefined {
  if (iam === undefined) return active ? "not-listed" : undefined;
  const { status } = iam;
  if (status === "INACTIVE") return active ? status : undefined;
  return (status === "ACTIVE" || status === "PENDING") && !active ? status : undefined;
}
