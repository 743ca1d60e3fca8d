/** The difference of a kind that a user has, and entries as evidence. */

import type { UserChange } from "../../drift/compare/change.ts";
import type { UserFacts } from "../facts/facts.ts";
import type { LogEntry } from "../logs/log-entry.ts";
import { asEvidence, logNameOf } from "./log-search.ts";

export type ChangeOf<Kind extends UserChange["kind"]> = Extract<UserChange, { readonly kind: Kind }>;

export function changeOf<Kind extends UserChange["kind"]>(
  { changes }: UserFacts,
  kind: Kind,
): ChangeOf<Kind> | undefined {
  return changes.find((one): one is ChangeOf<Kind> => one.kind === kind);
}

/** Of those that are there. */
export function evidenceOf({ words }: UserFacts, some: readonly (LogEntry | undefined)[]): readonly string[] {
  return some.flatMap((entry) =>
    entry === undefined ? [] : [asEvidence(entry, logNameOf(entry, words.name))],
  );
}
