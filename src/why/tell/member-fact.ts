/** What the two sides say of a member, before anybody asks why. */

import type { MemberFacts } from "../facts/facts.ts";

/** A clause. */
export function memberFact({ side, member, team, user }: MemberFacts): string {
  if (side === "missing") {
    if (member.account === "missing") return "in the group, and without an account in Astro";
    if (member.account === "inactive") return "in the group, and the account in Astro is not active";
    return "in the group, and not in the Team";
  }
  if (user.user === undefined) return "in the Team, and not in the directory";
  const isInGroup = team.group?.members.has(user.user.key) === true;
  if (!isInGroup) return "in the Team, and not in the group";
  return `in the Team and in the group, and should have no account (${user.notProvisioned ?? "not assigned to the app"})`;
}
