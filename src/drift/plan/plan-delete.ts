/** The plan of `delete`: orphaned accounts and Teams are deleted; nothing else is. */

import { allTeams, allUsers, type HeldTeam, type HeldUser } from "../../astro/held.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { shellWord } from "../../ground/text/shell-word.ts";
import { isUserToRemove, type TeamLeftOver, type UserToRemove } from "../compare/change.ts";
import { resolveNames } from "./left-out/ambiguous-names.ts";
import type { Drift } from "../compare/diff.ts";
import { providedGroup } from "../compare/teams/group-terms.ts";
import { disagreements } from "./left-out/disagreements.ts";
import { leftAlone } from "./explain.ts";
import type { DeleteTeam, Operation } from "./operations/operation.ts";
import type { LeftOut, LeftOutCode } from "./left-out/left-out.ts";
import { partition } from "../../ground/partition.ts";
import { buildPlan, type Plan } from "./plan.ts";
import { heldTeamsNamed, heldUsersNamed, isNamed, isSelected, namesOf, type Selection } from "./selection.ts";
import { deleteTeam } from "./operations/team-operations.ts";
import { ssoOnlyNamed } from "./left-out/sso-only.ts";
import { unknownTeam, unknownUser } from "./left-out/unknown-name.ts";
import { deleteUser } from "./operations/user-operations.ts";

/**
 * Left-over accounts, and left-over Teams that the provider is known to manage. A Team whose management is unknown
 * goes only where it is named, which all accounts and some Teams by name allow; never with `all` alone.
 */
export function planDelete(drift: Drift, asked: Selection): Plan {
  const { selection, leftOut } = resolveNames(drift, asked);
  const users = planUsers(drift, selection);
  const teams = planTeams(drift, selection);
  return buildPlan("delete", drift, {
    operations: [...users.operations, ...teams.operations],
    leftOut: [...leftOut, ...users.leftOut, ...teams.leftOut],
    selection,
  });
}

interface Part {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
}

function planUsers(drift: Drift, selection: Selection): Part {
  const selected = leftOverUsers(drift).filter(({ held }) => isSelected(selection.users, held));
  const explained = namesOf(selection.users).flatMap((name) => {
    const found = selected.filter(({ held }) => isNamed([name], held));
    if (found.length > 0 || disagreements(drift, "delete", [name]).length > 0) return [];
    return whyNotUser(drift, name);
  });
  const [certain, doubtful] = partition(
    selected,
    (change) => !isDoubtful(change) || namesOf(selection.users).includes(change.held.scimId),
  );
  const [others, asked] = partition(certain, (change) => isOtherAccount(change, selection));
  return {
    operations: asked.map((change) => deleteUser(change, teamsOf(drift, change.held))),
    leftOut: [
      ...explained,
      ...disagreements(drift, "delete", selection.users),
      ...doubtful.map(({ held }) => ambiguousUser(drift, held)),
      ...others.map(otherAccount),
    ],
  };
}

function isDoubtful(change: UserToRemove): boolean {
  return "doubt" in change && change.doubt !== undefined;
}

/** Which of two accounts a person uses is not known by their names, unless somebody names the one that is to go. */
function isOtherAccount(change: UserToRemove, { users }: Selection): boolean {
  if (change.kind !== "user-duplicate" || change.evidence === "case") return false;
  return !isNamed(namesOf(users), change.held);
}

function otherAccount({ held, reason }: UserToRemove): LeftOut {
  return {
    code: "same-person",
    kind: "user",
    name: held.userName,
    reason: `is ${reason}: it may be the one that the person uses; name it to delete it`,
  };
}

function teamsOf({ held }: Drift, { scimId }: HeldUser): readonly HeldTeam[] {
  return allTeams(held).filter(({ memberIds }) => memberIds.has(scimId));
}

function ambiguousUser(drift: Drift, { key, userName }: HeldUser): LeftOut {
  const ids = heldUsersNamed(drift, key).map(({ scimId }) => scimId);
  const reason = `is the userName of several accounts, and it is unknown which of them is the user's: give the SCIM id of the one to delete, ${ids.join(" or ")}`;
  return { code: "ambiguous-name", kind: "user", name: userName, reason };
}

function leftOverUsers({ changes }: Drift): readonly UserToRemove[] {
  return changes.filter(isUserToRemove);
}

function whyNotUser(drift: Drift, name: string): readonly LeftOut[] {
  const about = (code: LeftOutCode, reason: string): LeftOut[] => [{ code, kind: "user", name, reason }];
  const accounts = heldUsersNamed(drift, name);
  const untouched = leftAlone(drift, "user", { name, held: accounts });
  if (untouched !== undefined) return [untouched];
  if (ssoOnlyNamed(drift, name)?.account === "active")
    return about(
      "not-left-over",
      "is the account of a user who was assigned before Provisioning was switched on",
    );
  if (accounts.some((account) => account.active))
    return about("not-left-over", "should have the account according to the directory");
  if (accounts.length > 0) return about("not-left-over", "is inactive: the account cannot be used");
  return drift.expected.users.has(foldCase(name))
    ? about("nothing-to-do", "has no account")
    : [
        unknownUser(
          drift,
          name,
          leftOverUsers(drift).map(({ held }) => held.userName),
        ),
      ];
}

