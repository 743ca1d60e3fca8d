/** Going on with a plan that another process began: what it may have written is read back, and not repeated. */

import type { Operation } from "../drift/plan/operations/operation.ts";
import { AppError } from "../ground/errors.ts";
import type { JsonObject } from "../ground/json.ts";
import { resolveMembers } from "./carry-out.ts";
import { confirm, type Confirmation } from "./confirm.ts";
import { asClause, endOf, type Outcome } from "./outcome.ts";
import { findNamesake, type Resource } from "./resource.ts";
import type { Run } from "./run.ts";

/** What is known of the earlier process. */
export interface Resumed {
  readonly outcomes: readonly Outcome[];
  /**
   * By the id of an operation that was begun and has no outcome: its resource as it was read right before the write;
   * undefined for what was yet to be made.
   */
  readonly begun: ReadonlyMap<string, Resource | undefined>;
  /** By the id of one of these that goes through a provider: how the provider had it right before. */
  readonly atProvider?: ReadonlyMap<string, JsonObject>;
}

/**
 * The outcome of an operation that was begun; undefined where it was not carried out, or in part: then it can be carried out
 * like any other, which looks whether its resource has changed. `stopped` where that cannot be found out now.
 */
export async function settleBegun(
  operation: Operation,
  before: Resource | undefined,
  run: Run,
): Promise<Outcome | undefined> {
  try {
    return before === undefined ? await settleNew(operation, run) : await settle(operation, before, run);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = `${asClause(error.message)}; it may or may not have been written`;
    return { ...endOf(operation)("unknown", reason), errorCode: error.code, stopped: true };
  }
}

/** Its name was free right before it was to be made. */
async function settleNew(operation: Operation, run: Run): Promise<Outcome | undefined> {
  const { executor, ledger } = run;
  const found = await findNamesake(executor.look, operation);
  if (found === undefined) return undefined;
  const { scimId } = found.seen;
  // What was there before the plan was made has the name now.
  if (!ledger.claim(operation.subject, scimId)) return undefined;
  const options = { ...run, scimId, before: undefined, memberIds: [], isAccepted: true, iam: executor.iam };
  const confirmation = await confirm(operation, executor.look, options);
  if (confirmation.holds) return done(operation, confirmation, run);
  return endOf(operation, scimId)(
    "not-confirmed",
    "one with that name exists now, and is not as it would have been made",
  );
}

async function settle(operation: Operation, before: Resource, run: Run): Promise<Outcome | undefined> {
  const { executor, ledger } = run;
  const { scimIds: memberIds } = resolveMembers(operation, ledger);
  const { scimId } = before.seen;
  const options = { ...run, scimId, before, memberIds, isAccepted: false, iam: executor.iam };
  const confirmation = await confirm(operation, executor.look, options);
  if (confirmation.holds) return done(operation, confirmation, run);
  if (confirmation.cannotTell === true) {
    return endOf(operation, scimId)("unknown", "the server does not show who is in its Teams");
  }
  if (confirmation.sideEffect === undefined)
    noteMembers(operation, confirmation.resource, { before, memberIds, run });
  return undefined;
}

/** Of several requests some were carried out: the rest is still to be written, if nobody else changed the Team. */
function noteMembers(
  operation: Operation,
  now: Resource | undefined,
  {
    before,
    memberIds,
    run,
  }: { readonly before: Resource; readonly memberIds: readonly string[]; readonly run: Run },
): void {
  if (now?.kind !== "team" || before.kind !== "team") return;
  const isRemoval = operation.kind === "remove-members";
  const written = memberIds.filter((id) => now.seen.memberIds.has(id) !== isRemoval);
  const expected = new Set(before.seen.memberIds);
  for (const id of written) {
    if (isRemoval) expected.delete(id);
    else expected.add(id);
  }
  const isOurs =
    now.seen.key === before.seen.key &&
    now.seen.memberIds.size === expected.size &&
    [...expected].every((id) => now.seen.memberIds.has(id));
  if (!isOurs || written.length === 0) return;
  run.ledger.noteWritten(operation.id, written);
  run.ledger.note(now);
}

function done(operation: Operation, { resource }: Confirmation, { ledger }: Run): Outcome {
  if (resource !== undefined) ledger.note(resource);
  const scimId = resource?.seen.scimId ?? operation.subject.scimId ?? undefined;
  return {
    ...endOf(operation, scimId)("done"),
    ...(resource === undefined ? {} : { fingerprint: resource.seen.fingerprint }),
  };
}
