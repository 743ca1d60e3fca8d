/** A drift in sections: what differs by user and Team, and what is listed separately. */

import { isUserChange, type Change } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { providedGroup } from "../../drift/compare/teams/group-terms.ts";
import { unmappableBeside } from "../../drift/provider/unmappable-beside.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { plural } from "../../ground/text/plural.ts";
import { countedRows } from "../layout/counted.ts";
import { rowLines, type Row } from "../layout/rows.ts";
import { section } from "../layout/section.ts";
import type { Style } from "../style.ts";
import { changeRows } from "./change-rows.ts";
import { apisDisagreeLines, iamSections, overIamLines } from "./iam/iam-text.ts";
import { leftAsFoundLines, leftAsFoundTitle } from "./left-as-found-lines.ts";
import { cannotTellLines, notComparedLines } from "./not-compared.ts";
import { rolesAtStake } from "./roles-at-stake.ts";
import { outsideLines, provisionedLines, suggestionLines } from "./outside-text.ts";
import { findingsInRows } from "./provider/provider-rows.ts";
import {
  assumedSection,
  findingSections,
  outsideFindingSection,
  protectedFindingRows,
  provisioningSection,
} from "./provider/provider-sections.ts";
import { ssoOnlyLines, ssoOnlyTitle } from "./sso-only-lines.ts";

/**
 * None where nothing differs and nothing is listed.
 * @param words what the provider's console calls its findings
 */
export function sections(drift: Drift, words: ProviderWords["findings"], style: Style): readonly string[] {
  const { changes, groupTerms: terms } = drift;
  const roles = rolesAtStake(drift.held);
  const findings = findingsInRows(drift, words, style);
  const rowsOf = (some: readonly Change[], isProtected = false): readonly Row[] =>
    changeRows(some, { terms, roles, isProtected, all: style.all === true, findings });
  const linesOf = (some: readonly Change[]): readonly string[] => rowLines(rowsOf(some), style);
  const [mender] = drift.selfMendingLinks;
  return [
    ...overIamLines(drift, style),
    ...provisioningSection(drift, words, style),
    ...section("Users", linesOf(changes.filter(isUserChange)), style),
    ...section("Teams", linesOf(changes.filter((change) => !isUserChange(change))), style),
    ...findingSections(drift, words, style),
    ...section(
      drift.noTeams === undefined
        ? `Teams not linked to ${providedGroup(terms)} (ignored: may be managed by hand)`
        : `Teams not compared: ${drift.noTeams}`,
      unexplainedLines(drift, style),
      style,
    ),
    ...iamSections(drift, style),
    ...section("Unknown: SCIM and the IAM API disagree", apisDisagreeLines(drift, style), style),
    ...section("Unknown", cannotTellLines(drift.cannotTell, style), style),
    ...section("Not compared", notComparedLines(drift, style), style),
    ...assumedSection(drift, style),
    ...section(ssoOnlyTitle, ssoOnlyLines(drift.ssoOnly, style), style),
    ...section(leftAsFoundTitle, leftAsFoundLines(drift.leftAsFound, style), style),
    ...section(
      `Links that ${mender?.provider ?? "the provider"} repairs when it next works on the user or the group (not counted)`,
      linesOf(drift.selfMendingLinks),
      style,
    ),
    ...section(
      "Protected: they differ from the directory, and are never changed (not counted)",
      rowLines(
        [...rowsOf(drift.protectedSkipped, true), ...protectedFindingRows(drift, words, style)],
        style,
      ),
      style,
    ),
    ...section("Outside responsibleFor (not compared, never changed)", outsideLines(drift, style), style),
    ...outsideFindingSection(drift, words, style),
    ...section(
      "Provisioned, but outside responsibleFor (compared, never changed)",
      provisionedLines(drift, style),
      style,
    ),
    ...section("Users in the directory who cannot have an account", unmappableLines(drift, style), style),
    ...suggestionLines(drift, style),
  ];
}

/** What nobody may have to do anything about. */
function unexplainedLines({ unexplainedTeams }: Drift, style: Style): readonly string[] {
  const rows = countedRows(
    unexplainedTeams,
    {
      sign: "?",
      noun: "Team",
      nameOf: ({ displayName }) => displayName,
      textOf: ({ members }) => plural(members.size, "member"),
      kindOf: () => "",
    },
    style,
  );
  return rowLines(rows, style);
}

function unmappableLines(drift: Drift, style: Style): readonly string[] {
  const rows = countedRows(
    unmappableBeside(drift),
    {
      sign: "!",
      noun: "user",
      nameOf: ({ user }) => user,
      textOf: ({ reason }) => reason,
      // `has the same userName as ada: ada@example.com` is about one user.
      kindOf: ({ reason }) => reason.replace(/^(has the same userName as) .*$/s, "$1 another user"),
    },
    style,
  );
  return rowLines(rows, style);
}
