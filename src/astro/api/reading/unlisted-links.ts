/** Accounts and Teams to which the provider is linked and that no list shows: each is asked for by its id before it counts as gone. */

import { AppError, type AppErrorCode } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import type { Send } from "../../../wire/exchange.ts";
import { readTeam, readUser, type ReadingOne } from "./read-one.ts";

/** Of more than this, nearly all would have to be hidden to count: the rest counts as gone. */
const mostAskedFor = 200;

/** These end the reading; whatever else keeps an id from being read keeps the provider from working with it, too. */
const fatal: ReadonlySet<AppErrorCode> = new Set(["interrupted", "unreachable", "unauthorized", "refused"]);

interface Unlisted {
  readonly key: string;
  readonly name: string;
}

export interface UnlistedLinks {
  readonly users: ReadonlyMap<string, Unlisted>;
  readonly teams: ReadonlyMap<string, Unlisted>;
}

/**
 * What is there of these ids.
 * @throws AppError unreachable, unauthorized, interrupted, refused
 */
export async function readUnlistedLinks(
  send: Send,
  ids: { readonly users: readonly string[]; readonly teams: readonly string[] },
  reading: ReadingOne & { readonly concurrency?: number | undefined },
): Promise<UnlistedLinks> {
  const { concurrency = 4 } = reading;
  const users = new Map<string, Unlisted>();
  const teams = new Map<string, Unlisted>();
  await forEachBounded(ids.users.slice(0, mostAskedFor), concurrency, async (scimId) => {
    const user = await unlessUnreadable(readUser(send, scimId, { ...reading, paths: [] }));
    if (user !== undefined) users.set(scimId, { key: user.key, name: user.userName });
  });
  await forEachBounded(ids.teams.slice(0, mostAskedFor), concurrency, async (scimId) => {
    const team = await unlessUnreadable(readTeam(send, scimId, reading));
    if (team !== undefined) teams.set(scimId, { key: team.key, name: team.displayName });
  });
  return { users, teams };
}

async function unlessUnreadable<Resource>(reading: Promise<Resource>): Promise<Resource | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && !fatal.has(error.code)) return undefined;
    throw error;
  }
}
