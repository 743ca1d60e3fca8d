/** Which way each operation on a Team goes: everything about one pushed Team is one push. */

import { allTeams, type HeldTeam } from "../../../astro/held.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import {
  membersSummary,
  type ChangeMembers,
  type CreateTeam,
  type Operation,
  type OperationMember,
} from "../../../drift/plan/operations/operation.ts";
import type { ProviderTeamOperation } from "../../../drift/plan/operations/provider-operation.ts";
import { pushSummary } from "../../../drift/plan/operations/provider-summaries.ts";
import { subjectOfTeam } from "../../../drift/plan/operations/team-operations.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { membersAfter, type MembersAfter } from "./members-after.ts";
import { pushedIds, type PushedGroup } from "./facts.ts";
import type { TeamFacts, TeamWanted } from "./team-wanted.ts";

/** What a part of the routing makes of the plan. */
export interface Routed {
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
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
  { held, broken, adds, removes }: TeamWanted,
  { mapping }: PushedGroup,
  { added, removed, leftOut, notAsked }: MembersAfter,
): boolean {
  if (held === undefined || broken !== undefined || mapping.status !== "ACTIVE") return false;
  if (adds === undefined && removes === undefined) return false;
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
