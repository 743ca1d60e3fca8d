/** A cause: a row of a table, with what proves it. Causes compete: one that explains another takes its place. */

/** How sure a story is of a cause. */
export type Sureness = "certain" | "likely";

export const causeIds = [
  "token-expired",
  "quarantine",
  "not-running",
  "wrong-flag",
  "toggle-off",
  "removed-in-astro",
  "removed-by-astro-scim",
  "account-gone",
  "renamed",
  "two-accounts",
  "not-provisioned",
  "not-in-sync",
  "escrow",
  "skipped",
  "deactivation-failed",
  "leaver-without-link",
  "nested-group",
  "guest",
  "no-mail",
  "unmappable",
  "scoping-filter",
  "suspended",
  "staged",
  "assigned-before-provisioning",
  "invite-pending",
  "banned",
  "waits-for-cycle",
  "owner-removed-team",
  "team-roles-lost",
  "mapping-error",
  "mapping-inactive",
  "member-removed-in-astro",
  "member-added-in-astro",
  "member-changed-by-astro-scim",
  "membership-before-user",
] as const;

export type CauseId = (typeof causeIds)[number];

export interface Repair {
  /** What an administrator does, in the imperative. */
  readonly how: string;
  /** A command of astro-scim that does it, or that shows what is to be done: `resync USER`. */
  readonly command?: { readonly words: readonly string[]; readonly does: "repair" | "delete" | "show" };
}

export interface Found {
  readonly sure: Sureness;
  /** Why it is as sure as that: a clause. */
  readonly because: string;
  /** The cause in one sentence. */
  readonly sentence: string;
  /** What proves it, each a clause with its source. */
  readonly evidence: readonly string[];
  readonly repair: Repair;
}

export interface NamedCause extends Found {
  readonly id: CauseId;
}

export interface Cause<Facts> {
  readonly id: CauseId;
  /** Undefined where nothing speaks for it. */
  readonly find: (facts: Facts) => Found | undefined;
  /** Causes that this one explains: they are not named beside it. */
  readonly explains?: readonly CauseId[];
}

/** The causes that fit, without those that another one explains; in the order of the table. */
export function causesOf<Facts>(table: readonly Cause<Facts>[], facts: Facts): readonly NamedCause[] {
  const found = table.flatMap(({ id, find, explains = [] }) => {
    const one = find(facts);
    return one === undefined ? [] : [{ named: { id, ...one }, explains }];
  });
  const explained = new Set(found.flatMap(({ explains }) => explains));
  return found.flatMap(({ named }) => (explained.has(named.id) ? [] : [named]));
}
