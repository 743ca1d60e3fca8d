/** Members of Teams that the list of users does not show: each is read by its id before it counts as unknown. */

import { AppError, type AppErrorCode } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import type { Send } from "../../../wire/exchange.ts";
import type { HeldUser, TeamAsRead, UnseenMember } from "../../held.ts";
import { readUser, type ReadingOne } from "./read-one.ts";

/** More than this means that the server's member ids are not the ids of its users. */
const mostAskedFor = 200;

/** These end the reading; anything else keeps the member where it is. */
const fatal: ReadonlySet<AppErrorCode> = new Set(["interrupted", "unreachable", "unauthorized", "refused"]);

/**
 * The members that are groups, hidden accounts, or cannot be asked for, by id. One that the server says it does not have
 * (404) is left out: its membership points nowhere.
 * @throws AppError unreachable, unauthorized, interrupted.
 */
export async function readUnlistedMembers(
  send: Send,
  { users, teams }: { readonly users: readonly HeldUser[]; readonly teams: readonly TeamAsRead[] },
  reading: ReadingOne & { readonly concurrency: number },
): Promise<ReadonlyMap<string, UnseenMember>> {
  const listed = new Set(users.map(({ scimId }) => scimId));
  const groups = new Set(teams.flatMap(({ scimId, nestedGroupIds }) => [scimId, ...nestedGroupIds]));
  const strangers = new Set(
    teams.flatMap(({ memberIds, nestedGroupIds }) =>
      [...memberIds].filter((id) => !listed.has(id) && !nestedGroupIds.has(id)),
    ),
  );
  const unseen = new Map<string, UnseenMember>();
  const toAsk: string[] = [];
  for (const scimId of strangers) {
    if (groups.has(scimId)) unseen.set(scimId, { scimId, is: "group" });
    else if (toAsk.length < mostAskedFor) toAsk.push(scimId);
    else unseen.set(scimId, { scimId, is: "unreadable" });
  }
  await forEachBounded(toAsk, reading.concurrency, async (scimId) => {
    const member = await askFor(send, scimId, reading);
    if (member !== undefined) unseen.set(scimId, member);
  });
  return unseen;
}

async function askFor(send: Send, scimId: string, reading: ReadingOne): Promise<UnseenMember | undefined> {
  try {
    const user = await readUser(send, scimId, { ...reading, paths: [] });
    if (user === undefined) return undefined;
    const { key, emails, primaryEmail, active } = user;
    return { scimId, is: "hidden", account: { key, emails, primaryEmail, active } };
  } catch (error) {
    if (!(error instanceof AppError) || fatal.has(error.code)) throw error;
    return { scimId, is: "unreadable" };
  }
}
