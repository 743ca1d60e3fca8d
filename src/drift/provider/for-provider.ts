/** Differences that the provider has to end: our repair would create an account or a Team to which it has no link. */

import type { Change } from "../compare/change.ts";
import type { Drift } from "../compare/diff.ts";

/** True for a difference that a command of ours may be recommended for. */
export function isNotForProvider({ provider }: Pick<Drift, "provider">): (change: Change) => boolean {
  const reported = new Set((provider?.findings ?? []).flatMap(({ shownWith }) => shownWith ?? []));
  return (change) => !change.kind.endsWith("-missing") || !reported.has(change);
}
