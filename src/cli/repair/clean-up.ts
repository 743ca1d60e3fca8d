/** `--cleanup`: what a run created is deleted again, by a plan like every repair. */

import { formatCount } from "../../ground/text/quantities.ts";
import { readAstroState } from "../../astro/api/reading/read.ts";
import { heldIds, type HeldIds } from "../../astro/held.ts";
import { diff, type Drift } from "../../drift/compare/diff.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { planCleanup } from "../../drift/plan/plan-cleanup.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { AppError } from "../../ground/errors.ts";
import { refusalText } from "../../report/repair/refusal-text.ts";
import { targetName } from "../../target/resolve-target.ts";
import type { Send } from "../../wire/exchange.ts";
import type { Connected } from "../connected.ts";
import type { JournalFlags } from "../flags/options.ts";
import { readerOf, refusalsOf } from "./carry-out.ts";
import { noteCreated } from "./created-resources.ts";
import { carryOutJournalled, requireJournal } from "./journalled.ts";

/** What says whether there is one. */
export interface CleanupFlags extends JournalFlags {
  readonly cleanup?: boolean;
}

export interface Cleanup {
  /** Sends as the run does. */
  readonly send: Send;
  /**
   * Deletes what the run created; `after` is the drift that was measured at its end, where it was: what has changed since
   * then stays.
   * @throws AppError failed, where something could not be deleted; interrupted, where Ctrl-C came before
   */
  finish(after?: Drift): Promise<void>;
}

/**
 * Notes what the server holds before the run, and then what the run creates; without `wanted` neither.
 * @throws AppError whatever keeps the server from being read; refused, where the deletions could not be journalled
 */
export async function prepareCleanup(connected: Connected, flags: CleanupFlags): Promise<Cleanup> {
  const { connection, signal } = connected;
  if (flags.cleanup !== true) return { send: connection.sendOnce, finish: async () => {} };
  await requireJournal(connected, flags);
  const readState = () =>
    readAstroState(connection.send, { target: connection.baseUrl, textIdsOnly: true, signal });
  const before = heldIds(await readState());
  const run = noteCreated(connection.sendOnce);
  return {
    send: run.send,
    finish: async (after) => {
      const created = run.ids();
      if (signal.aborted) throw interrupted([...created.users, ...created.teams]);
      const target = targetName(connection.target);
      const drift = after ?? diff(nobody, await readState(), { target });
      const plan = planCleanup(drift, { before, created, asked: run.askedNames() });
      await deleteCreated(connected, flags, { plan, created });
    },
  };
}

/** Only ids are asked of the drift that is measured for a clean-up alone. */
const nobody = { users: new Map(), teams: new Map(), unmappable: [] };

async function deleteCreated(
  connected: Connected,
  flags: CleanupFlags,
  { plan, created }: { readonly plan: Plan; readonly created: HeldIds },
): Promise<void> {
  const { output, signal } = connected;
  const [refusal] = refusalsOf(connected, plan);
  if (refusal !== undefined)
    throw new AppError("refused", `Nothing was cleaned up: ${refusalText(refusal).reason}.`);
  const outcomes =
    plan.operations.length === 0
      ? []
      : await carryOutJournalled(connected, plan, { run: { command: "cleanup", asked: [], flags } });
  const left = outcomes.filter(({ status }) => status !== "done");
  const removed = outcomes.length - left.length;
  output.say(`Cleaned up: ${createdByRun(removed)} deleted.`);
  const complaints = [
    ...left.map(({ operation, reason }) => `${operation.subject.name} (${reason ?? "not confirmed"})`),
    ...plan.leftOut.map(({ name, reason }) => `${name} (${reason})`),
    ...(await hiddenFrom(connected, plan, created)),
  ];
  if (complaints.length === 0) return;
  if (signal.aborted) throw interrupted(left.map(({ operation }) => operation.subject.name));
  throw new AppError(
    "failed",
    `${formatCount(complaints.length)} could not be deleted: ${nameList(complaints)}.`,
    {
      hint,
    },
  );
}

/** What the run created, the server still has, and its lists leave out: nothing that is not listed is deleted. */
async function hiddenFrom(connected: Connected, plan: Plan, created: HeldIds): Promise<readonly string[]> {
  const reader = readerOf(connected, plan);
  const listed = { users: new Set(plan.heldIds.users), teams: new Set(plan.heldIds.teams) };
  const hidden: string[] = [];
  for (const id of created.users) {
    const user = listed.users.has(id) ? undefined : await reader.readUser(id);
    if (user !== undefined) hidden.push(`${user.userName} (not in the list of users)`);
  }
  for (const id of created.teams) {
    const team = listed.teams.has(id) ? undefined : await reader.readTeam(id);
    if (team !== undefined) hidden.push(`${team.displayName} (not in the list of groups)`);
  }
  return hidden;
}

const hint = "Delete them manually, or with astro-scim delete.";

/** The names or ids of what stays. */
function interrupted(left: readonly string[]): AppError {
  if (left.length === 0)
    return new AppError("interrupted", "Interrupted; no answer shows that this run created anything.");
  const what = createdByRun(left.length);
  return new AppError("interrupted", `Interrupted before ${what} deleted: ${nameList(left)}.`, { hint });
}

function createdByRun(count: number): string {
  if (count === 1) return "1 user or Team that this run created was";
  return `${formatCount(count)} users and Teams that this run created were`;
}
