/** Who may join a Team. */

import type { MemberDelta } from "./member-edits.ts";
import type { Standing } from "../store/rows.ts";
import type { LeftOut, Refusal } from "./outcome.ts";
import type { OrganizationRules } from "./rules.ts";

export const nobodyLeftOut: LeftOut = { unknown: [], inactive: [] };

export interface Joining {
  readonly kind: "joining";
  readonly delta: MemberDelta;
  readonly leftOut: LeftOut;
}

/** The delta with those who do join, or why it is refused as a whole; `candidates` are those who are to join. */
export function admit(
  delta: MemberDelta,
  rules: OrganizationRules,
  candidates: readonly { readonly value: string; readonly standing: Standing }[],
): Joining | Refusal {
  if (delta.added.size === 0) return { kind: "joining", delta, leftOut: nobodyLeftOut };
  const added = new Set<string>();
  const leftOut: { unknown: string[]; inactive: string[] } = { unknown: [], inactive: [] };
  for (const { value, standing } of candidates) {
    const verdict = verdictOn(standing, rules);
    if (verdict === "add") added.add(value);
    else if (verdict === "ignore") leftOut[standing === "nobody" ? "unknown" : "inactive"].push(value);
    else return { kind: verdict, value };
  }
  const { cleared, removed } = delta;
  return { kind: "joining", delta: { cleared, removed, added }, leftOut };
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
      return verdictsOnUnknown[rules.unknownMember];
  }
}

const verdictsOnUnknown: Readonly<Record<OrganizationRules["unknownMember"], Verdict>> = {
  refuse: "unknown-member",
  ignore: "ignore",
  report: "ignore",
  keep: "add",
};
