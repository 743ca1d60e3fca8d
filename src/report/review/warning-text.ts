/** What a review warns of, in words: a sentence for each warning. */

import { exclusionInWords } from "../../astro/responsibility.ts";
import type { UnmetState } from "../../idp/run/unmet-expectation.ts";
import type { NestedGroups, ReviewFinding, ReviewWarning, UnmadeTeam } from "../../review/warning.ts";
import { plural } from "../../ground/text/plural.ts";
import { someNames } from "../../ground/text/some-names.ts";

export interface WarningText {
  readonly code: ReviewWarning["code"];
  readonly step: string | undefined;
  /** One sentence about a setting, a user, a group or an expectation. */
  readonly sentence: string;
}

/** Each sentence once, with the first step after which it is so. */
export function warningTexts(warnings: readonly ReviewWarning[]): readonly WarningText[] {
  const texts = new Map<string, WarningText>();
  for (const warning of warnings) {
    const sentence = warningSentence(warning);
    if (!texts.has(sentence)) texts.set(sentence, { code: warning.code, step: warning.step, sentence });
  }
  return [...texts.values()];
}

function warningSentence(warning: ReviewFinding): string {
  switch (warning.code) {
    case "settings":
      return warning.sentence;
    case "no-account":
      return `${warning.user} cannot get an account: ${warning.reason.replace(/\.$/, "")}.`;
    case "no-team":
      return unmadeTeamSentence(warning.group);
    case "no-members":
    case "sso-only-members":
      return emptyTeamSentence(warning);
    case "nested-groups":
      return nestedGroupsSentence(warning);
    case "outside-responsibility":
      return outsideSentence(warning);
    case "not-kept":
      return `the local Astro does not keep ${warning.attribute}, which is mapped for ${plural(warning.users, "user")}: it is sent, dropped and not compared.`;
    case "contradiction":
      return contradictionSentence(warning.unmet);
  }
}

function outsideSentence({
  kind,
  name,
  exclusion,
}: Extract<ReviewFinding, { readonly code: "outside-responsibility" }>): string {
  const { reason, remedy } = exclusionInWords(exclusion);
  return `the directory provisions the ${kind === "user" ? "user" : "Team"} ${name}, which ${reason}: repairs would not change it; ${remedy}.`;
}

function emptyTeamSentence({
  code,
  team,
  members,
}: Extract<ReviewFinding, { readonly code: "no-members" | "sso-only-members" }>): string {
  if (code === "sso-only-members") {
    const were = members === 1 ? "was" : "were";
    return `no member is pushed to the Team ${team}: ${plural(members, "member")} of its group ${were} assigned before Provisioning was switched on; use Provision User first.`;
  }
  const none =
    members === 1
      ? "its only member has no active account"
      : `none of its ${plural(members, "member")} has an active account`;
  return `the Team ${team} is empty: ${none}.`;
}

/** Of the group that becomes no Team; undefined where none does. */
function unmadeTeamSentence(unmade: UnmadeTeam | undefined): string {
  if (unmade === undefined) return "no group becomes a Team at the start.";
  const { name, provided, why } = unmade;
  const because = {
    "no-security-group": "it is not a security group",
    "left-out-by-settings": "the app's settings exclude it",
  }[why];
  return `the group ${name} is ${provided}, but does not become a Team: ${because}.`;
}

/** Microsoft: How provisioning works. */
export function nestedGroupsSentence({ group, within, lost, lostWithoutAccount }: NestedGroups): string {
  const what =
    lost.length === 0
      ? "users who are only in those are not provisioned"
      : `${plural(lost.length, "user")} only there and not in the Team (${fewNames(lost)})${
          lostWithoutAccount === 0 ? "" : `; ${plural(lostWithoutAccount, "user")} without an account`
        }`;
  return `Entra ID does not read the nested groups of ${group} (${within.join(", ")}): ${what}.`;
}

/** As many as a sentence about something else bears. */
function fewNames(names: readonly string[]): string {
  return `${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}`;
}

function contradictionSentence(unmet: UnmetState): string {
  const { kind, name, what, expected, got } = unmet;
  if (what === "members") return membersSentence(unmet);
  const thing = kind === "user" ? `account of ${name}` : `Team ${name}`;
  if (what === "exists") {
    return expected === true
      ? `expects the ${thing}, but the directory does not provision it.`
      : `expects no ${thing}, but the directory provisions it.`;
  }
  if (what === "active") {
    const [wanted, is] = [expected, got].map((active) => (active === true ? "active" : "not active"));
    return `expects the ${thing} to be ${wanted}, but according to the directory it is ${is}.`;
  }
  return `expects ${what} ${shown(expected)} for ${name}, but according to the directory it is ${shown(got)}.`;
}

/** Only whom they differ in: a Team can have thousands. */
function membersSentence({ name, expected, got, hint }: UnmetState): string {
  const [wanted, held] = [namesIn(expected), namesIn(got)];
  const others = [
    ...membersText(
      "with",
      wanted.filter((one) => !held.includes(one)),
    ),
    ...membersText(
      "without",
      held.filter((one) => !wanted.includes(one)),
    ),
  ];
  return `expects the Team ${name} ${others.join(" and ")}, which contradicts the directory.${hint === undefined ? "" : ` ${hint}`}`;
}

function membersText(word: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${word} ${someNames(names, 5)}`];
}

function namesIn(value: UnmetState["got"]): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function shown(value: UnmetState["got"]): string {
  return value === null ? "unset" : JSON.stringify(value);
}
