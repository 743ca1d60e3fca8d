/** What Astro, or any SCIM server, holds: all users and all Teams, read over SCIM. */

import type { JsonObject } from "../../../ground/json.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import type { Send } from "../../../wire/exchange.ts";
import type { HeldState, TeamAsRead } from "../../held.ts";
import { documentedAttributePaths } from "../../attributes.ts";
import { parseMappedPath } from "../../mapped-path.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { assembleState } from "./assemble-state.ts";
import { incomplete } from "../judge.ts";
import { groupCollector, groupIdsIn, revealMembers } from "./hidden-members.ts";
import { readAll } from "./read-all.ts";
import { readTeam } from "./read-one.ts";
import { createReadingBudget, type ReadingBudget } from "./reading-budget.ts";
import type { Endpoint } from "../request.ts";
import { completeTeam, teamFrom, userFrom, type ListedTeam } from "../resource.ts";
import { createStillListed } from "./still-listed.ts";
import { readUnlistedMembers } from "./unlisted-members.ts";

export interface ReadOptions {
  /** SCIM base URL, for messages. */
  readonly target: string;
  /** Paths of the mapped attributes to read; default: those that Astro documents. */
  readonly attributePaths?: readonly string[];
  /** Requests under way at a time where Teams or members are asked for one by one. */
  readonly concurrency?: number;
  /** For a repair: a server whose ids are numbers is refused. */
  readonly textIdsOnly?: boolean;
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
  const { target, signal, onPage, textIdsOnly = false } = options;
  const list = { target, signal, onPage, textIdsOnly };
  const paths = (options.attributePaths ?? documentedAttributePaths).map(parseMappedPath);
  const budget = createReadingBudget(send, target);
  const askedUsers = { target, textIdsOnly, request: "GET /Users" };
  const usersByGroup = new Map<string, number>();
  const heldUser = (resource: JsonObject) => {
    for (const group of groupIdsIn(resource, askedUsers) ?? []) {
      usersByGroup.set(group, (usersByGroup.get(group) ?? 0) + 1);
    }
    return budget.hold(userFrom(resource, paths, askedUsers));
  };
  const users = await readAll(budget.send, { ...list, endpoint: "/Users" }, heldUser, scimIdOf);
  const askedGroups = { target, textIdsOnly, request: "GET /Groups" };
  const listedTeam = (resource: JsonObject) => budget.hold(teamFrom(resource, askedGroups));
  const listed = await readAll(budget.send, { ...list, endpoint: "/Groups" }, listedTeam, scimIdOf);
  const read = await withMembers(budget, listed, options);
  const teams = await revealMembers(read, {
    send: budget.send,
    concurrency: inParallel(options),
    asked: askedGroups,
    usersByGroup,
    groupsOfUsers: async () => {
      if (usersByGroup.size === 0) return undefined;
      const groups = groupCollector(askedUsers);
      await readAll(budget.send, { target, signal, textIdsOnly, endpoint: "/Users" }, (user) =>
        groups.take(user),
      );
      return groups.result();
    },
  });
  const unlisted = await readUnlistedMembers(
    budget.send,
    { users, teams },
    { ...options, concurrency: inParallel(options) },
  );
  return assembleState({ users, teams, unlisted });
}

function scimIdOf({ scimId }: { readonly scimId: string }): string {
  return scimId;
}

/**
 * A list may leave members out (RFC 7643 §7: `returned` by request), and a Team without any has nothing to show;
 * so a Team that shows none is asked for alone. One that has gone by then is not part of the state.
 * @throws AppError source-incomplete, where it has another name then.
 */
async function withMembers(
  budget: ReadingBudget,
  listed: readonly ListedTeam[],
  options: ReadOptions,
): Promise<readonly TeamAsRead[]> {
  const read = new Map<string, TeamAsRead>();
  const silent = listed.filter(showsNone);
  await forEachBounded(silent, inParallel(options), async (listedTeam) => {
    const team = await readTeam(budget.send, listedTeam.scimId, options);
    if (team === undefined) await requireUnlisted(budget.send, listedTeam, options);
    else requireSameName(listedTeam, team, options);
    if (team !== undefined) read.set(team.scimId, budget.hold(team));
  });
  return listed.flatMap((team) => {
    if (!showsNone(team)) return [completeTeam(team)];
    return read.get(team.scimId) ?? [];
  });
}

function showsNone({ memberIds }: ListedTeam): boolean {
  return memberIds === undefined || memberIds.size === 0;
}

function requireSameName(listed: ListedTeam, team: TeamAsRead, { target }: ReadOptions): void {
  if (foldCase(listed.displayName) === team.key) return;
  const asked = { target, request: "GET /Groups" };
  throw incomplete(
    asked,
    `the group ${team.scimId} has one name in the list of groups and another when it is read by its id`,
  );
}

/** @throws AppError source-incomplete, where the list still shows what cannot be found by its id */
async function requireUnlisted(
  send: Send,
  { scimId, displayName }: ListedTeam,
  options: ReadOptions,
): Promise<void> {
  const named = { endpoint: "/Groups", attribute: "displayName", name: displayName, scimId } as const;
  if (!(await createStillListed(send, options)(named))) return;
  const asked = { target: options.target, request: "GET /Groups" };
  throw incomplete(asked, `the list of groups has the group ${scimId}, which is not found by its id`);
}

function inParallel({ concurrency = defaultConcurrency }: ReadOptions): number {
  return concurrency;
}
