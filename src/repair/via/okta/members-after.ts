/** Who is in a Team after a push: who comes, who falls out, who stays. */

import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import type { OperationMember } from "../../../drift/plan/operations/operation.ts";
import type { TeamFacts, TeamWanted } from "./team-wanted.ts";

export interface MembersAfter {
  readonly added: readonly OperationMember[];
  readonly removed: readonly OperationMember[];
  readonly stayingIds: readonly string[];
  /** SCIM ids of members who would fall out and are not in the plan. */
  readonly lost: readonly string[];
  /** How many of them the directory wants out as well, and nobody has asked for. */
  readonly notAsked: number;
  readonly leftOut: readonly LeftOut[];
}

/** Who is in the Team after a push, as Okta sends it: by its links, and by those that the plan makes before. */
export function membersAfter(team: TeamWanted, facts: TeamFacts, sent: ReadonlySet<string>): MembersAfter {
  const { drift, accountOperations, linkedBefore, unlinked } = facts;
  const ids = [...(team.held?.memberIds ?? [])];
  const planned = new Map((team.removes?.members ?? []).map((member) => [member.scimId ?? "", member]));
  const leaving = ids.flatMap((id) => unlinked.get(id) ?? []);
  const falling = ids.filter((id) => !unlinked.has(id) && !sent.has(id) && !linkedBefore.has(id));
  const notPlanned = falling.filter((id) => !planned.has(id));
  const wantedOut = new Set(
    drift.changes.flatMap((change) =>
      change.kind === "team-members-differ" && change.held.scimId === team.held?.scimId
        ? change.leftOver.map(({ scimId }) => scimId)
        : [],
    ),
  );
  const inactive = notPlanned.flatMap((id) => facts.inactive.get(id) ?? []);
  const inactiveIds = new Set(inactive.map(({ scimId }) => scimId));
  const lost = notPlanned.filter((id) => !wantedOut.has(id) && !inactiveIds.has(id));
  const { added, leftOut } = addedAfter(team, accountOperations, new Set([...sent, ...linkedBefore]));
  const fallingIds = new Set(falling);
  return {
    added,
    // Inactive members have no access, and fall out all the same.
    removed: [
      ...[...planned.values()].filter(({ scimId }) => fallingIds.has(scimId ?? "")),
      ...inactive,
      ...leaving,
    ],
    stayingIds: ids.filter((id) => !fallingIds.has(id) && !unlinked.has(id)),
    lost,
    notAsked: notPlanned.length - lost.length - inactive.length,
    leftOut,
  };
}

/** Whom the plan gives no account after all cannot come. */
function addedAfter(
  { adds, name }: TeamWanted,
  accountOperations: TeamFacts["accountOperations"],
  linked: ReadonlySet<string>,
): Pick<MembersAfter, "added" | "leftOut"> {
  const added: OperationMember[] = [];
  const leftOut: LeftOut[] = [];
  for (const member of adds?.members ?? []) {
    const { after, userName, scimId } = member;
    const now = after !== null && accountOperations.has(after) ? accountOperations.get(after) : after;
    if (after === null && scimId !== null && !linked.has(scimId)) {
      const reason = `is not added to the Team ${name}: Okta is not linked to the account, so a push would not send it`;
      leftOut.push({ code: "provider-link", kind: "user", name: userName, reason });
    } else if (after === null || typeof now === "string") added.push({ ...member, after: now ?? null });
    else {
      const reason = `gets no account here, so cannot be added to the Team ${name}`;
      leftOut.push({ code: "member-without-account", kind: "user", name: userName, reason });
    }
  }
  return { added, leftOut };
}
