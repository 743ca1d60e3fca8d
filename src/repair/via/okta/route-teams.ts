/** Which way each operation on a Team goes: everything about one pushed Team is one push. */

import { allTeams, type HeldTeam } from "../../../astro/held.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out.ts";
import {
  membersSummary,
  type ChangeMembers,
  type CreateTeam,
  type Operation,
  type OperationMember,
} from "../../../drift/plan/operation.ts";
import type { ProviderTeamOperation } from "../../../drift/plan/provider-operation.ts";
import { pushSummary } from "../../../drift/plan/provider-summaries.ts";
import { subjectOfTeam } from "../../../drift/plan/team-operations.ts";
import { foldCase } from "../../../ground/fold-case.ts";
import { nameList } from "../../../ground/name-list.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { pushedIds, type AppUsers, type PushedGroup } from "./facts.ts";

/** What a part of the routing makes of the plan. */
export interface Routed {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
}

export interface TeamFacts {
  readonly drift: Drift;
  readonly appUsers: AppUsers;
  /** By `foldCase` of their names. */
  readonly pushed: ReadonlyMap<string, readonly PushedGroup[]>;
  readonly api: ManagementApi;
  /** What has become of the operations that give accounts: see `RoutedUsers.replaced`. */
  readonly accountOperations: ReadonlyMap<string, string | null>;
  /** SCIM ids of the accounts to which the plan links Okta before. */
  readonly linkedBefore: ReadonlySet<string>;
  /** Accounts that Okta deactivates before, by SCIM id: it is linked to other accounts then. */
  readonly unlinked: ReadonlyMap<string, OperationMember>;
  /** Accounts that are inactive and that no rule keeps in a Team, by SCIM id. */
  readonly inactive: ReadonlyMap<string, OperationMember>;
}

/** What the plan wants of one Team. */
interface TeamWanted {
  readonly key: string;
  readonly name: string;
  readonly held: HeldTeam | undefined;
  readonly create: CreateTeam | undefined;
  readonly adds: ChangeMembers | undefined;
  readonly removes: ChangeMembers | undefined;
  /** Its push is broken, in the words of the plan. */
  readonly broken: LeftOut | undefined;
}

/** @throws AppError where Okta cannot be read */
export async function routeTeams({ operations, leftOut }: Routed, facts: TeamFacts): Promise<Routed> {
  const wanted = wantedTeams({ operations, leftOut }, facts.drift);
  const kept = operations.filter((one) => !isPushable(one)).map(others);
  const result = { operations: [...kept], leftOut: leftOut.filter((one) => !isBrokenPush(one)) };
  for (const team of wanted) {
    const routed = await routeTeam(team, facts);
    result.operations.push(...routed.operations);
    result.leftOut.push(...routed.leftOut);
  }
  return result;
}

function isPushable(operation: Operation): operation is CreateTeam | ChangeMembers {
  return (
    operation.kind === "create-team" ||
    operation.kind === "add-members" ||
    operation.kind === "remove-members"
  );
}

function isBrokenPush({ code, kind }: LeftOut): boolean {
  return code === "provider-link" && kind === "team";
}

function others(operation: Operation): Operation {
  if (operation.kind === "rename-team") return { ...operation, overScim: "Okta stays linked to the Team" };
  if (operation.kind === "delete-team") return { ...operation, overScim: "no group in Okta is pushed to it" };
  return operation;
}

function wantedTeams({ operations, leftOut }: Routed, drift: Drift): readonly TeamWanted[] {
  const held = new Map(allTeams(drift.held).map((team) => [team.scimId, team]));
  const teams = new Map<string, TeamWanted>();
  const empty = { create: undefined, adds: undefined, removes: undefined, broken: undefined };
  const note = (key: string, name: string, team: HeldTeam | undefined, part: Partial<TeamWanted>): void => {
    const known = teams.get(key) ?? { key, name, held: team, ...empty };
    teams.set(key, { ...known, ...part });
  };
  for (const operation of operations) {
    if (!isPushable(operation)) continue;
    const { subject } = operation;
    const team = held.get(subject.scimId ?? "");
    const key = directoryKey(team, drift) ?? subject.key;
    if (operation.kind === "create-team") note(key, subject.name, undefined, { create: operation });
    else
      note(
        key,
        subject.name,
        team,
        operation.kind === "add-members" ? { adds: operation } : { removes: operation },
      );
  }
  for (const one of leftOut) {
    if (!isBrokenPush(one)) continue;
    const key = foldCase(one.name);
    note(key, one.name, drift.held.teams.get(key), { broken: one });
  }
  return [...teams.values()];
}

/** The name that the directory gives to a Team which has another in Astro. */
function directoryKey(team: HeldTeam | undefined, { changes }: Drift): string | undefined {
  if (team === undefined) return undefined;
  const renamed = changes.find(
    (change) => change.kind === "team-renamed" && change.held.scimId === team.scimId,
  );
  return renamed?.kind === "team-renamed" ? renamed.team.key : undefined;
}

