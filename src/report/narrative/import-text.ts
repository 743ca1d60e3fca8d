/** What an import came to, in the words of the provider's console. */

import type { ImportCandidate, ImportResult } from "../../idp/run/import-result.ts";
import { someNames } from "../../ground/text/some-names.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";

/** `5 users scanned, 1 new (ada@example.com), 3 unchanged, 1 on the Import tab (root@example.com: no match)`. */
export function importText(
  { scanned, added, updated, unchanged, removed, waiting }: ImportResult,
  noun: "user" | "group",
): string {
  const parts = [
    `${plural(scanned, noun)} scanned`,
    named(added, "new"),
    updated === 0 ? "" : `${formatCount(updated)} updated`,
    unchanged === 0 ? "" : `${formatCount(unchanged)} unchanged`,
    named(removed, "removed"),
    named(waiting.map(candidateText), "on the Import tab"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function named(names: readonly string[], what: string): string {
  return names.length === 0 ? "" : `${formatCount(names.length)} ${what} (${someNames(names, 3)})`;
}

function candidateText({ name, proposed }: ImportCandidate): string {
  return proposed === undefined ? `${name}: no match` : `${name}: ${proposed.match} match ${proposed.name}`;
}
