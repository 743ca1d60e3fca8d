/** Who is in the Teams of a server whose answers do not say it by themselves. */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import { isSuccess, type Send } from "../../../wire/exchange.ts";
import type { TeamAsRead } from "../../held.ts";
import { withUsualNames } from "../attribute-names.ts";
import { isTextId } from "../id.ts";
import type { Asked } from "../judge.ts";
import { isNestedGroup, memberId, memberSchema } from "../member.ts";
import { getTeamWithMembers } from "../request.ts";
import { completeTeam, resourceId, teamFrom } from "../resource.ts";

/** A Team whose members were looked for everywhere. */
export interface RevealedTeam extends TeamAsRead {
  /** The server shows nowhere who is in its Teams. */
  readonly areMembersUnknown?: true;
}

/** What the users' `groups` say: ids of the users in each group. */
export type MembersByGroup = ReadonlyMap<string, ReadonlySet<string>>;

export interface Revealing {
  readonly send: Send;
  readonly concurrency: number;
  readonly asked: Asked;
  /** How many users say that they are in a group, by its id. */
  readonly usersByGroup: ReadonlyMap<string, number>;
  /** Reads the `groups` of all users; undefined where no user shows any. */
  readonly groupsOfUsers: () => Promise<MembersByGroup | undefined>;
}

/**
 * A server that shows one member of one Team leaves out what is empty, and no more. Where no Team shows anybody, the server may
 * show members on request only (Keycloak), nowhere but in the users' `groups`, or not at all (AWS IAM Identity
 * Center: GetGroup, "Not supported"): what shows them first tells. Otherwise a Team that shows an empty list is empty, and so are the
 * others of a server that shows one; where no Team says anything of members, or the users say otherwise, nobody can tell.
 * A single Team that shows fewer members than there are users who say that they are in it is judged in the same way.
 */
export async function revealMembers(
  teams: readonly TeamAsRead[],
  revealing: Revealing,
): Promise<readonly RevealedTeam[]> {
  if (teams.length === 0) return teams;
  if (teams.some(({ memberIds }) => memberIds.size > 0)) return await heldAgainstUsers(teams, revealing);
  const requested = await onRequest(teams, revealing);
  if (requested.some(({ memberIds }) => memberIds.size > 0))
    return await heldAgainstUsers(requested, revealing);
  const byGroup = await revealing.groupsOfUsers();
  const isAnyInTeam = requested.some(({ scimId }) => byGroup?.has(scimId) === true);
  const isAnyShown = requested.some(({ showsMembers }) => showsMembers);
  if (isAnyInTeam && !isAnyShown) {
    return requested.map((team) => ({ ...team, memberIds: byGroup?.get(team.scimId) ?? new Set() }));
  }
  // Teams that say that they are empty, and users who say that they are in them: one of the two is wrong.
  const isKnown = isAnyShown && !isAnyInTeam;
  return isKnown ? requested : requested.map((team) => ({ ...team, areMembersUnknown: true }));
}

/** Where groups are nested, the `groups` of users may have those that they are in through another one. */
async function heldAgainstUsers(
  teams: readonly TeamAsRead[],
  { usersByGroup, groupsOfUsers }: Revealing,
): Promise<readonly RevealedTeam[]> {
  const isNested = teams.some(({ nestedGroupIds }) => nestedGroupIds.size > 0);
  const showsTooFew = ({ scimId, memberIds }: TeamAsRead): boolean =>
    (usersByGroup.get(scimId) ?? 0) > memberIds.size;
  if (isNested || !teams.some(showsTooFew)) return teams;
  const byGroup = await groupsOfUsers();
  return teams.map((team) => {
    if (!showsTooFew(team)) return team;
    if (team.showsMembers) return { ...team, areMembersUnknown: true };
    return { ...team, memberIds: byGroup?.get(team.scimId) ?? new Set() };
  });
}

/** Each Team that says nothing of members, asked for them by name (RFC 7644 §3.9); what is not an answer says nothing either. */
async function onRequest(
  teams: readonly TeamAsRead[],
  { send, concurrency, asked }: Revealing,
): Promise<readonly TeamAsRead[]> {
  const shown = new Map<string, TeamAsRead>();
  const silent = teams.filter(({ showsMembers }) => !showsMembers);
  await forEachBounded(silent, concurrency, async (team) => {
    const answer = await askForMembers(send, team.scimId, asked);
    if (answer !== undefined) shown.set(team.scimId, answer);
  });
  return teams.map((team) => shown.get(team.scimId) ?? team);
}

/** The Team with the members that it shows on request; undefined where it shows none, not even an empty list. */
export async function askForMembers(
  send: Send,
  scimId: string,
  asked: Asked,
): Promise<TeamAsRead | undefined> {
  const answer = await send(getTeamWithMembers(scimId));
  if (!isSuccess(answer) || !isJsonObject(answer.json) || answer.json["displayName"] === undefined)
    return undefined;
  const team = completeTeam(teamFrom(answer.json, asked));
  return team.scimId === scimId && team.showsMembers ? team : undefined;
}

/** Collects the `groups` of users page by page. */
export function groupCollector(asked: Asked): {
  take(user: JsonObject): void;
  result(): MembersByGroup | undefined;
} {
  const byGroup = new Map<string, Set<string>>();
  return {
    take: (user) => {
      const scimId = resourceId(user, asked);
      for (const group of groupIdsIn(user, asked) ?? []) {
        const members = byGroup.get(group);
        if (members === undefined) byGroup.set(group, new Set([scimId]));
        else members.add(scimId);
      }
    },
    result: () => (byGroup.size === 0 ? undefined : byGroup),
  };
}

/** Ids of the groups that a user is in directly (RFC 7643 §4.1.2); undefined where the answer says nothing of groups. */
export function groupIdsIn(user: JsonObject, asked: Asked): ReadonlySet<string> | undefined {
  const groups = groupsOf(user);
  if (groups === undefined) return undefined;
  const plain = plainIds(groups);
  if (plain !== undefined) return plain;
  const ids = (isJsonArray(groups) ? groups : [groups]).flatMap((group) => {
    const usual = isJsonObject(group) ? withUsualNames(group) : undefined;
    const read = memberSchema.safeParse(usual);
    if (!read.success || (read.data.type ?? "").trim().toLowerCase() === "indirect") return [];
    const { value, $ref } = read.data;
    if (value === undefined && ($ref === undefined || !isNestedGroup(read.data))) return [];
    return [memberId(read.data, asked)];
  });
  return new Set(ids);
}

/** The same for groups as RFC 7643 has them, which cost less: undefined where one has another form. */
function plainIds(groups: JsonValue): ReadonlySet<string> | undefined {
  if (!isJsonArray(groups)) return undefined;
  const ids = new Set<string>();
  for (const group of groups) {
    if (!isJsonObject(group)) return undefined;
    const { value, type = "direct" } = group;
    if (!isTextId(value) || (type !== "direct" && type !== "indirect")) return undefined;
    if (type === "direct") ids.add(value);
  }
  return ids;
}

function groupsOf(user: JsonObject): JsonValue | undefined {
  const { length } = "groups";
  for (const name of Object.keys(user)) {
    if (name.length === length && name.toLowerCase() === "groups") return user[name];
  }
  return undefined;
}
