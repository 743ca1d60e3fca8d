/** What an administrator does about the findings of a live provider, in its console. */

import type { Drift } from "../../../drift/compare/diff.ts";
import { findingKindNames } from "../../../drift/provider/finding-kinds.ts";
import type { ProviderWords } from "../../../idp/provider-words.ts";
import type { Advice } from "../../layout/advice.ts";

/** Once for each kind of that weight which is listed or shown in the row of a difference; not for what is protected or outside. */
export function findingAdvice(
  { provider }: Pick<Drift, "provider">,
  weight: "problem" | "information",
  words: ProviderWords["findings"],
): readonly Advice[] {
  const kinds = new Set(
    (provider?.findings ?? []).flatMap(({ finding, standing }) =>
      standing === weight ? [finding.kind] : [],
    ),
  );
  return findingKindNames.flatMap((kind): readonly Advice[] => {
    const { what, how } = words[kind];
    return kinds.has(kind) && how !== undefined ? [{ what, how }] : [];
  });
}
