/** What a comparison concludes from Astro's own side, read over IAM. */

import { allTeams, allUsers, type HeldState, type HeldUser } from "../../astro/held.ts";
import type { IamReading } from "../../astro/records/iam-side.ts";
import type { ProviderLinks } from "./provider-links.ts";
import type { NeverLinkedEvidence } from "./change.ts";
import type { RememberedAccount } from "../safety/protection.ts";

export interface IamRules {
  /** Whether the account was invited and not accepted yet, and no provider has linked it. */
  isPendingInvite(account: HeldUser): boolean;
  /**
   * What tells that no provider ever linked the account; undefined where nothing does.
   * @param isExpected whether it is the account of a user of the directory
   */
  neverLinked(account: HeldUser, isExpected: boolean): NeverLinkedEvidence | undefined;
}

export interface LinkSources {
  readonly links?: ProviderLinks | undefined;
  readonly remembered?: readonly RememberedAccount[] | undefined;
}

export function iamRules(reading: IamReading, held: HeldState, sources: LinkSources): IamRules {
  if (reading.kind !== "read") return { isPendingInvite: () => false, neverLinked: () => undefined };
  const linked = new Set([
    ...(sources.links?.users ?? []).flatMap(({ scimId }) => scimId ?? []),
    ...(sources.remembered ?? []).map(({ scimId }) => scimId),
  ]);
  const isLinked = ({ scimId, externalId }: HeldUser): boolean =>
    externalId !== undefined || linked.has(scimId);
  const isBeforeScim = reading.isOnlySource && !reading.side.isScimEnabled;
  const firstOverScim = firstTraceOfScim(held);
  return {
    isPendingInvite: (account) => account.iam?.status === "PENDING" && !isLinked(account),
    neverLinked: (account, isExpected) => {
      if (account.isHiddenFromScim === true) return "hidden-from-scim";
      if (isLinked(account)) return undefined;
      if (isBeforeScim) return isExpected ? undefined : "scim-disabled";
      const created = instant(account.iam?.createdAt);
      const isOlder = created !== undefined && firstOverScim !== undefined && created < firstOverScim;
      return isOlder ? "predates-scim" : undefined;
    },
  };
}

/**
 * When the oldest came to be of all that certainly came over SCIM: Teams that the identity provider manages, and accounts with
 * an externalId. Undefined where no account has one: a provider that sends none leaves no trace of its links. What was adopted
 * is older than SCIM, which makes the rule find less, and never too much.
 */
function firstTraceOfScim(held: HeldState): number | undefined {
  const linked = allUsers(held).filter(({ externalId }) => externalId !== undefined);
  if (linked.length === 0) return undefined;
  const managed = allTeams(held).filter(({ iam }) => iam?.isIdpManaged === true);
  const times = [...linked, ...managed].flatMap(({ iam }) => instant(iam?.createdAt) ?? []);
  return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
}

function instant(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
