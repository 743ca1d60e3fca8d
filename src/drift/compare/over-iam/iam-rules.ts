/** What a comparison concludes from Astro's own side, read over IAM. */

import { externalIdPath } from "../../../astro/compared-value.ts";
import type { HeldUser } from "../../../astro/held.ts";
import type { IamReading } from "../../../astro/records/iam-side.ts";
import type { ExpectedUser } from "../../../astro/state.ts";
import type { Sides } from "../teams/memberships.ts";
import type { ProviderLinks } from "../provider-links.ts";
import type { NeverLinkedEvidence } from "../change.ts";
import type { RememberedAccount } from "../../safety/protection.ts";

export interface IamRules {
  /** Whether the account was invited and not accepted yet, and no provider has linked it. */
  isPendingInvite(account: HeldUser): boolean;
  /**
   * What tells that no provider ever linked the account; undefined where nothing does.
   * @param user the directory's user whose account it should be; undefined where it should not be there
   */
  neverLinked(account: HeldUser, user: ExpectedUser | undefined): NeverLinkedEvidence | undefined;
}

export interface LinkSources {
  readonly links?: ProviderLinks | undefined;
  readonly remembered?: readonly RememberedAccount[] | undefined;
}

export function iamRules(
  reading: IamReading,
  sides: Pick<Sides, "expected" | "held" | "match">,
  sources: LinkSources,
): IamRules {
  if (reading.kind !== "read") return { isPendingInvite: () => false, neverLinked: () => undefined };
  const linked = new Set([
    ...(sources.links?.users ?? []).flatMap(({ scimId }) => scimId ?? []),
    ...(sources.remembered ?? []).map(({ scimId }) => scimId),
  ]);
  const isLinked = ({ scimId, externalId }: HeldUser): boolean =>
    externalId !== undefined || linked.has(scimId);
  const isBeforeScim = reading.isOnlySource && !reading.side.isScimEnabled;
  const leavesTrace = linksLeaveTrace(sides);
  return {
    isPendingInvite: (account) => account.iam?.status === "PENDING" && !isLinked(account),
    neverLinked: (account, user) => {
      if (account.isHiddenFromScim === true) return "hidden-from-scim";
      if (isLinked(account)) return undefined;
      if (isBeforeScim) return user === undefined ? "scim-disabled" : undefined;
      if (!leavesTrace || account.iam === undefined) return undefined;
      return user === undefined || sendsExternalId(user) ? "no-external-id" : undefined;
    },
  };
}

/**
 * Whether an account that the provider created or linked can be told by its externalId: the provider sends one, and at least
 * half of the accounts of the directory's users have one. An account without it was there before SCIM, or was invited since.
 */
function linksLeaveTrace({ expected, match }: Pick<Sides, "expected" | "match">): boolean {
  const accounts = [...expected.users.values()]
    .filter((user) => user.presence === "active" && sendsExternalId(user))
    .flatMap(({ key }) => match.heldOf(key) ?? []);
  const traced = accounts.filter(({ externalId }) => externalId !== undefined).length;
  return traced > 0 && traced * 2 >= accounts.length;
}

function sendsExternalId({ externalId, notCompared = [] }: ExpectedUser): boolean {
  return externalId !== undefined && !notCompared.some(({ attribute }) => attribute === externalIdPath);
}
