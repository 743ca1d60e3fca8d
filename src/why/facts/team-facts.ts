/** Everything that is known of a Team, and of its members who are missing or should not be there. */

import { allTeams } from "../../astro/held.ts";
import type { ProviderFinding } from "../../directory/provider-finding.ts";
import {
  isTeamChange,
  resourceOf,
  subjectOf,
  type Member,
  type TeamChange,
} from "../../drift/compare/change.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isAbout, type LogEntry } from "../logs/log-entry.ts";
import { inOrder, type Logs } from "../logs/logs.ts";
import type { MemberFacts, TeamFacts } from "./facts.ts";
import { accountAlone, subjectOfUser, userOfKey } from "./find-user.ts";
import type { Sides } from "./sides.ts";
import type { TeamSubject, UserSubject } from "./subject.ts";
import { appFacts, userFacts } from "./user-facts.ts";

export function teamFacts(sides: Sides, subject: TeamSubject, logs: Logs): TeamFacts {
  const { drift, provided, teamKeys } = sides;
  const { group, held, name } = subject;
  const key = group === undefined ? undefined : teamKeys.get(group.objectId);
  const log = logOf(subject, logs, namesById(sides, logs));
  return {
    ...appFacts(sides, logs, group?.objectId),
    kind: "team",
    name,
    group,
    isProvided: key !== undefined,
    isAssigned: group !== undefined && provided.directory.assignedGroups.has(group.key),
    expected: key === undefined ? undefined : drift.expected.teams.get(key),
    held,
    findings: (provided.findings ?? []).filter((finding) => isOf(finding, group?.objectId)),
    changes: changesOf(sides, held?.scimId, key),
    areMembersHidden: drift.cannotTell.some(({ team }) => team.key === key),
    log: log.entries,
    scimIds: log.scimIds,
    namelessDeletions: log.namelessDeletions,
  };
}

/** Every member of whom the two sides say different things. */
export function memberFacts(sides: Sides, team: TeamFacts, logs: Logs): readonly MemberFacts[] {
  return differingMembers(team.changes).map(({ side, member }) => ({
    kind: "member",
    side,
    member,
    team,
    user: userFacts(sides, subjectOfMember(sides, member), logs),
  }));
}

export function differingMembers(
  changes: readonly TeamChange[],
): readonly { readonly side: "missing" | "extra"; readonly member: Member }[] {
  return changes.flatMap((change) => {
    if (change.kind === "team-missing")
      return change.members.map((member) => ({ side: "missing" as const, member }));
    if (change.kind !== "team-members-differ") return [];
    return [
      ...change.missing.map((member) => ({ side: "missing" as const, member })),
      ...change.leftOver.map((member) => ({ side: "extra" as const, member })),
    ];
  });
}

/** The user of a member. */
export function subjectOfMember(sides: Sides, { key, userName, scimId }: Member): UserSubject {
  const user = userOfKey(sides, key);
  if (user !== undefined) return subjectOfUser(sides, user);
  const account = sides.drift.held.users.get(key);
  if (account !== undefined && account.scimId === scimId) return accountAlone(sides, account);
  const link = { kind: "unknown" } as const;
  return { kind: "user", name: userName, user: undefined, outside: undefined, accounts: [], link };
}

function isOf(finding: ProviderFinding, objectId: string | undefined): boolean {
  if (!("group" in finding) || "user" in finding) return false;
  // Who gets access and which Teams there are is the administrator's choice.
  const isChoice =
    finding.kind === "group-assigned-not-pushed" || finding.kind === "group-pushed-not-assigned";
  return !isChoice && finding.group.objectId === objectId;
}

function changesOf(
  { drift }: Sides,
  scimId: string | undefined,
  key: string | undefined,
): readonly TeamChange[] {
  return drift.changes.filter(isTeamChange).filter((change) => {
    const isHeld = scimId !== undefined && resourceOf(change)?.scimId === scimId;
    return isHeld || (key !== undefined && subjectOf(change).key === key);
  });
}

/** Names of Teams by their SCIM ids, those that are gone included, as far as anything tells them. */
function namesById({ drift }: Sides, { astro, journal }: Logs): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { action, objects } of [...astro, ...journal]) {
    const [team] = objects;
    if (!action.startsWith("team-") || team?.id === undefined || team.name === undefined) continue;
    names.set(team.id, foldCase(team.name));
  }
  // What Astro has now is called what Astro says now.
  for (const { scimId, key } of allTeams(drift.held)) names.set(scimId, key);
  return names;
}

interface OwnLog extends Pick<TeamFacts, "scimIds" | "namelessDeletions"> {
  readonly entries: readonly LogEntry[];
}

function logOf({ group, held, name }: TeamSubject, logs: Logs, names: ReadonlyMap<string, string>): OwnLog {
  const fromProvider = group === undefined ? [] : (logs.provider.get(group.objectId) ?? []);
  const key = foldCase(name);
  const scimIds = new Set([
    ...(held === undefined ? [] : [held.scimId]),
    ...[...names].filter(([, own]) => own === key || own === held?.key).map(([id]) => id),
    ...fromProvider
      .filter(({ action }) => action.startsWith("team-"))
      .flatMap(({ objects }) =>
        objects.flatMap(({ id }) => (id === undefined || id === group?.objectId ? [] : [id])),
      ),
  ]);
  const isOfTeam = ({ action, objects }: LogEntry): boolean =>
    action.startsWith("team-") && objects.some((one) => foldCase(one.name ?? "") === key);
  const astro = logs.astro.filter((entry) => isAbout(entry, scimIds) || isOfTeam(entry));
  const journal = logs.journal.filter((entry) => isAbout(entry, scimIds) || isOfTeam(entry));
  const namelessDeletions = logs.astro.filter(
    ({ action, outcome, writer, objects }) =>
      action === "team-deleted" &&
      outcome === "success" &&
      writer !== "provider" &&
      !scimIds.has(objects[0]?.id ?? "") &&
      !names.has(objects[0]?.id ?? ""),
  );
  return { entries: inOrder([...fromProvider, ...astro, ...journal]), scimIds, namelessDeletions };
}
