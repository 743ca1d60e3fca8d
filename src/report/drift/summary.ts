/** A drift in a sentence: whether both sides are the same, what is listed separately, and what was not compared. */

import { isUserChange } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { areAllSsoOnly } from "../../drift/compare/users/sso-only.ts";
import { providedGroup } from "../../drift/compare/teams/group-terms.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { findingRule } from "../../drift/provider/finding-kinds.ts";
import { unmappableBeside } from "../../drift/provider/unmappable-beside.ts";
import { printable } from "../../ground/text/printable.ts";
import { findingsApart } from "./provider/provider-apart.ts";
import { attributesNotCompared } from "./not-compared.ts";

/** `7 differences (…)`, what was found equal, or what is unknown; problems that the provider reports beside that. */
export function driftSummary(drift: Drift): string {
  const { changes, status } = drift;
  const size = sizeOf(drift);
  const rest = endOfSentence(drift);
  const found = [...(changes.length === 0 ? [] : [differencesIn(drift)]), ...problemsIn(drift)];
  if (status === "unknown") {
    const unknown = ["It is unknown whether Astro matches the directory", ...found];
    return `${unknown.join("; ")}; the directory provisions ${size}${rest}`;
  }
  if (changes.length > 0) return `${found.join(" and ")}; the directory provisions ${size}${rest}`;
  const matches =
    found.length === 0 ? "Astro matches the directory" : "apart from that, Astro matches the directory";
  return `${[...found, matches].join("; ")}: ${size}${rest}`;
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

/** `2 problems in Okta (1 about users, 1 about the app)`. */
function problemsIn({ provider }: Drift): readonly string[] {
  const counted = provider?.problems ?? [];
  if (provider === undefined || counted.length === 0) return [];
  const about = { user: "about users", group: "about groups", app: "about the app" } as const;
  const parts = (["user", "group", "app"] as const).flatMap((kind) => {
    const count = counted.filter(({ finding }) => findingRule(finding.kind).about === kind).length;
    return count === 0 ? [] : [`${formatCount(count)} ${about[kind]}`];
  });
  return [`${plural(counted.length, "problem")} in ${printable(provider.name)} (${parts.join(", ")})`];
}

function sizeOf({ compared }: Drift): string {
  return `${plural(compared.expectedUsers, "active user")} and ${plural(compared.expectedTeams, "Team")}`;
}

function endOfSentence(drift: Drift): string {
  const apart = listedApart(drift);
  const attributes = [
    ...(drift.noTeams === undefined ? [] : [`Teams, because ${drift.noTeams}`]),
    ...attributesNotCompared(drift.notCompared),
  ];
  const { status, expected, cannotTell, apisDisagree, iam, provider } = drift;
  const unknown = [
    ...(cannotTell.length === 0 ? [] : [`the members of ${plural(cannotTell.length, "Team")}`]),
    ...(provider?.isMappingUnknown === true
      ? ["every account, because the mapping of userName or active cannot be evaluated"]
      : []),
    ...(status === "unknown" && areAllSsoOnly(expected)
      ? ["every account, because all users were assigned before Provisioning was switched on"]
      : []),
    ...(iam.kind === "unreadable" ? ["what only the IAM API shows"] : []),
    ...(apisDisagree.length === 0
      ? []
      : [`whether ${plural(apisDisagree.length, "user")} can sign in (SCIM and the IAM API disagree)`]),
  ];
  return [
    ...(unknown.length === 0 ? [""] : [`; unknown: ${nameList(unknown)}`]),
    ...(apart.length === 0 ? [] : [`; listed separately: ${nameList(apart)}`]),
    ...(attributes.length === 0 ? [] : [`; not compared: ${nameList(attributes)}`]),
    ...assumedIn(drift),
    ".",
  ].join("");
}

/** `; 2 settings are assumed, because Entra ID does not show them`. */
function assumedIn({ provider }: Drift): readonly string[] {
  if (provider === undefined || provider.assumed.length === 0) return [];
  const { length } = provider.assumed;
  const [are, them] = length === 1 ? ["is", "it"] : ["are", "them"];
  const why = provider.isLive ? `${printable(provider.name)} does not show` : "the files do not show";
  return [`; ${plural(length, "setting")} ${are} assumed, because ${why} ${them}`];
}

/** What is shown and not counted, one part for each list. */
function listedApart(drift: Drift): readonly string[] {
  const { unexplainedTeams, protectedSkipped, groupTerms, ssoOnly, outside } = drift;
  const part = (count: number, one: string, many: string): readonly string[] =>
    count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : many}`];
  return [
    ...part(
      drift.noTeams === undefined ? unexplainedTeams.length : 0,
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
    ...findingsApart(drift),
    ...part(outside.users.length, "account outside responsibleFor", "accounts outside responsibleFor"),
    ...part(outside.teams.length, "Team outside responsibleFor", "Teams outside responsibleFor"),
    ...part(protectedSkipped.length, "protected difference", "protected differences"),
    ...part(
      unmappableBeside(drift).length,
      "user who cannot have an account",
      "users who cannot have an account",
    ),
  ];
}
