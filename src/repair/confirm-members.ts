/** Whether the id of each member is that of the right account: the list alone is not trusted. */

import type { Reader } from "../astro/writer.ts";
import type { OperationMember } from "../drift/plan/operations/operation.ts";
import { forEachBounded } from "../ground/for-each-bounded.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { Run } from "./run.ts";

/** Accounts asked for at a time. */
const atOnce = 4;

/**
 * Asks for each account by its id, once a run. Returns why the members cannot be written, as a clause; undefined where
 * each is the account that the plan names.
 * @throws AppError where the server cannot be read.
 */
export async function memberProblem(
  members: readonly OperationMember[],
  { executor, ledger, ...run }: Run,
): Promise<string | undefined> {
  const reasons: string[] = [];
  await forEachBounded(members, atOnce, async (member) => {
    const { scimId } = member;
    // What this run has made was read back when it was made.
    if (scimId === null || reasons.length > 0 || ledger.isConfirmedMember(scimId)) return;
    const reason = await accountProblem({ ...member, scimId }, executor.look, run);
    if (reason === undefined) ledger.confirmMember(scimId);
    else reasons.push(reason);
  });
  return reasons[0];
}

async function accountProblem(
  { key, userName, scimId }: OperationMember & { readonly scimId: string },
  reader: Reader,
  { protectedKeys, responsibility }: Pick<Run, "protectedKeys" | "responsibility">,
): Promise<string | undefined> {
  const account = await reader.readUser(scimId);
  if (account === undefined) return `${userName} cannot be found by its id`;
  // Under its old name, or under the new one that this run has given it.
  if (account.key !== foldCase(userName) && account.key !== key) {
    return `the id of ${userName} belongs to ${account.userName}`;
  }
  const names = [account.key, ...account.emails];
  if (names.some((name) => protectedKeys.has(name))) {
    return `${userName} is protected, as reading it by its id shows`;
  }
  return responsibility.excludesAccount(account) === undefined
    ? undefined
    : `${userName} is outside responsibleFor, as reading it by its id shows`;
}
