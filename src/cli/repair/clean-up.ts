/** `--cleanup`: what a run created is deleted again, by a plan under the rules of every repair; what is left is said. */

import { readAstroState } from "../../astro/api/read.ts";
import { heldIds, type HeldIds } from "../../astro/held.ts";
import type { Reader } from "../../astro/writer.ts";
import { diff, type Drift } from "../../drift/compare/diff.ts";
import { guardPlan } from "../../drift/safety/guard.ts";
import { nameList } from "../../ground/name-list.ts";
import { planCleanup } from "../../drift/plan/plan-cleanup.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { AppError } from "../../ground/errors.ts";
import { refusalText } from "../../report/repair/refusal-text.ts";
import type { Send } from "../../wire/exchange.ts";
import type { Connected } from "../connected.ts";
import { carryOutOn, readerOf } from "./carry-out.ts";
import { noteCreated } from "./created-resources.ts";

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
 * @throws AppError whatever keeps the server from being read
 */
export async function prepareCleanup(connected: Connected, wanted: boolean): Promise<Cleanup> {
  const { connection, signal } = connected;
  if (!wanted) return { send: connection.sendOnce, finish: async () => {} };
  const read = { target: connection.baseUrl, textIdsOnly: true };
  const before = heldIds(await readAstroState(connection.send, { ...read, signal }));
  const created = noteCreated(connection.sendOnce);
  return {
    send: created.send,
    finish: async (after) => {
      const sum = created.ids();
      refuseInterrupted(connected, sum);
      const drift = after ?? diff(nobody, await readAstroState(connection.send, { ...read, signal }));
      const plan = planCleanup(drift, { created: sum, asked: created.askedNames() }, before);
      await deleteCreated(connected, { plan, drift, created: sum });
    },
  };
}

/** Only ids are asked of the drift that is measured for a clean-up alone. */
const nobody = { users: new Map(), teams: new Map(), unmappable: [] };

async function deleteCreated(
  connected: Connected,
  { plan, drift, created }: { readonly plan: Plan; readonly drift: Drift; readonly created: HeldIds },
): Promise<void> {
  const { connection, settings, output, signal } = connected;
  const [refusal] = guardPlan(plan, {
    target: { host: connection.host, readOnly: settings.readOnly },
    budget: { allowEmpty: [] },
    rolesUnknown: false,
  });
  if (refusal !== undefined)
    throw new AppError("refused", `Nothing was cleaned up: ${refusalText(refusal).reason}.`);
  const outcomes = await carryOutOn(connected, { plan, drift });
  const left = outcomes.filter(({ status }) => status !== "done");
  const removed = outcomes.length - left.length;
  output.say(`Cleaned up: ${removed} users and Teams that this run created are deleted.`);
  const complaints = [
    ...left.map(({ operation, reason }) => `${operation.subject.name} (${reason ?? "not confirmed"})`),
    ...plan.leftOut.map(({ name, reason }) => `${name} (${reason})`),
    ...(await hiddenFrom(drift, created, readerOf(connected, drift))),
  ];
  if (complaints.length === 0) return;
  if (signal.aborted)
    throw interrupted(
      left.length,
      left.map(({ operation }) => operation.subject.name),
    );
  throw new AppError("failed", `${complaints.length} could not be deleted: ${nameList(complaints)}.`, {
    hint,
  });
}

/** What the run created, the server still has, and its lists leave out: nothing that is not listed is deleted. */
async function hiddenFrom({ held }: Drift, created: HeldIds, reader: Reader): Promise<readonly string[]> {
  const listed = heldIds(held);
  const hidden: string[] = [];
  for (const id of created.users) {
    const user = listed.users.has(id) ? undefined : await reader.readUser(id);
    if (user !== undefined) hidden.push(`${user.userName} (the list of users leaves it out)`);
  }
  for (const id of created.teams) {
    const team = listed.teams.has(id) ? undefined : await reader.readTeam(id);
    if (team !== undefined) hidden.push(`${team.displayName} (the list of groups leaves it out)`);
  }
  return hidden;
}

const hint = "Delete them by hand, or with astro-scim delete.";

function refuseInterrupted({ signal }: Connected, { users, teams }: HeldIds): void {
  if (signal.aborted) throw interrupted(users.size + teams.size, [...users, ...teams]);
}

function interrupted(count: number, names: readonly string[]): AppError {
  if (count === 0)
    return new AppError("interrupted", "Interrupted; no answer says that this run had created anything.");
  const who = `${count} users and Teams that this run created`;
  return new AppError("interrupted", `Interrupted before ${who} were deleted: ${nameList(names)}.`, { hint });
}
