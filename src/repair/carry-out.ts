/** One operation from its dependencies to its confirmation: look again, write, read back. */

import type { StateKey } from "../astro/state.ts";
import type { Reader } from "../astro/writer.ts";
import type { Operation, OperationMember } from "../drift/plan/operation.ts";
import { whyNotTheirs } from "./confirm-members.ts";
import { conclude, type ConcludeOptions } from "./conclude.ts";
import { checkFreshness, type Freshness } from "./freshness.ts";
import type { Ledger, ResolvedMembers } from "./ledger.ts";
import { endOf, type Outcome, type OutcomeStatus } from "./outcome.ts";
import { perform } from "./perform.ts";
import type { Resource } from "./resource.ts";

export interface CarryOutOptions extends ConcludeOptions {
  /** For the look before a write, where that may be given up and what the writer reads back may not. */
  readonly beforehand?: Reader;
  /** Folded names and e-mail addresses that are protected, for accounts whose own answer shows more than the list. */
  readonly protectedKeys?: ReadonlySet<StateKey>;
  /** Called right before a write, with the resource as it is; the place of a journal. */
  beforeWrite?(operation: Operation, before: Resource | undefined): Promise<void>;
}

/**
 * Carries one operation out, or says why not.
 * @throws AppError where the server cannot be read before the write.
 */
export async function carryOut(operation: Operation, options: CarryOutOptions): Promise<Outcome> {
  const end = endOf(operation);
  const { ledger } = options;
  const [missing] = ledger.unmetDependencies(operation);
  if (missing !== undefined) return end("not-done", dependencyReason(missing, ledger));
  if (!("members" in operation)) return await write(operation, [], options);
  const members = ledger.resolve(operation.members);
  const memberIds = [...members.scimIds, ...operation.unknownMembers];
  if (memberIds.length === 0) return end("not-done", withoutReason(members));
  const stranger = await whyNotTheirs(operation.members, options.beforehand ?? options.writer, options);
  if (stranger !== undefined)
    return endOf(operation, operation.subject.scimId ?? undefined)("stale", stranger);
  return withAllMembers(await write(operation, memberIds, options), members);
}

async function write(
  operation: Operation,
  memberIds: readonly string[],
  options: CarryOutOptions,
): Promise<Outcome> {
  const { writer, signal } = options;
  const freshness = await checkFreshness(operation, options.beforehand ?? writer, options);
  if (freshness.kind !== "fresh") return endUnfresh(operation, freshness);
  if (signal.aborted) return endOf(operation)("not-done", "interrupted");
  const { resource } = freshness;
  await options.beforeWrite?.(operation, resource);
  // Written to is what the plan names, and nothing that an answer has.
  const planned = options.ledger.scimIdOf(operation.subject);
  const seen =
    resource === undefined || planned === undefined ? undefined : { ...resource.seen, scimId: planned };
  const answer = await perform(operation, writer, { seen, memberIds, signal });
  if (answer.kind === "created" && !options.ledger.claim(operation.subject, answer.scimId)) {
    return endOf(operation)(
      "not-confirmed",
      "the server answered with the id of something else that it holds",
    );
  }
  const scimId = answer.kind === "created" ? answer.scimId : planned;
  return await conclude(operation, answer, { ...options, scimId, before: resource, memberIds });
}

function endUnfresh(operation: Operation, freshness: Exclude<Freshness, { kind: "fresh" }>): Outcome {
  const end = endOf(operation, operation.subject.scimId ?? undefined);
  if (freshness.kind === "changed") return end("stale", freshness.reason);
  const isDeletion = operation.kind === "delete-user" || operation.kind === "delete-team";
  return isDeletion ? end("done", "it was gone already") : end("stale", "it is gone");
}

/** Members whose account was not made are missing from what is otherwise done. */
function withAllMembers(outcome: Outcome, members: ResolvedMembers): Outcome {
  if (members.without.length === 0 || outcome.status !== "done") return outcome;
  return { ...outcome, status: "partly", reason: withoutReason(members) };
}

function withoutReason({ without }: ResolvedMembers): string {
  const names = without.map((member: OperationMember) => member.userName).join(", ");
  return `without ${names}: no active account was made`;
}

const fates: Partial<Record<OutcomeStatus, string>> = {
  unknown: "of which nothing is known",
  "not-confirmed": "of which nothing is known",
  partly: "which was done in part",
};

function dependencyReason(id: string, ledger: Ledger): string {
  const outcome = ledger.outcomeOf(id);
  const fate = fates[outcome?.status ?? "not-done"] ?? "which was not done";
  return `it depends on "${outcome?.operation.summary ?? id}", ${fate}`;
}
