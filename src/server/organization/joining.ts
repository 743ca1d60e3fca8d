/** Who may join a Team. */

import type { MemberDelta } from "./member-edits.ts";
import type { Standing } from "../store/rows.ts";
import type { Refusal } from "./outcome.ts";
import type { OrganizationRules } from "./rules.ts";

/** The delta with those who do join, or why it is refused as a whole; `candidates` are those who are to join. */
export function admit(
  delta: MemberDelta,
  rules: OrganizationRules,
  candidates: readonly { readonly value: string; readonly standing: Standing }[],
): { readonly kind: "joining"; readonly delta: MemberDelta } | Refusal {
  if (delta.added.size === 0) return { kind: "joining", delta };
  const added = new Set<string>();
  for (const { value, standing } of candidates) {
    const verdict = verdictOn(standing, rules);
    if (verdict === "add") added.add(value);
    else if (verdict !== "ignore") return { kind: verdict, value };
  }
  return { kind: "joining", delta: { cleared: delta.cleared, removed: delta.removed, added } };
}

type Verdict = "add" | "ignore" | "unknown-member" | "nested-group" | "inactive-member";

function verdictOn(standing: Standing, rules: OrganizationRules): Verdict {
  switch (standing) {
    case "active-user":
      return "add";
    case "inactive-user":
      return rules.inactiveMember === "refuse" ? "inactive-member" : rules.inactiveMember;
    case "team":
      return "nested-group";
    case "nobody":
      return rules.unknownMember === "refuse" ? "unknown-member" : "ignore";
  }
}
