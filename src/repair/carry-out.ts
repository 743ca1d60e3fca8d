/** One operation from its dependencies to its confirmation: look again, then write and read back. */

import {
  membersAdded,
  membersNamed,
  takesAway,
  type Operation,
  type OperationMember,
} from "../drift/plan/operations/operation.ts";
import {
  isProviderOperation,
  isProviderTeamOperation,
  type ProviderOperation,
} from "../drift/plan/operations/provider-operation.ts";
import type { JsonObject } from "../ground/json.ts";
import { memberProblem } from "./confirm-members.ts";
import { conclude } from "./conclude.ts";
import { checkFreshness, type Freshness } from "./freshness.ts";
import type { Ledger, ResolvedMembers } from "./ledger.ts";
import { endOf, type Outcome, type OutcomeStatus } from "./outcome.ts";
import type { Resource } from "./resource.ts";
import type { Run } from "./run.ts";
import { writeThroughProvider } from "./via/write.ts";

/** The result of the look right before a write. */
export type Prepared =
  /** There is nothing to write. */
  { readonly kind: "ended"; readonly outcome: Outcome } | Ready;

/** An operation that may be written now. */
export interface Ready {
  readonly kind: "ready";
  readonly operation: Operation;
  /** As it was just read; undefined where it is yet to be made. */
  readonly resource: Resource | undefined;
  readonly members: ResolvedMembers;
  /** How the provider has it right now, for an operation that goes through it. */
  readonly atProvider?: JsonObject;
}

/**
 * Looks whether an operation can be carried out, and whether what it writes to is as the plan says.
 * @throws AppError where the server cannot be read
 */
export async function prepare(operation: Operation, run: Run): Promise<Prepared> {
  const end = (status: OutcomeStatus, reason: string): Prepared => {
    return { kind: "ended", outcome: endOf(operation)(status, reason) };
  };
  const unfinished = unfinishedBefore(operation, run.ledger);
  if (unfinished !== undefined) return { kind: "ended", outcome: unfinished };
  const [missing] = run.ledger.unmetDependencies(operation);
  if (missing !== undefined) return end("not-done", dependencyReason(missing, run.ledger));
  const members = resolveMembers(operation, run.ledger);
  const problem = await memberProblem(membersNamed(operation), run);
  if (problem !== undefined) return { kind: "ended", outcome: stale(operation, problem) };
  if ("members" in operation) {
    if (members.scimIds.length === 0) return end("not-done", withoutReason(members));
  }
  const freshness = await checkFreshness(operation, run);
  if (freshness.kind !== "fresh") return { kind: "ended", outcome: endUnfresh(operation, freshness) };
  if (run.signal.aborted) {
    return { kind: "ended", outcome: { ...endOf(operation)("not-done", "interrupted"), stopped: true } };
  }
  const ready: Ready = { kind: "ready", operation, resource: freshness.resource, members };
  return isProviderOperation(operation) ? await lookAtProvider(ready, operation, run) : ready;
}

async function lookAtProvider(ready: Ready, operation: ProviderOperation, run: Run): Promise<Prepared> {
  const { provider } = run.executor;
  if (provider === undefined) {
    const reason = "it goes through the provider, which is not connected";
    return { kind: "ended", outcome: endOf(operation)("not-done", reason) };
  }
  const atProvider = await provider.look(operation);
  return typeof atProvider === "string"
    ? { kind: "ended", outcome: stale(operation, atProvider) }
    : { ...ready, atProvider };
}

/** What waits for an operation that `--resume` finishes is carried out then. */
function unfinishedBefore(operation: Operation, ledger: Ledger): Outcome | undefined {
  const needed = [...operation.dependsOn, ...membersAdded(operation).flatMap(({ after }) => after ?? [])];
  const id = needed.find((one) => ledger.outcomeOf(one)?.stopped === true);
  if (id === undefined) return undefined;
  return { ...endOf(operation)("not-done", dependencyReason(id, ledger)), stopped: true };
}

/** Writes what is ready, and reads it back. */
export async function write(
  { operation, resource, members, atProvider = {} }: Ready,
  run: Run,
): Promise<Outcome> {
  if (isProviderOperation(operation)) {
    const outcome = await writeThroughProvider(operation, { resource, atProvider, isResumed: false }, run);
    return withAllMembers(outcome, members);
  }
  const { executor, ledger, signal } = run;
  const memberIds = members.scimIds;
  // The id to write to comes from the plan, never from an answer.
  const planned = ledger.scimIdOf(operation.subject);
  const seen =
    resource === undefined || planned === undefined ? undefined : { ...resource.seen, scimId: planned };
  const answer = await executor.write(operation, { seen, memberIds, signal });
  if (answer.kind === "created" && !ledger.claim(operation.subject, answer.scimId)) {
    return endOf(operation)("not-confirmed", "the server answered with the id of another existing resource");
  }
  const scimId = answer.kind === "created" ? answer.scimId : planned;
  const outcome = await conclude(operation, answer, { ...run, scimId, before: resource, memberIds });
  return withAllMembers(outcome, members);
}

/** The ids of the members that are still to be written. */
export function resolveMembers(operation: Operation, ledger: Ledger): ResolvedMembers {
  if (isProviderTeamOperation(operation)) return ledger.resolve(operation.added);
  if (!("members" in operation)) return { scimIds: [], without: [] };
  const { scimIds, without } = ledger.resolve(operation.members);
  const all = [...scimIds, ...operation.unknownMembers];
  return { scimIds: all.filter((id) => !ledger.isWritten(operation.id, id)), without };
}

function stale(operation: Operation, reason: string): Outcome {
  return endOf(operation, operation.subject.scimId ?? undefined)("stale", reason);
}

function endUnfresh(operation: Operation, freshness: Exclude<Freshness, { kind: "fresh" }>): Outcome {
  if (freshness.kind === "changed") return stale(operation, freshness.reason);
  if (!takesAway(operation) || isProviderOperation(operation)) return stale(operation, "it is gone");
  return endOf(operation, operation.subject.scimId ?? undefined)("done", "it was already gone");
}

/** An operation that is done without some of its members is done in part. */
function withAllMembers(outcome: Outcome, members: ResolvedMembers): Outcome {
  if (members.without.length === 0 || outcome.status !== "done") return outcome;
  return { ...outcome, status: "partly", reason: withoutReason(members) };
}

function withoutReason({ without }: ResolvedMembers): string {
  const names = without.map((member: OperationMember) => member.userName).join(", ");
  return `without ${names}: no active account was created`;
}

const endings: Partial<Record<OutcomeStatus, string>> = {
  unknown: "which has an unknown outcome",
  "not-confirmed": "which has an unknown outcome",
  partly: "which was partly done",
};

function dependencyReason(id: string, ledger: Ledger): string {
  const outcome = ledger.outcomeOf(id);
  const ending = endings[outcome?.status ?? "not-done"] ?? "which was not done";
  return `it depends on "${outcome?.operation.summary ?? id}", ${ending}`;
}
