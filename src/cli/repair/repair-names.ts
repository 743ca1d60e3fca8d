/** Whom a repair was asked for: names, or everybody. */

import type { Selection } from "../../drift/plan/selection.ts";
import { AppError } from "../../ground/errors.ts";

/** @throws AppError usage where both `--all` and names were given: which of the two is meant cannot be known. */
export function refuseNamesWithAll(all: boolean | undefined, names: readonly string[]): void {
  if (all !== true || names.length === 0) return;
  throw new AppError("usage", "--all and names cannot be used together.", { hint: "Keep one of them." });
}

/** Users and Teams by name; all of both without a name. */
export function selectionOf(users: readonly string[], teams: readonly string[]): Selection {
  return users.length === 0 && teams.length === 0 ? { users: "all", teams: "all" } : { users, teams };
}

/** For `delete`: `--all` is every account and the provider's Teams; a Team whose management is unknown is named beside it. */
export function deletionOf(
  all: boolean | undefined,
  users: readonly string[],
  teams: readonly string[],
): Selection {
  return all === true && teams.length > 0 ? { users: "all", teams } : selectionOf(users, teams);
}

/** The words of the command line that say who is meant. */
export function wordsFor(
  all: boolean | undefined,
  names: readonly string[],
  teams: readonly string[] = [],
  reassigned: readonly string[] = [],
): readonly string[] {
  return [
    ...(all === true ? ["--all"] : []),
    ...names,
    ...teams.flatMap((team) => ["--team", team]),
    ...reassigned.flatMap((user) => ["--reassign", user]),
  ];
}