/** With all accounts go all Teams that the provider is known to manage. */
function planTeams(drift: Drift, selection: Selection): Part {
  const isAll = selection.users === "all" || selection.teams === "all";
  const managed = drift.changes
    .filter((change): change is TeamLeftOver => change.kind === "team-left-over")
    .filter(({ held }) => isAll || isSelected(selection.teams, held));
  const named = namesOf(selection.teams)
    .filter((name) => !managed.some(({ held }) => isNamed([name], held)))
    .map((name) => planNamedTeam(drift, name));
  const parts = [...managed.map((change) => planTeam(drift, change.held, managementOf(change))), ...named];
  const planned = new Set([...managed.map(({ held }) => held), ...named.flatMap(({ team }) => team ?? [])]);
  const apart = unexplainedTeams(drift).filter((team) => !planned.has(team));
  return {
    operations: parts.flatMap((part) => part.operations),
    leftOut: [
      ...parts.flatMap((part) => part.leftOut),
      ...(isAll ? apart.map((team) => unknownManagement(drift, team)) : []),
    ],
  };
}

/** Where the provider's state and Astro contradict each other, the Team goes only by its name. */
function managementOf({ held }: TeamLeftOver): DeleteTeam["management"] {
  return held.iam?.isIdpManaged === false ? "unknown" : "managed";
}

function planTeam(drift: Drift, held: HeldTeam, management: DeleteTeam["management"]): Part {
  const leftOut = mayLoseMembersUnseen(drift, held);
  return leftOut === undefined
    ? { operations: [deleteTeam(held, management, accountsOf(drift))], leftOut: [] }
    : { operations: [], leftOut: [leftOut] };
}

/** Where something tells who may not lose a Team, nothing is deleted that may have such a member; undefined where it can go. */
export function mayLoseMembersUnseen(
  { protection, responsibility }: Pick<Drift, "protection" | "responsibility">,
  held: HeldTeam,
): LeftOut | undefined {
  const mayNotLoseIt = [
    ...(protection.keys.size > 0 ? ["protected"] : []),
    ...(responsibility.limitsAccounts ? ["outside responsibleFor"] : []),
  ];
  if (held.areMembersUnknown !== true || mayNotLoseIt.length === 0) return undefined;
  const reason = `is not deleted: the server does not show who is in its Teams, so a member may be ${mayNotLoseIt.join(" or ")}`;
  return { code: "members-not-shown", kind: "team", name: held.displayName, reason };
}

function accountsOf({ held }: Drift): ReadonlyMap<string, HeldUser> {
  return new Map(allUsers(held).map((account) => [account.scimId, account]));
}

function unexplainedTeams(drift: Drift): readonly HeldTeam[] {
  const { keys, teamIds } = drift.protection;
  return drift.unexplainedTeams.filter(({ key, scimId }) => !keys.has(key) && !teamIds.has(scimId));
}

/** One that was named, and is not among those that the provider is known to manage. */
function planNamedTeam(drift: Drift, name: string): Part & { readonly team?: HeldTeam } {
  const teams = heldTeamsNamed(drift, name);
  if (teams.length > 1) {
    const reason = `is the name of several Teams: give one of their SCIM ids, ${teams.map((team) => team.scimId).join(", ")}`;
    return { operations: [], leftOut: [{ code: "ambiguous-name", kind: "team", name, reason }] };
  }
  const local = drift.localTeams.find((held) => isNamed([name], held));
  // What keeps it there is said in one place for all plans.
  if (local !== undefined) return { ...planTeam(drift, local, "unknown"), team: local };
  const team = unexplainedTeams(drift).find((held) => isNamed([name], held));
  if (team === undefined) return { operations: [], leftOut: [whyNotTeam(drift, name)] };
  return { ...planTeam(drift, team, "unknown"), team };
}

function whyNotTeam(drift: Drift, name: string): LeftOut {
  const about = (code: LeftOutCode, reason: string): LeftOut => ({ code, kind: "team", name, reason });
  const teams = heldTeamsNamed(drift, name);
  const untouched = leftAlone(drift, "team", { name, held: teams });
  if (untouched !== undefined) return untouched;
  if (teams.length > 0)
    return about("not-left-over", `is the Team of a group that is ${drift.groupTerms.provided}`);
  return drift.expected.teams.has(foldCase(name))
    ? about("nothing-to-do", "does not exist")
    : unknownTeam(drift, name, {
        command: "delete",
        candidates: unexplainedTeams(drift).map(({ displayName }) => displayName),
      });
}

function unknownManagement({ groupTerms }: Drift, team: HeldTeam): LeftOut {
  const reason = `not linked to ${providedGroup(groupTerms)}; to delete it, add --team ${shellWord(team.displayName)}`;
  return { code: "unknown-management", kind: "team", name: team.displayName, reason };
}
