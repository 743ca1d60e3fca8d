/** Who may join a Team. */

import type { MemberDelta } from "./member-edits.ts";
import type { StoreRules } from "./rules.ts";
import type { StoreRefusal } from "./store.ts";

/** What the id of somebody who joins stands for. */
export type Candidate = "active-user" | "inactive-user" | "team" | "nobody";

/** The delta with those who do join, or why it is refused as a whole; `candidate` looks an id up. */
export function admit(
  delta: MemberDelta,
  rules: StoreRules,
  candidate: (id: string) => Candidate,
): { readonly kind: "joining"; readonly delta: MemberDelta } | StoreRefusal {
  if (delta.added.size === 0) return { kind: "joining", delta };
  const added = new Set<string>();
  for (const id of delta.added) {
    const verdict = verdictOn(candidate(id), rules);
    if (verdict === "add") added.add(id);
    else if (verdict !== "ignore") return { kind: verdict, value: id };
  }
  return { kind: "joining", delta: { cleared: delta.cleared, removed: delta.removed, added } };
}

type Verdict = "add" | "ignore" | "unknown-member" | "nested-group" | "inactive-member";

function verdictOn(candidate: Candidate, rules: StoreRules): Verdict {
  switch (candidate) {
    case "active-user":
      return "add";
    case "inactive-user":
      return rules.inactiveMember === "refuse" ? "inactive-member" : rules.inactiveMember;
    case "team":
      return rules.nestedGroup === "refuse" ? "nested-group" : "ignore";
    case "nobody":
      return rules.unknownMember === "refuse" ? "unknown-member" : "ignore";
  }
}
