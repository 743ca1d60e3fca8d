/** One line for one difference: a sign, who it is about, what is so and what should be. */

import { attributeLabel } from "../../astro/attributes.ts";
import type { GroupTerms } from "../../drift/compare/group-terms.ts";
import { subjectOf, type Change, type Member } from "../../drift/compare/change.ts";
import { brokenLinkInWords } from "../../drift/plan/links-left.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";

/** `+` is missing in Astro, `-` is left over there, `~` is there and differs. */
export type ChangeSign = "+" | "-" | "~";

export interface ChangeLine {
  readonly sign: ChangeSign;
  readonly subject: string;
  readonly text: string;
}

export function changeLine(change: Change, terms: GroupTerms): ChangeLine {
  const { name } = subjectOf(change);
  const line = (sign: ChangeSign, text: string): ChangeLine => ({ sign, subject: printable(name), text });
  switch (change.kind) {
    case "user-missing":
      return line("+", "missing: assigned in the directory, no account in Astro");
    case "user-inactive":
      return line("~", "inactive in Astro, should be active");
    case "user-renamed":
      return line("~", `is ${printable(change.held.userName)} in Astro: the same user under an old userName`);
    case "user-attribute-differs":
      return line("~", attributeDifference(change));
    case "user-link-broken":
    case "team-link-broken":
      return line("~", `link broken: ${printable(brokenLinkInWords(change))}`);
    case "user-left-over":
      return line("-", `left over: active in Astro, ${printable(change.reason)}`);
    case "team-missing":
      return line(
        "+",
        `missing: ${terms.provided} in the directory with ${plural(change.members.length, "member")}, no Team in Astro`,
      );
    case "team-renamed":
      return line("~", `is ${value(change.held.displayName)} in Astro ${evidence[change.evidence]}`);
    case "team-members-differ":
      return line("~", memberDifference(change));
    case "team-left-over":
      return line("-", `left over: belongs to no ${terms.provided} group any more`);
  }
}

const evidence = {
  linked: "(according to the provider's link)",
  "same-members": "(inferred: a Team with that name has exactly these members)",
} as const;

/** A reference by the account that it is, where that is known. */
function attributeDifference(change: Extract<Change, { kind: "user-attribute-differs" }>): string {
  const { attribute, heldValue, expectedValue, accounts, isAwaited } = change;
  const held = value(accounts?.held ?? heldValue);
  const expected = value(accounts?.expected ?? expectedValue);
  return `${attributeLabel(attribute)} is ${held}, should be ${expected}${isAwaited === true ? " (no account)" : ""}`;
}

function memberDifference(change: Extract<Change, { kind: "team-members-differ" }>): string {
  const parts = [
    ...(change.missing.length === 0 ? [] : [`missing ${names(change.missing)}`]),
    ...(change.leftOver.length === 0 ? [] : [`left over ${names(change.leftOver)}`]),
    ...(change.unknownMembers.length === 0
      ? []
      : [`${plural(change.unknownMembers.length, "member")} whose account does not exist`]),
    ...(change.unseenMembers.length === 0
      ? []
      : [`${plural(change.unseenMembers.length, "member")} that the list of users does not show`]),
  ];
  return `members: ${parts.join("; ")}`;
}

const mostNames = 8;

/** Names of a few; of many the first and how many more. */
function names(list: readonly Member[]): string {
  const shown = list.slice(0, mostNames).map(({ userName, account }) => {
    const why = account === "active" ? "" : ` (${account === "missing" ? "no account" : "inactive"})`;
    return printable(userName) + why;
  });
  const rest = list.length - shown.length;
  return shown.join(", ") + (rest === 0 ? "" : ` and ${rest} more`);
}

function value(text: string | undefined): string {
  return text === undefined ? "not set" : printable(JSON.stringify(text));
}
