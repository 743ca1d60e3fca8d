/** One operation from its dependencies to its confirmation: look again, write, read back. */

import type { CreateResult, WriteResult, Writer } from "../astro/writer.ts";
import type { Operation, OperationMember } from "../drift/operation.ts";
import { AppError } from "../errors.ts";
import { confirm, type Confirmation } from "./confirm.ts";
import { checkFreshness, type Freshness } from "./freshness.ts";
import type { Ledger, ResolvedMembers } from "./ledger.ts";
import type { Outcome, OutcomeStatus } from "./outcome.ts";
import { perform } from "./perform.ts";
import type { Resource } from "./resource.ts";

export interface CarryOutOptions {
  readonly writer: Writer;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Called right before a write, with the resource as it is; the place of a journal. */
  beforeWrite?(operation: Operation, before: Resource | undefined): Promise<void>;
}

/**
 * Carries one operation out, or says why not.
 * @throws AppError where the server cannot be read before the write.
 */
export async function carryOut(operation: Operation, options: CarryOutOptions): Promise<Outcome> {
  const end = endOf(operation);
  const { writer, ledger, signal } = options;
  const [missing] = ledger.unmetDependencies(operation);
  if (missing !== undefined) return end("not-done", dependencyReason(missing, ledger));
  const members = ledger.resolve("members" in operation ? operation.members : []);
  const memberIds = [...members.scimIds, ...("members" in operation ? operation.unknownMembers : [])];
  if ("members" in operation && memberIds.length === 0) return end("not-done", withoutReason(members));

  const freshness = await checkFreshness(operation, writer, ledger);
  if (freshness.kind !== "fresh") return endUnfresh(operation, freshness);
  if (signal.aborted) return end("not-done", "interrupted");
  const { resource } = freshness;
  await options.beforeWrite?.(operation, resource);
  const result = await perform(operation, writer, { seen: resource?.seen, memberIds, signal });
  const scimId = result.kind === "created" ? result.scimId : resource?.seen.scimId;
  const outcome = await conclude(operation, result, { ...options, scimId, memberIds });
  return withAllMembers(outcome, members);
}

interface Written extends CarryOutOptions {
  /** Undefined where something was to be made and was not. */
  readonly scimId: string | undefined;
  readonly memberIds: readonly string[];
}

async function conclude(
  operation: Operation,
  result: CreateResult | WriteResult,
  written: Written,
): Promise<Outcome> {
  const end = endOf(operation, written.scimId);
  switch (result.kind) {
    case "gone":
      return end("done", "it was gone already");
    case "changed":
      return end("stale", "it changed at the moment of writing");
    case "refused":
      return end("failed", result.message);
    case "created":
    case "written": {
      const back = await readBack(operation, written);
      return back.holds ? end("done") : end("not-confirmed", back.reason);
    }
    case "partly": {
      await readBack(operation, written);
      return end(
        "partly",
        `${result.written} of ${written.memberIds.length} members; then: ${result.message}`,
      );
    }
    case "no-answer": {
      const back = await readBack(operation, written);
      return back.holds ? end("done") : end("failed", `no answer (${result.message}); ${back.reason}`);
    }
  }
}

type ReadBack = { readonly holds: true } | { readonly holds: false; readonly reason: string };

/** Reads the resource back and keeps how it looks now. A failure to read is no failure to write. */
async function readBack(operation: Operation, written: Written): Promise<ReadBack> {
  const { scimId, writer, ledger } = written;
  if (scimId === undefined) return { holds: false, reason: "it cannot be found" };
  try {
    const back: Confirmation = await confirm(operation, writer, { ...written, scimId });
    if (back.resource !== undefined) ledger.note(back.resource.seen);
    return back.holds ? { holds: true } : { holds: false, reason: "reading it back does not show it" };
  } catch (error) {
    if (error instanceof AppError) {
      return { holds: false, reason: `it could not be read back: ${error.message}` };
    }
    throw error;
  }
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

function dependencyReason(id: string, ledger: Ledger): string {
  const outcome = ledger.outcomeOf(id);
  return `it depends on "${outcome?.operation.summary ?? id}", which was not done`;
}

function endOf(operation: Operation, scimId?: string): (status: OutcomeStatus, reason?: string) => Outcome {
  return (status, reason) => ({ operation, status, reason, scimId });
}
