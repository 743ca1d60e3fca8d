/** What should not be there, or was never linked, in words: with the roles that it has, where IAM told them. */

import type { HeldUser } from "../../../astro/held.ts";
import type { ApisDisagree } from "../../../drift/compare/over-iam/apis-disagree.ts";
import type {
  NeverLinkedEvidence,
  TeamLeftOver,
  UserDuplicate,
  UserLeftOver,
  UserNeverLinked,
} from "../../../drift/compare/change.ts";
import { providedGroup, type GroupTerms } from "../../../drift/compare/teams/group-terms.ts";
import { printable } from "../../../ground/text/printable.ts";
import { rolesOfTeamText, rolesOfUserText, type RolesAtStake } from "../roles-at-stake.ts";

export const bannedText = "banned in Astro, should be active: Astronomer blocks the account";

export const invitePendingText = "invited in Astro, and the invitation was not accepted yet";

/** A clause: `active over SCIM, and the IAM API does not list it: …`. */
export function disagreementInWords({ user, inIam }: ApisDisagree): string {
  if (inIam === "not-listed") return notListed;
  return user.active
    ? `active over SCIM, and ${inIam} in the IAM API: it is unknown whether the user can sign in`
    : `inactive over SCIM, and ${inIam} in the IAM API: the user may still be able to sign in`;
}

const notListed =
  "active over SCIM, and the IAM API does not list the user: the user may not be a member of the organization any more, or the list is not complete";

export interface RemovalOptions {
  /** `orphaned: `; empty of what is protected, which stays. */
  readonly orphaned: string;
  readonly roles: RolesAtStake;
}

export function accountToRemove(change: UserDuplicate | UserLeftOver, options: RemovalOptions): string {
  const { kind, reason, held } = change;
  const { orphaned } = options;
  const text =
    kind === "user-duplicate"
      ? printable(reason)
      : `${orphaned}${stateOf(held)}${printable(reason)}${linkText(change, orphaned)}`;
  return text + rolesText(held, options);
}

/** Where it is known what the provider remembers; what is protected is to stay. */
function linkText({ link }: UserLeftOver, orphaned: string): string {
  return link === "not-linked" && orphaned !== "" ? "; no link: the provider will never deactivate it" : "";
}

/** As `accountToRemove`. */
export function neverLinkedInWords(
  { user, evidence, reason, held }: UserNeverLinked,
  options: RemovalOptions,
): string {
  const { orphaned } = options;
  const text = `never linked by the provider: ${whyNeverLinked[evidence]}`;
  if (user !== undefined) return text;
  return `${orphaned}${stateOf(held)}${printable(reason)}; ${text}${rolesText(held, options)}`;
}

function rolesText(held: HeldUser, { orphaned, roles }: RemovalOptions): string {
  return orphaned === "" ? "" : rolesOfUserText(held, roles.teamsOf(held));
}

/** Who was invited has no active account yet. */
function stateOf({ iam }: HeldUser): string {
  if (iam?.status === "PENDING") return "in Astro, ";
  return iam?.status === "BANNED" ? "banned in Astro, " : "active in Astro, ";
}

const whyNeverLinked: Readonly<Record<NeverLinkedEvidence, string>> = {
  "hidden-from-scim": "Astro has the account, and SCIM does not show it",
  "scim-disabled": "SCIM is not enabled",
  "no-external-id": "it has no externalId, as linked accounts have",
};

/** Of many. */
export const neverLinkedInCommon: Readonly<Record<NeverLinkedEvidence, string>> = {
  "hidden-from-scim": "SCIM does not show them",
  "scim-disabled": "SCIM is not enabled",
  "no-external-id": "no externalId",
};

/** As `accountToRemove`. */
export function teamToRemove(
  { evidence, held }: TeamLeftOver,
  { terms, orphaned, roles }: RemovalOptions & { readonly terms: GroupTerms },
): string {
  const managed = evidence === "idp-managed" ? "managed by the identity provider, " : "";
  const given = orphaned === "" ? "" : rolesOfTeamText(held, roles.membersOf(held));
  return `${orphaned}${managed}no longer linked to ${providedGroup(terms)}${given}`;
}
