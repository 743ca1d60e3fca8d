/** What a live provider says and is not counted, in a few words for the end of a summary. */

import type { FindingKind } from "../../../directory/provider-finding.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import { findingKindNames, findingRule } from "../../../drift/provider/finding-kinds.ts";
import { foundIn, type JudgedFinding } from "../../../drift/provider/judge-findings.ts";
import { formatCount } from "../../../ground/text/quantities.ts";

/** `3 guests`, `12 users in nested groups only`, …: people and groups, each once. */
export function findingsApart({ provider }: Pick<Drift, "provider">): readonly string[] {
  const apart = (provider?.findings ?? []).filter(({ shownWith }) => shownWith === undefined);
  const ofStanding = (standing: JudgedFinding["standing"]): readonly JudgedFinding[] =>
    apart.filter((one) => one.standing === standing);
  const information = ofStanding("information");
  return [
    ...findingKindNames
      .filter((kind) => findingRule(kind).weight === "information")
      .flatMap((kind) =>
        counted(
          information.filter(({ finding }) => finding.kind === kind),
          nouns[kind],
        ),
      ),
    ...counted(ofStanding("protected"), [
      "finding about what is protected",
      "findings about what is protected",
    ]),
    ...counted(ofStanding("outside"), [
      "finding about what is outside responsibleFor",
      "findings about what is outside responsibleFor",
    ]),
  ];
}

type Noun = readonly [one: string, many: string];

function counted(
  findings: readonly JudgedFinding[],
  [one, many]: Noun = ["finding", "findings"],
): readonly string[] {
  const subjects = new Set(
    findings.map(({ finding }) => `${finding.kind} ${foundIn(finding)?.objectId ?? ""}`),
  );
  const { size } = subjects;
  return size === 0 ? [] : [`${formatCount(size)} ${size === 1 ? one : many}`];
}

/** Of the kinds that are not counted. */
const nouns: Readonly<Partial<Record<FindingKind, Noun>>> = {
  "user-only-nested": ["user in nested groups only", "users in nested groups only"],
  "user-is-guest": ["guest", "guests"],
  "group-assigned-not-pushed": ["assigned group that is not pushed", "assigned groups that are not pushed"],
  "group-pushed-not-assigned": [
    "pushed group with members who are not assigned",
    "pushed groups with members who are not assigned",
  ],
};
