/** From the answer to a write to its outcome: what was written is read back before it is claimed. */

import { plural } from "../ground/text/plural.ts";
import { formatCount } from "../ground/text/quantities.ts";
import type { CreateResult, WriteResult } from "../astro/writer.ts";
import type { Operation } from "../drift/plan/operations/operation.ts";
import { AppError } from "../ground/errors.ts";
import { confirm } from "./confirm.ts";
import { asClause, endOf, type Outcome } from "./outcome.ts";
import type { Resource } from "./resource.ts";
import type { Run } from "./run.ts";

/** What was written to. */
export interface Written extends Run {
  /** Undefined where something was to be made and was not. */
  readonly scimId: string | undefined;
  /** How it was right before the write; undefined for what was made. */
  readonly before: Resource | undefined;
  /** Of an operation on members: their ids. */
  readonly memberIds: readonly string[];
}

type Answer = CreateResult | WriteResult;
/** After these the resource is there to be read. */
type Readable = Extract<Answer, { kind: "created" | "written" | "gone" | "partly" | "no-answer" }>;

/** The outcome of an operation whose write was answered so. */
export async function conclude(operation: Operation, answer: Answer, written: Written): Promise<Outcome> {
  const end = endOf(operation, written.scimId);
  switch (answer.kind) {
    case "changed":
      return end("stale", "it changed at the moment of writing");
    case "refused":
      return end("failed", answer.message);
    case "not-sent":
      return {
        ...end("failed", `${asClause(answer.message)}; nothing was written`),
        errorCode: "unreachable",
      };
    case "not-found":
      return end("failed", `${asClause(answer.message)}; nothing with that name exists`);
    case "lost":
      return { ...end("unknown", unknownReason(answer.message)), errorCode: answer.errorCode };
    case "created":
    case "written":
    case "gone":
    case "partly":
    case "no-answer":
      return compare(operation, answer, { written, back: await readBack(operation, answer, written) });
  }
}

function compare(
  operation: Operation,
  answer: Readable,
  { written, back }: { readonly written: Written; readonly back: ReadBack },
): Outcome {
  const end = endOf(operation, written.scimId);
  if (back.kind === "more-changed")
    return end("not-confirmed", `reading it back shows that ${back.sideEffect}`);
  const code = back.kind === "not-read" ? { errorCode: back.error.code } : {};
  if (answer.kind === "partly") {
    const some = `${formatCount(answer.written)} of ${plural(written.memberIds.length, "member")}`;
    return { ...end("partly", `${some}; then: ${asClause(answer.message)}`), ...code };
  }
  if (back.kind === "shown") {
    const { fingerprint } = back;
    return {
      ...end("done", answer.kind === "gone" ? "it was already gone" : undefined),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    };
  }
  if (answer.kind !== "no-answer") return { ...end("not-confirmed", notShownReason(back)), ...code };
  if (back.kind === "hidden") return end("unknown", unknownReason(answer.message));
  return back.kind === "not-read"
    ? { ...end("unknown", unknownReason(answer.message)), ...code }
    : end("failed", `${asClause(answer.message)}; ${notShownReason(back)}`);
}

type ReadBack =
  | { readonly kind: "shown"; readonly fingerprint: string | undefined }
  | { readonly kind: "not-shown" }
  /** The server does not show what would tell. */
  | { readonly kind: "hidden" }
  | { readonly kind: "more-changed"; readonly sideEffect: string }
  | { readonly kind: "not-read"; readonly error: AppError };

/** Reads the resource back and keeps how it looks now. A failure to read is not a failure to write. */
async function readBack(operation: Operation, answer: Readable, written: Written): Promise<ReadBack> {
  const { scimId, executor, ledger } = written;
  if (scimId === undefined) return { kind: "not-shown" };
  try {
    const { holds, cannotTell, sideEffect, resource } = await confirm(operation, executor.readBack, {
      ...written,
      scimId,
      isAccepted: answer.kind === "written",
      iam: executor.roles?.readBack,
    });
    // Nothing in the plan allows for it, so it is not noted: the next operation on it finds a change, and stops.
    if (sideEffect !== undefined) return { kind: "more-changed", sideEffect };
    if (resource !== undefined) ledger.note(resource);
    if (cannotTell === true) return { kind: "hidden" };
    return holds ? { kind: "shown", fingerprint: resource?.seen.fingerprint } : { kind: "not-shown" };
  } catch (error) {
    if (error instanceof AppError) return { kind: "not-read", error };
    throw error;
  }
}

function notShownReason(back: Extract<ReadBack, { kind: "not-shown" | "hidden" | "not-read" }>): string {
  if (back.kind === "hidden") return "it cannot be confirmed: the server does not show who is in its Teams";
  return back.kind === "not-shown"
    ? "reading it back does not show it"
    : `it could not be read back: ${asClause(back.error.message)}`;
}

function unknownReason(message: string): string {
  return `${asClause(message)}; it may or may not have been written`;
}