async function routeTeam(team: TeamWanted, facts: TeamFacts): Promise<Routed> {
  const groups = facts.pushed.get(team.key) ?? [];
  const [group] = groups;
  if (group === undefined) return overScim(team, facts, "Okta does not push the group");
  if (groups.length > 1) return overScim(team, facts, "several groups in Okta have this name");
  if (group.mapping.status === "INACTIVE") return overScim(team, facts, "its push is paused in Okta");
  const sent = await pushedIds(facts.api, group.group, facts.appUsers);
  const members = membersAfter(team, facts, sent);
  const problem = whyStopped(team, members, facts.drift);
  if (problem !== undefined) return { operations: [], leftOut: [...members.leftOut, problem] };
  if (isNothing(team, group, members)) return { operations: [], leftOut: members.leftOut };
  return members.notAsked > 0
    ? overScim(team, facts, "only a part of its members was asked for, and a push would remove others")
    : { operations: [pushOf(team, group, members)], leftOut: members.leftOut };
}

/** All that was to come is left out, and nothing else is wrong with the Team. */
function isNothing(
  { held, broken, adds }: TeamWanted,
  { mapping }: PushedGroup,
  { added, removed, leftOut, notAsked }: MembersAfter,
): boolean {
  if (held === undefined || broken !== undefined || adds === undefined || mapping.status !== "ACTIVE")
    return false;
  return added.length + removed.length + notAsked === 0 && leftOut.length > 0;
}

function pushOf(team: TeamWanted, group: PushedGroup, members: MembersAfter): ProviderTeamOperation {
  const { held, key, name, create, adds, removes } = team;
  const { added, removed, stayingIds } = members;
  const needsMapping = held === undefined || group.mapping.status !== "ACTIVE";
  const isNamed = [create, adds, removes].some((one) => one?.named === true);
  const base = {
    kind: needsMapping ? ("renew-push-mapping" as const) : ("push-group" as const),
    through: "okta" as const,
    why: whyPushed(team, group),
    subject:
      held === undefined
        ? { kind: "team" as const, key, name, scimId: null, fingerprint: null }
        : subjectOfTeam(held),
    dependsOn: [],
    displayName: group.group.profile.name,
    groupId: group.group.id,
    added,
    removed,
    stayingIds,
    ...(isNamed ? { named: true as const } : {}),
  };
  return { ...base, id: `${base.kind} ${held?.scimId ?? key}`, summary: pushSummary(base) };
}

function whyPushed({ held, broken, adds, removes }: TeamWanted, { mapping }: PushedGroup): string {
  if (held === undefined) return "the Team is missing, and Okta does not create it again by itself";
  if (mapping.status !== "ACTIVE" || broken !== undefined) return `its push mapping is in ${mapping.status}`;
  const isPutBack = adds?.members.every(({ after }) => after?.startsWith("renew-assignment ") === true);
  return isPutBack === true && removes === undefined
    ? "a member is unassigned and assigned again before"
    : "the members differ";
}

interface MembersAfter {
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
function membersAfter(team: TeamWanted, facts: TeamFacts, sent: ReadonlySet<string>): MembersAfter {
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

/** A push takes out whomever Okta does not send: not somebody who is protected, outside, unknown, or belongs there. */
function whyStopped(
  { name, held, removes }: TeamWanted,
  { lost }: MembersAfter,
  { protection, held: astro, boundary }: Drift,
): LeftOut | undefined {
  const unknown = [
    ...(removes?.unknownMembers ?? []),
    ...(held?.unseenMembers ?? []).map(({ scimId }) => scimId),
  ];
  const stop = (code: LeftOut["code"], reason: string): LeftOut => ({ code, kind: "team", name, reason });
  const named = (ids: readonly string[]): string => nameList(ids.map((id) => userNames.get(id) ?? id));
  const userNames = new Map([...astro.users.values()].map(({ scimId, userName }) => [scimId, userName]));
  const safe = lost.filter((id) => protection.userIds.has(id));
  if (safe.length > 0)
    return stop("protected", `is not pushed: protected members would fall out (${named(safe)})`);
  const outside = lost.filter((id) => boundary.userIds.has(id));
  if (outside.length > 0)
    return stop(
      "outside",
      `is not pushed: members outside responsibleFor would fall out (${named(outside)})`,
    );
  if (unknown.length > 0)
    return stop("unseen-member", `is not pushed: unknown members would fall out (${nameList(unknown)})`);
  if (lost.length === 0) return undefined;
  return stop(
    "provider-link",
    `is not pushed: Okta is not linked to members who belong there, and they would fall out (${named(lost)})`,
  );
}

/** Straight into Astro, as the plan had it; without members whose accounts come through Okta, who pushes them itself. */
function overScim(team: TeamWanted, { accountOperations }: TeamFacts, why: string): Routed {
  const { create, adds, removes, broken } = team;
  const staying = adds?.members.filter(({ after }) => after === null || !accountOperations.has(after)) ?? [];
  const left = (adds?.members ?? []).filter((member) => !staying.includes(member));
  const kept = [
    create,
    removes,
    staying.length === 0 || adds === undefined ? undefined : withMembers(adds, staying),
  ];
  return {
    operations: kept.flatMap((one) => (one === undefined ? [] : [{ ...one, overScim: why }])),
    leftOut: [
      ...(broken === undefined ? [] : [broken]),
      ...left.map(({ userName }): LeftOut => ({
        code: "member-without-account",
        kind: "user",
        name: userName,
        reason: `is added to the Team ${team.name} by Okta once its account is there; run push-group if not`,
      })),
    ],
  };
}

function withMembers(adds: ChangeMembers, members: readonly OperationMember[]): ChangeMembers {
  const change = { ...adds, members };
  return { ...change, summary: membersSummary(change) };
}
