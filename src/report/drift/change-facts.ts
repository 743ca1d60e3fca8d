/** A difference in words: what is so in Astro, and what should be. */

import { attributeLabel } from "../../astro/attributes.ts";
import type { GroupTerms } from "../../drift/compare/teams/group-terms.ts";
import {
  isTeamChange,
  isUserToRemove,
  type Change,
  type Member,
  type TeamChange,
  type UserChange,
} from "../../drift/compare/change.ts";
import { brokenLinkInWords } from "../../drift/plan/left-out/links-left.ts";
import {
  accountToRemove,
  bannedText,
  invitePendingText,
  neverLinkedInWords,
  teamToRemove,
  type RemovalOptions,
} from "./iam/iam-facts.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Style } from "../style.ts";
import { namesOf } from "../layout/counted.ts";
import type { RowDetail } from "../layout/rows.ts";

export interface FactOptions extends Pick<Style, "all">, RemovalOptions {
  readonly terms: GroupTerms;
}

/** `+` is missing in Astro, `-` should not be there, `~` is there and differs. */
const changeSigns = {
  "user-missing": "+",
  "user-inactive": "~",
  "user-banned": "~",
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

/** `-` also for an account of nobody that was never linked. */
export function signOfChange(change: Change): "+" | "-" | "~" {
  return isUserToRemove(change) ? "-" : changeSigns[change.kind];
}

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
  return isTeamChange(change) ? teamFacts(change, options) : userFacts(change, options);
}

function userFacts(change: UserChange, options: FactOptions): readonly RowDetail[] {
  switch (change.kind) {
    case "user-missing":
      return fact("account", "missing: assigned in the directory, no account in Astro");
    case "user-invite-pending":
      return fact("invitation", invitePendingText);
    case "user-inactive":
      return fact("account", "inactive in Astro, should be active");
    case "user-banned":
      return fact("account", bannedText);
    case "user-renamed":
      return fact(
        "userName",
        `is ${value(change.held.userName)} in Astro: the same user under an old userName`,
      );
    case "user-attribute-differs":
      return fact(attributeLabel(change.attribute), attributeDifference(change));
    case "user-link-broken":
      return fact("link", `broken: ${printable(brokenLinkInWords(change))}`);
    case "user-never-linked":
      return fact("link", neverLinkedInWords(change, options));
    case "user-duplicate":
    case "user-left-over":
      return fact("account", accountToRemove(change, options));
  }
}

function teamFacts(change: TeamChange, options: FactOptions): readonly RowDetail[] {
  const { terms } = options;
  switch (change.kind) {
    case "team-missing":
      return fact(
        "Team",
        `missing: ${terms.provided} in the directory with ${plural(change.members.length, "member")}, no Team in Astro`,
      );
    case "team-renamed":
      return fact("name", `is ${value(change.held.displayName)} in Astro ${evidence[change.evidence]}`);
    case "team-members-differ":
      return memberFacts(change, options);
    case "team-link-broken":
      return fact("link", `broken: ${printable(brokenLinkInWords(change))}`);
    case "team-left-over":
      return fact("Team", teamToRemove(change, options));
  }
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
  const expected = accounts?.expected ?? expectedValue;
  if (expected === undefined) return `is ${held}, should not be set`;
  return `is ${held}, should be ${value(expected)}${isAwaited === true ? " (no account)" : ""}`;
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
    ...counted(unknownMembers.length, "without an account"),
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
