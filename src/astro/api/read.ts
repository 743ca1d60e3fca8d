/** What Astro, or any SCIM server, holds: all users and all Teams, read over SCIM. */

import { forEachBounded } from "../../for-each-bounded.ts";
import type { JsonValue } from "../../json.ts";
import type { Send, WireRequest } from "../../wire/exchange.ts";
import type { HeldState, HeldTeam, HeldUser, TeamAsRead } from "../held.ts";
import { documentedAttributePaths, parseMappedPath, type MappedPath } from "../mapped-path.ts";
import type { StateKey } from "../state.ts";
import { expectJson, type Asked } from "./judge.ts";
import { readAll } from "./read-all.ts";
import { getRequest, type Endpoint } from "./request.ts";
import { completeTeam, teamFrom, userFrom, type ListedTeam } from "./resource.ts";

export interface ReadOptions {
  /** SCIM base URL, for messages. */
  readonly target: string;
  /** Paths of the mapped attributes to read; those that Astro documents unless told otherwise. */
  readonly attributePaths?: readonly string[];
  /** Teams read at a time where the list leaves their members out. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Told after each page how many were read, of how many where the server says. */
  readonly onPage?: (endpoint: Endpoint, read: number, total: number | undefined) => void;
}

const defaultConcurrency = 4;

/**
 * Reads all users, the inactive ones included, and all Teams with their members.
 * @throws AppError unreachable, unauthorized, not-scim, source-incomplete, interrupted.
 */
export async function readAstroState(send: Send, options: ReadOptions): Promise<HeldState> {
  const { target, signal, onPage } = options;
  const list = { target, signal, onPage };
  const paths = (options.attributePaths ?? documentedAttributePaths).map(parseMappedPath);
  const users = (await readAll(send, { ...list, endpoint: "/Users" })).map((resource) =>
    userFrom(resource, paths, { target, request: "GET /Users" }),
  );
  const listed = (await readAll(send, { ...list, endpoint: "/Groups" })).map((resource) =>
    teamFrom(resource, { target, request: "GET /Groups" }),
  );
  const teams = await withMembers(send, listed, options);
  return stateOf(users, teams);
}

/**
 * One user; undefined where there is none with that id.
 * @throws AppError as `readAstroState`.
 */
export async function readUser(
  send: Send,
  scimId: string,
  options: { readonly target: string; readonly paths: readonly MappedPath[] },
): Promise<HeldUser | undefined> {
  const { target, paths } = options;
  const request = getRequest("/Users", scimId);
  const body = await readOne(send, request, target);
  return body === undefined ? undefined : userFrom(body, paths, askedFor(request, target));
}

/**
 * One Team with its members; undefined where there is none with that id.
 * @throws AppError as `readAstroState`.
 */
export async function readTeam(
  send: Send,
  scimId: string,
  options: { readonly target: string },
): Promise<TeamAsRead | undefined> {
  const { target } = options;
  const request = getRequest("/Groups", scimId);
  const body = await readOne(send, request, target);
  return body === undefined ? undefined : completeTeam(teamFrom(body, askedFor(request, target)));
}

async function readOne(send: Send, request: WireRequest, target: string): Promise<JsonValue | undefined> {
  const answer = await send(request);
  if (answer.kind === "response" && answer.status === 404) return undefined;
  return expectJson(answer, askedFor(request, target));
}

function askedFor({ method, path }: WireRequest, target: string): Asked {
  return { target, request: `${method} ${path}` };
}

/**
 * A list may leave members out (RFC 7643 §7: `returned` by request), and a Team without any has nothing to show;
 * so whoever shows none is asked for alone. A Team that is gone by then is no part of the state.
 */
async function withMembers(
  send: Send,
  listed: readonly ListedTeam[],
  options: ReadOptions,
): Promise<readonly TeamAsRead[]> {
  const read = new Map<string, TeamAsRead>();
  const silent = listed.filter((team) => team.memberIds === undefined);
  await forEachBounded(silent, options.concurrency ?? defaultConcurrency, async ({ scimId }) => {
    const team = await readTeam(send, scimId, options);
    if (team !== undefined) read.set(scimId, team);
  });
  return listed.flatMap((team) => {
    if (team.memberIds !== undefined) return [completeTeam(team)];
    return read.get(team.scimId) ?? [];
  });
}

function stateOf(users: readonly HeldUser[], teamsAsRead: readonly TeamAsRead[]): HeldState {
  const keyOfUser = new Map(users.map((user) => [user.scimId, user.key]));
  const teams = teamsAsRead.map((team) => resolveMembers(team, keyOfUser));
  // Of two accounts with one name the active one is the account; of two Teams the one listed first.
  const activeFirst = [...users].sort((a, b) => Number(b.active) - Number(a.active));
  const [userOf, namesakeUsers] = keyed(activeFirst);
  const [teamOf, namesakeTeams] = keyed(teams);
  return { users: userOf, teams: teamOf, namesakeUsers, namesakeTeams };
}

function resolveMembers(team: TeamAsRead, keyOfUser: ReadonlyMap<string, StateKey>): HeldTeam {
  const { memberIds, ...rest } = team;
  const members = new Set<StateKey>();
  const unknownMembers: string[] = [];
  for (const id of memberIds) {
    const key = keyOfUser.get(id);
    if (key === undefined) unknownMembers.push(id);
    else members.add(key);
  }
  return { ...rest, members, unknownMembers };
}

function keyed<Item extends { readonly key: StateKey }>(
  items: readonly Item[],
): [Map<StateKey, Item>, Item[]] {
  const first = new Map<StateKey, Item>();
  const others: Item[] = [];
  for (const item of items) {
    if (first.has(item.key)) others.push(item);
    else first.set(item.key, item);
  }
  return [first, others];
}
