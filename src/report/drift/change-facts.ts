/** A difference in words: what is so in Astro, and what should be. */

import { attributeLabel } from "../../astro/attributes.ts";
import { providedGroup, type GroupTerms } from "../../drift/compare/group-terms.ts";
import type { HeldTeam, HeldUser } from "../../astro/held.ts";
import { grantedRoles } from "../../drift/compare/iam-remarks.ts";
import { roleInWords } from "../../drift/plan/roles-lost.ts";
import { nameList } from "../../ground/name-list.ts";
import type { Change, Member, NeverLinkedEvidence, TeamLeftOver } from "../../drift/compare/change.ts";
import { brokenLinkInWords } from "../../drift/plan/links-left.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import type { Style } from "../style.ts";
import { namesOf } from "../layout/counted.ts";
import type { RowDetail } from "../layout/rows.ts";

export interface FactOptions extends Pick<Style, "all"> {
  readonly terms: GroupTerms;
  /** What is said of an account or a Team that should not be there: what is protected is not orphaned. */
  readonly orphaned: string;
}

/** `+` is missing in Astro, `-` should not be there, `~` is there and differs. */
export const changeSigns = {
  "user-missing": "+",
  "user-inactive": "~",
  "user-renamed": "~",
  "user-attribute-differs": "~",
  "user-link-broken": "~",
  "user-invite-pending": "~",
  "user-never-linked": "~",
  "user-duplicate": "-",
  "user-left-over": "-",
  "team-missing": "+",
  "team-renamed": "~",
  "team-members-differ": "~",
  "team-link-broken": "~",
  "team-left-over": "-",
} as const satisfies Readonly<Record<Change["kind"], string>>;

/** Where it is the only difference of its user or Team: one clause. */
export function changeInWords(change: Change, options: FactOptions): string {
  const facts = changeFacts(change, options);
  const words = facts
    .map(({ label, text }) => (needsLabel(change, label) ? `${label} ${text}` : text))
    .join("; ");
  return change.kind === "team-members-differ" ? `members differ, ${words}` : words;
}

/** Of other labels the text says as much by itself. */
function needsLabel({ kind }: Change, label: string): boolean {
  if (kind === "team-members-differ") return label !== elsewhere;
  return kind === "user-attribute-differs" || kind === "user-link-broken" || kind === "team-link-broken";
}

/** Of members about whom the list of users says nothing. */
const elsewhere = "unclear";

/** One among several of the same user or Team: what it is about, and the difference. */
export function changeFacts(change: Change, options: FactOptions): readonly RowDetail[] {
  const { terms, orphaned } = options;
  switch (change.kind) {
    case "user-missing":
      return fact("account", "missing: assigned in the directory, no account in Astro");
    case "user-inactive":
      return fact("account", "inactive in Astro, should be active");
    case "user-renamed":
      return fact(
        "userName",
        `is ${value(change.held.userName)} in Astro: the same user under an old userName`,
      );
    case "user-attribute-differs":
      return fact(attributeLabel(change.attribute), attributeDifference(change));
    case "user-link-broken":
    case "team-link-broken":
      return fact("link", `broken: ${printable(brokenLinkInWords(change))}`);
    case "user-invite-pending":
      return fact("invitation", invitePendingText);
    case "user-never-linked":
      return fact(
        "link",
        `${neverLinkedText[change.evidence]}${change.user === undefined ? `; ${orphaned}active in Astro, ${printable(change.reason)}${rolesText(change.held, options)}` : ""}`,
      );
    case "user-duplicate":
      return fact("account", `${printable(change.reason)}${rolesText(change.held, options)}`);
    case "user-left-over":
      return fact(
        "account",
        `${orphaned}active in Astro, ${printable(change.reason)}${rolesText(change.held, options)}`,
      );
    case "team-missing":
      return fact(
        "Team",
        `missing: ${terms.provided} in the directory with ${plural(change.members.length, "member")}, no Team in Astro`,
      );
    case "team-renamed":
      return fact("name", `is ${value(change.held.displayName)} in Astro ${evidence[change.evidence]}`);
    case "team-members-differ":
      return memberFacts(change, options);
    case "team-left-over":
      return fact(
        "Team",
        `${orphaned}${noLongerLinked(change.evidence, terms)}${rolesText(change.held, options)}`,
      );
  }
}

/** Why a Team should not be there. */
export function noLongerLinked(evidence: TeamLeftOver["evidence"], terms: GroupTerms): string {
  const managed = evidence === "idp-managed" ? "managed by the identity provider, " : "";
  return `${managed}no longer linked to ${providedGroup(terms)}`;
}

export const invitePendingText = "invited in Astro, and the invitation was not accepted yet";

export const neverLinkedText: Readonly<Record<NeverLinkedEvidence, string>> = {
  "hidden-from-scim": "never linked by the provider: Astro has the account, and SCIM does not show it",
  "scim-disabled": "never linked by the provider: SCIM is not enabled",
  "no-external-id": "never linked by the provider: it has no externalId, as linked accounts have",
};

/** What a deletion would take away, where IAM told it; nothing of what is protected, which stays. */
function rolesText({ iam }: HeldUser | HeldTeam, { orphaned }: FactOptions): string {
  const roles = grantedRoles(iam?.roles) ?? [];
  if (roles.length === 0 || orphaned === "") return "";
  return printable(`; has ${nameList(roles.map(roleInWords))}`);
}

function fact(label: string, text: string): readonly RowDetail[] {
  return [{ label: printable(label), text }];
}

const evidence = {
  linked: "(according to the provider's link)",
  "same-members": "(inferred: a Team with that name has exactly these members)",
} as const;

/** A reference by the account that it is, where that is known. */
function attributeDifference(change: Extract<Change, { kind: "user-attribute-differs" }>): string {
  const { heldValue, expectedValue, accounts, isAwaited } = change;
  const held = value(accounts?.held ?? heldValue);
  const expected = value(accounts?.expected ?? expectedValue);
  return `is ${held}, should be ${expected}${isAwaited === true ? " (no account)" : ""}`;
}

/** As many names as a line bears. */
const mostNames = 8;

function memberFacts(
  change: Extract<Change, { kind: "team-members-differ" }>,
  { all = false }: FactOptions,
): readonly RowDetail[] {
  const { missing, leftOver, unknownMembers, unseenMembers } = change;
  const names = (members: readonly Member[]): string =>
    namesOf(members.map(memberText), all ? Infinity : mostNames);
  const counted = (count: number, what: string): RowDetail[] =>
    count === 0 ? [] : [{ label: elsewhere, text: `${plural(count, "member")} ${what}` }];
  return [
    ...(missing.length === 0 ? [] : [{ label: "missing", text: names(missing) }]),
    ...(leftOver.length === 0 ? [] : [{ label: "not expected", text: names(leftOver) }]),
    ...counted(unknownMembers.length, "whose account does not exist"),
    ...counted(unseenMembers.length, "that the list of users does not show"),
  ];
}

function memberText({ userName, account }: Member): string {
  if (account === "active") return userName;
  return `${userName} (${account === "missing" ? "no account" : "inactive"})`;
}

function value(text: string | undefined): string {
  return text === undefined ? "not set" : printable(JSON.stringify(text));
}
