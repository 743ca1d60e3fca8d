/** Whose entries of the provider's log a story needs: the subject's, and those of what it is joined with. */

import type { HistoryRequest } from "../../directory/provider-history.ts";
import type { Sides } from "../../why/facts/sides.ts";
import { objectIdOf, type Subject } from "../../why/facts/subject.ts";
import { differingMembers, subjectOfMember } from "../../why/facts/team-facts.ts";
import { isTeamChange, subjectOf } from "../../drift/compare/change.ts";

/** The subject first; each once. */
export function historyRequests(sides: Sides, subject: Subject): readonly HistoryRequest[] {
  const own = request(subject.kind === "user" ? "user" : "group", objectIdOf(subject));
  const others = subject.kind === "user" ? groupsOf(sides, subject) : membersOf(sides, subject);
  return [...new Map([...own, ...others].map((one) => [one.objectId, one])).values()];
}

function request(kind: HistoryRequest["kind"], objectId: string | undefined): readonly HistoryRequest[] {
  return objectId === undefined ? [] : [{ kind, objectId }];
}

/** Groups whose Teams differ in this user. */
function groupsOf(
  { provided, drift, teamKeys, userKeys }: Sides,
  subject: Extract<Subject, { readonly kind: "user" }>,
): readonly HistoryRequest[] {
  const key = userKeys.get(subject.user?.objectId ?? "");
  const ids = new Set(subject.accounts.map(({ scimId }) => scimId));
  const teams = new Set(
    drift.changes.filter(isTeamChange).flatMap((change) => {
      const isIn = differingMembers([change]).some(
        ({ member }) => member.key === key || ids.has(member.scimId ?? ""),
      );
      return isIn ? [subjectOf(change).key] : [];
    }),
  );
  return [...provided.directory.groups.values()]
    .filter(({ objectId }) => teams.has(teamKeys.get(objectId) ?? ""))
    .flatMap(({ objectId }) => request("group", objectId));
}

/** Members of whom the two sides say different things. */
function membersOf(
  sides: Sides,
  subject: Extract<Subject, { readonly kind: "team" }>,
): readonly HistoryRequest[] {
  const key = sides.teamKeys.get(subject.group?.objectId ?? "");
  const changes = sides.drift.changes
    .filter(isTeamChange)
    .filter((change) => change.kind !== "team-missing" && subjectOf(change).key === key);
  return differingMembers(changes).flatMap(({ member }) =>
    request("user", objectIdOf(subjectOfMember(sides, member))),
  );
}
