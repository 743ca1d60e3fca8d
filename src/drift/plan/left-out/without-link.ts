/** Accounts that a plan gives over SCIM and that the provider does not know: nothing deactivates them when their users leave. */

import type { Drift } from "../../compare/diff.ts";
import type { Refusal } from "../../safety/guard.ts";
import type { Plan } from "../plan.ts";

/**
 * Refuses to make the next orphaned accounts, where a live provider could provision them and would not find them by itself. Of a
 * file, and of a server that this provider does not provision, nothing is known: the plan's notes say so.
 */
export function refuseWithoutLink({ operations }: Plan, { links, provider }: Drift): readonly Refusal[] {
  if (provider === undefined || links.kind !== "checked" || links.rules.findsAgain) return [];
  const { linkedIds, rules } = links;
  const names = operations.flatMap(({ kind, subject }) => {
    const isUnlinked = kind === "activate-user" && !linkedIds.has(subject.scimId ?? "");
    return kind === "create-user" || isUnlinked ? [subject.name] : [];
  });
  return names.length === 0 ? [] : [{ rule: "without-link", names, provider: rules.provider }];
}

/** The same for a plan that was saved from a live Okta, where it is applied without reading Okta again. */
export function refuseCreatedWithoutLink({ operations }: Plan, source: string): readonly Refusal[] {
  if (source !== "okta") return [];
  const names = operations.filter(({ kind }) => kind === "create-user").map(({ subject }) => subject.name);
  return names.length === 0 ? [] : [{ rule: "without-link", names, provider: "Okta" }];
}
