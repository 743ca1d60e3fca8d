/** Why a plan is refused, in words: a sentence for each safety rule, and the option that would allow it. */

import type { Spending } from "../../drift/safety/budget.ts";
import type { Refusal } from "../../drift/safety/guard.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { formatCount, formatShare } from "../../ground/text/quantities.ts";
import { printable } from "../../ground/text/printable.ts";
import { unbroken } from "../layout/hanging.ts";
import { shellWord } from "../../ground/text/shell-word.ts";

export interface RefusalText {
  /** One sentence with the numbers or names that matter; no full stop. */
  readonly reason: string;
  /** The options that would allow it, as they are typed; undefined where nothing does. */
  readonly allowedBy: string | undefined;
}

export function refusalText(refusal: Refusal): RefusalText {
  switch (refusal.rule) {
    case "read-only-target":
      return never("the profile of this target is read-only (readOnly: true)");
    case "empty-directory":
      return never(`no user in the directory is assigned to the app; ${mistake}`);
    case "empty-groups":
      return never(`no group in the directory has a member; ${mistake}`);
    case "deletion-limit":
      return beyond(refusal, "accounts and Teams would be deleted", "--max-deletions");
    case "removal-limit":
      return beyond(refusal, "memberships would be removed", "--max-removals");
    case "rename-limit":
      return beyond(refusal, "accounts and Teams would be renamed", "--max-renames");
    case "emptied-team":
      return emptied(refusal);
    case "changed-since":
      return {
        reason: `with --strict-plan nothing is applied, and since the plan was saved ${nameList(names(refusal))} changed`,
        allowedBy: undefined,
      };
    case "unmanaged-teams":
      return unmanaged(refusal);
    case "without-link":
      return withoutLink(refusal);
    case "unknown-roles":
      return {
        reason:
          "it is unknown who is an Organization Owner: SCIM does not show it, and the IAM API was not read or does not show it either",
        allowedBy: "--roles-unknown",
      };
  }
}

/**
 * A line for each refusal, with the option that would allow it. Where nothing allows one of them, the options for the others
 * would only mislead. For `hanging`: the option is never broken.
 */
export function refusalLines(refusals: readonly Refusal[]): readonly string[] {
  const texts = refusals.map(refusalText);
  const isFinal = texts.some(({ allowedBy }) => allowedBy === undefined);
  return texts.map(({ reason, allowedBy }) => {
    const allowing =
      isFinal || allowedBy === undefined ? "" : `; ${unbroken(printable(allowedBy))} allows it`;
    return `Refused: ${printable(reason)}${allowing}`;
  });
}

const mistake = "this looks like a mistake, and no option allows it";

function never(reason: string): RefusalText {
  return { reason, allowedBy: undefined };
}

function withoutLink({ provider, names: accounts }: OfRule<"without-link">): RefusalText {
  const leavers = accounts.length === 1 ? "its leaver stays" : "their leavers stay";
  return {
    reason: `over SCIM ${provider} gets no link to ${nameList(accounts)}: ${leavers} active; prefer --via ${provider.toLowerCase()}`,
    allowedBy: "--without-link",
  };
}

type OfRule<Rule extends Refusal["rule"]> = Extract<Refusal, { readonly rule: Rule }>;

function beyond({ planned, earlier, total, limit }: Spending, what: string, option: string): RefusalText {
  const share = formatShare(planned / Math.max(1, total));
  const before = earlier === 0 ? "" : `, after ${formatCount(earlier)} in the last 24 hours`;
  return {
    reason: `${formatCount(planned)} of ${formatCount(total)} ${what} (${share})${before}; the limit is ${formatCount(limit)}`,
    allowedBy: `${option} ${planned + earlier}`,
  };
}

function emptied({ teams }: OfRule<"emptied-team">): RefusalText {
  const which = teams.length === 1 ? "the Team" : `the ${formatCount(teams.length)} Teams`;
  return {
    reason: `${which} ${nameList(teams.map(({ name }) => name))} would have no member left`,
    allowedBy: teams.map(({ allowEmpty }) => `--allow-empty ${shellWord(allowEmpty)}`).join(" "),
  };
}

const mostNames = 5;

function names({ names: [...all] }: OfRule<"changed-since">): readonly string[] {
  const more = all.length - mostNames;
  return more > 1 ? [...all.slice(0, mostNames), `${formatCount(more)} more`] : all;
}

function unmanaged({ teams: [first = "", ...others] }: OfRule<"unmanaged-teams">): RefusalText {
  const more = others.length === 0 ? "" : ` and ${formatCount(others.length)} more`;
  return {
    reason: `it is unknown whether the identity provider manages the Team ${first}${more}`,
    allowedBy: "--team NAME, for each of them",
  };
}
