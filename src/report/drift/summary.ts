/** A drift in a sentence: whether both sides are the same, what is listed separately, and what was not compared. */

import { isUserChange } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { providedGroup } from "../../drift/compare/group-terms.ts";
import { nameList } from "../../ground/name-list.ts";
import { plural } from "../../ground/plural.ts";
import { formatCount } from "../../ground/quantities.ts";
import { attributesNotCompared } from "./not-compared.ts";

/** `7 differences (…)`, what was found equal, or what is unknown. */
export function driftSummary(drift: Drift): string {
  const { changes, status } = drift;
  const size = sizeOf(drift);
  const rest = endOfSentence(drift);
  if (status === "unknown") {
    const beside = changes.length === 0 ? "" : `; ${differencesIn(drift)}`;
    return `It is unknown whether Astro matches the directory${beside}; the directory provisions ${size}${rest}`;
  }
  if (changes.length === 0) return `Astro matches the directory: ${size}${rest}`;
  return `${differencesIn(drift)}; the directory provisions ${size}${rest}`;
}

/** The same for a rehearsal that failed for another reason: that nothing differs is no success of it. */
export function comparisonBesideFailure(drift: Drift): string {
  if (drift.status !== "same") return driftSummary(drift);
  return `The rehearsal failed; the comparison at its end (${sizeOf(drift)}) found no further fault${endOfSentence(drift)}`;
}

function differencesIn({ changes }: Drift): string {
  const users = changes.filter(isUserChange).length;
  const parts = [`${formatCount(users)} about users`, `${formatCount(changes.length - users)} about Teams`];
  return `${plural(changes.length, "difference")} (${parts.join(", ")})`;
}

function sizeOf({ compared }: Drift): string {
  return `${plural(compared.expectedUsers, "active user")} and ${plural(compared.expectedTeams, "Team")}`;
}

function endOfSentence(drift: Drift): string {
  const apart = listedApart(drift);
  const attributes = attributesNotCompared(drift.notCompared);
  const { cannotTell, apisDisagree, iam } = drift;
  const unknown = [
    ...(cannotTell.length === 0 ? [] : [`the members of ${plural(cannotTell.length, "Team")}`]),
    ...(iam.kind === "unreadable" ? ["what only the IAM API shows"] : []),
    ...(apisDisagree.length === 0
      ? []
      : [`whether ${plural(apisDisagree.length, "user")} can sign in (SCIM and the IAM API disagree)`]),
  ];
  return [
    ...(unknown.length === 0 ? [""] : [`; unknown: ${nameList(unknown)}`]),
    ...(apart.length === 0 ? [] : [`; listed separately: ${nameList(apart)}`]),
    ...(attributes.length === 0 ? [] : [`; not compared: ${nameList(attributes)}`]),
    ".",
  ].join("");
}

/** What is shown and not counted, one part for each list. */
function listedApart(drift: Drift): readonly string[] {
  const { unexplainedTeams, protectedSkipped, expected, groupTerms, ssoOnly, outside } = drift;
  const part = (count: number, one: string, many: string): readonly string[] =>
    count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : many}`];
  return [
    ...part(
      unexplainedTeams.length,
      `Team not linked to ${providedGroup(groupTerms)}`,
      `Teams not linked to ${providedGroup(groupTerms)}`,
    ),
    ...part(drift.localTeams.length, "Team created in Astro", "Teams created in Astro"),
    ...part(
      ssoOnly.length,
      "user assigned before Provisioning was switched on",
      "users assigned before Provisioning was switched on",
    ),
    ...part(
      drift.leftAsFound.length,
      "active user about whom the provider sends nothing",
      "active users about whom the provider sends nothing",
    ),
    ...part(
      drift.selfMendingLinks.length,
      "link that the provider repairs itself",
      "links that the provider repairs itself",
    ),
    ...part(outside.users.length, "account outside responsibleFor", "accounts outside responsibleFor"),
    ...part(outside.teams.length, "Team outside responsibleFor", "Teams outside responsibleFor"),
    ...part(protectedSkipped.length, "protected difference", "protected differences"),
    ...part(
      expected.unmappable.length,
      "user who cannot have an account",
      "users who cannot have an account",
    ),
  ];
}
