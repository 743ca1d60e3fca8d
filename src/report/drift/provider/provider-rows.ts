/** Findings of a live provider in the rows of the differences that have the same cause: each is said once. */

import type { Change } from "../../../drift/compare/change.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { JudgedFinding } from "../../../drift/provider/judge-findings.ts";
import type { ProviderWords } from "../../../idp/provider-words.ts";
import { printable } from "../../../ground/text/printable.ts";
import { frequencies } from "../../layout/counted.ts";
import type { RowDetail } from "../../layout/rows.ts";
import type { Style } from "../../style.ts";
import { findingBesideDifference } from "./provider-finding-text.ts";

export interface FindingsInRows {
  /** What the provider says of the user or Team of a row. */
  readonly detailsOf: (changes: readonly Change[]) => readonly RowDetail[];
  /** The same for many in one row: how many of each kind. */
  readonly countedOf: (changes: readonly Change[]) => readonly RowDetail[];
}

export function findingsInRows(
  { provider }: Pick<Drift, "provider">,
  words: ProviderWords["findings"],
  { all = false }: Pick<Style, "all">,
): FindingsInRows {
  if (provider === undefined) return { detailsOf: () => [], countedOf: () => [] };
  const byChange = new Map<Change, JudgedFinding[]>();
  for (const judged of provider.findings) {
    const { shownWith } = judged;
    if (shownWith === undefined) continue;
    const others = byChange.get(shownWith);
    if (others === undefined) byChange.set(shownWith, [judged]);
    else others.push(judged);
  }
  const label = printable(provider.name);
  const findingsOf = (changes: readonly Change[]): readonly JudgedFinding[] =>
    changes.flatMap((change) => byChange.get(change) ?? []);
  return {
    detailsOf: (changes) =>
      findingsOf(changes).map((judged) => {
        const text = findingBesideDifference(judged, { provider: provider.name, all });
        const { what } = words[judged.finding.kind];
        return { label, text: printable(text === "" ? what : `${what}: ${text}`) };
      }),
    countedOf: (changes) => {
      const kinds = findingsOf(changes).map(({ finding }) => words[finding.kind].what);
      return kinds.length === 0 ? [] : [{ label, text: frequencies(kinds) }];
    },
  };
}
