/** Who of the directory is to have no active account, and why: each in exactly one class. */

import type { ExpectedState, StateKey } from "./state.ts";

export interface NotProvisioned {
  /** Everybody in the directory, the provisioned ones included. */
  readonly directoryUsers: number;
  /** The most frequent first; their sum and the provisioned users are all of the directory. */
  readonly classes: readonly { readonly reason: string; readonly users: number }[];
}

/**
 * Of what a responsibility leaves out, no account is expected either (`outside`, by key).
 * @returns undefined where the expected state does not say who is left out of it
 */
export function countNotProvisioned(
  { users, notProvisioned }: ExpectedState,
  outside: ReadonlyMap<StateKey, unknown> = new Map(),
): NotProvisioned | undefined {
  if (notProvisioned === undefined) return undefined;
  const active = [...users.values()].filter(({ presence }) => presence === "active");
  const reasons = [
    ...notProvisioned.values(),
    ...active.filter(({ key }) => outside.has(key)).map(() => "outside responsibleFor"),
  ];
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return {
    directoryUsers: active.length + notProvisioned.size,
    classes: [...counts]
      .map(([reason, count]) => ({ reason, users: count }))
      .toSorted((a, b) => b.users - a.users || (a.reason < b.reason ? -1 : 1)),
  };
}
