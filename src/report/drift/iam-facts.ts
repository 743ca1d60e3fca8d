/** What should not be there, or was never linked, in words: with the roles that it has, where IAM told them. */

import type { HeldTeam, HeldUser } from "../../astro/held.ts";
import type {
  NeverLinkedEvidence,
  TeamLeftOver,
  UserDuplicate,
  UserLeftOver,
  UserNeverLinked,
} from "../../drift/compare/change.ts";
import { providedGroup, type GroupTerms } from "../../drift/compare/group-terms.ts";
import { grantedRoles } from "../../drift/compare/iam-remarks.ts";
import { roleInWords } from "../../drift/plan/roles-lost.ts";
import { nameList } from "../../ground/name-list.ts";
import { printable } from "../../ground/printable.ts";

export const invitePendingText = "invited in Astro, and the invitation was not accepted yet";

/** @param orphaned `orphaned: `; empty of what is protected, which stays */
export function accountToRemove(change: UserDuplicate | UserLeftOver, orphaned: string): string {
  const { kind, reason, held } = change;
  const text =
    kind === "user-duplicate"
      ? printable(reason)
      : `${orphaned}active in Astro, ${printable(reason)}${linkText(change, orphaned)}`;
  return text + rolesText(held, orphaned);
}

/** Where it is known what the provider remembers; what is protected is to stay. */
function linkText({ link }: UserLeftOver, orphaned: string): string {
  return link === "not-linked" && orphaned !== "" ? "; no link: the provider will never deactivate it" : "";
}

/** As `accountToRemove`. */
export function neverLinkedInWords(
  { user, evidence, reason, held }: UserNeverLinked,
  orphaned: string,
): string {
  const text = `never linked by the provider: ${whyNeverLinked[evidence]}`;
  if (user !== undefined) return text;
  return `${orphaned}active in Astro, ${printable(reason)}; ${text}${rolesText(held, orphaned)}`;
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
  { terms, orphaned }: { readonly terms: GroupTerms; readonly orphaned: string },
): string {
  const managed = evidence === "idp-managed" ? "managed by the identity provider, " : "";
  return `${orphaned}${managed}no longer linked to ${providedGroup(terms)}${rolesText(held, orphaned)}`;
}

function rolesText({ iam }: HeldUser | HeldTeam, orphaned: string): string {
  const roles = grantedRoles(iam?.roles) ?? [];
  if (roles.length === 0 || orphaned === "") return "";
  return printable(`; has ${nameList(roles.map(roleInWords))}`);
}
