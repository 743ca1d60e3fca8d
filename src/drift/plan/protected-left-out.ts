/** Which differences a plan leaves alone because of what they are about: protected accounts, Teams and memberships. */

import { foldCase } from "../../ground/fold-case.ts";
import { subjectOf, type Change, type Member, type TeamMembersDiffer } from "../compare/change.ts";
import type { Drift } from "../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";
import type { PlanCommand } from "./plan.ts";
import { isNamed, namesOf, selects, type Selection } from "./selection.ts";

/** Those that the command would have ended; what was asked for by its name is explained by its name. */
export function protectedLeftOut(
  command: PlanCommand,
  { protectedSkipped, protection }: Drift,
  selection: Selection,
): readonly LeftOut[] {
  const isProtectedTeam = ({ team, held }: TeamMembersDiffer): boolean =>
    protection.teamIds.has(held.scimId) || protection.keys.has(team.key);
  const found = protectedSkipped
    .filter((change) => isFor[command](change) && selects(selection, change))
    .flatMap((change) =>
      change.kind === "team-members-differ" && !isProtectedTeam(change)
        ? membersOf(change)
        : [subjectLeftOut(change)],
    )
    .filter((one) => !isNamedIn(selection, one));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

const isLeftOver = ({ kind }: Change): boolean => kind === "user-left-over" || kind === "team-left-over";

const isFor: Readonly<Record<PlanCommand, (change: Change) => boolean>> = {
  delete: isLeftOver,
  resync: (change) => !isLeftOver(change),
  "push-group": (change) => !isLeftOver(change) && subjectOf(change).kind === "team",
  cleanup: () => false,
};

function subjectLeftOut(change: Change): LeftOut {
  const { kind, name } = subjectOf(change);
  return { code: "protected-apart", kind, name, reason: "is protected: no repair touches it" };
}

function membersOf(change: TeamMembersDiffer): readonly LeftOut[] {
  const { name } = subjectOf(change);
  const about = ({ userName }: Member, verb: string): LeftOut => {
    const reason = `is protected, so is not ${verb} the Team ${name}`;
    return { code: "protected-apart", kind: "user", name: userName, reason };
  };
  return [
    ...change.missing.map((member) => about(member, "put into")),
    ...change.leftOver.map((member) => about(member, "taken out of")),
  ];
}

function isNamedIn(selection: Selection, { kind, name }: LeftOut): boolean {
  const names = namesOf(kind === "user" ? selection.users : selection.teams);
  return isNamed(names, { key: foldCase(name), scimId: undefined });
}
