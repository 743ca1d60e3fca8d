/** One operation through the provider: carried out there, waited for, and read back from Astro. */

import type { ProviderOperation } from "../../drift/plan/operations/provider-operation.ts";
import { AppError } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";
import { confirm } from "../confirm.ts";
import { checkFreshness } from "../freshness.ts";
import { asClause, endOf, type Outcome } from "../outcome.ts";
import { readResource, type Resource } from "../resource.ts";
import type { Run } from "../run.ts";
import type { ProviderAnswer, ProviderWays } from "./provider-ways.ts";

/** How both sides were right before it was begun. */
export interface Before {
  /** In Astro; undefined for what was yet to be made. */
  readonly resource: Resource | undefined;
  readonly atProvider: JsonObject;
  /** An earlier process began it. */
  readonly isResumed: boolean;
}

/** Carries it out and reads Astro back. A failure of the provider is an outcome, in its words. */
export async function writeThroughProvider(
  operation: ProviderOperation,
  before: Before,
  run: Run,
): Promise<Outcome> {
  const { provider } = run.executor;
  if (provider === undefined) return endOf(operation)("not-done", notConnected);
  const answer = await answerOf(provider, operation, { before, run });
  return answer.kind === "applied"
    ? readBack(operation, { before, linkedTo: answer.linkedTo }, run)
    : ended(operation, answer, run);
}

/** What cannot be looked at after something was sent leaves the operation unfinished: it may have been carried out in part. */
async function answerOf(
  provider: ProviderWays,
  operation: ProviderOperation,
  { before, run }: { readonly before: Before; readonly run: Run },
): Promise<ProviderAnswer> {
  try {
    return await provider.carryOut(operation, {
      before: before.atProvider,
      isResumed: before.isResumed,
      whyNotNow: async () => {
        const freshness = await checkFreshness(operation, run);
        if (freshness.kind === "gone") return "it is gone";
        return freshness.kind === "changed" ? freshness.reason : undefined;
      },
      signal: run.signal,
      onProgress: (text) => run.onProgress?.(text),
    });
  } catch (error) {
    if (!(error instanceof AppError) || !mayHaveBeenSent.has(error.code)) throw error;
    return { kind: "unfinished", message: asClause(error.message), isResumable: true };
  }
}

/** Refused credentials and rights, and Ctrl-C before the first request, leave the provider as it was. */
const mayHaveBeenSent: ReadonlySet<AppError["code"]> = new Set([
  "unreachable",
  "source-incomplete",
  "failed",
]);

/**
 * What became of one that an earlier process had begun: the provider is asked first, and what is missing of it is carried out. Of
 * one whose state before is not known, nothing is done.
 */
export async function settleAtProvider(
  operation: ProviderOperation,
  {
    resource,
    atProvider,
  }: { readonly resource: Resource | undefined; readonly atProvider: JsonObject | undefined },
  run: Run,
): Promise<Outcome> {
  const end = endOf(operation, operation.subject.scimId ?? undefined);
  const isConnected = run.executor.provider !== undefined;
  if (!isConnected) return { ...end("unknown", notConnected), stopped: true };
  if (atProvider === undefined)
    return end("unknown", "the journal does not say how the provider had it before");
  try {
    return await writeThroughProvider(operation, { resource, atProvider, isResumed: true }, run);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = `${asClause(error.message)}; it may or may not have been carried out`;
    return { ...end("unknown", reason), errorCode: error.code, stopped: true };
  }
}

const notConnected = "it goes through the provider, which is not connected";

function ended(
  operation: ProviderOperation,
  answer: Exclude<ProviderAnswer, { readonly kind: "applied" }>,
  { signal }: Run,
): Outcome {
  const end = endOf(operation, operation.subject.scimId ?? undefined);
  switch (answer.kind) {
    case "stale":
      return end("stale", answer.reason);
    case "failed":
      return end(answer.changed ? "partly" : "failed", asClause(answer.message));
    case "unfinished": {
      const outcome = end("unknown", asClause(answer.message));
      // It can be waited for again.
      return signal.aborted || answer.isResumable === true ? { ...outcome, stopped: true } : outcome;
    }
  }
}

/** Waits before each look for an account or a Team that the provider has created. */
const waitsMs: readonly number[] = [0, 250, 1000];

async function readBack(
  operation: ProviderOperation,
  { before: { resource }, linkedTo }: { readonly before: Before; readonly linkedTo: string | undefined },
  run: Run,
): Promise<Outcome> {
  const { executor, ledger } = run;
  try {
    const found = await find(operation, run);
    if (found === undefined) return endOf(operation)("not-confirmed", notShown);
    const { scimId } = found.seen;
    const elsewhere = whyElsewhere(operation, { scimId, linkedTo }, run);
    if (elsewhere !== undefined) return endOf(operation)("not-confirmed", elsewhere);
    const memberIds = "stayingIds" in operation ? ledger.resolve(operation.added).scimIds : [];
    const confirmation = await confirm(operation, executor.readBack, {
      ...run,
      scimId,
      before: resource,
      memberIds,
      isAccepted: true,
    });
    const end = endOf(operation, scimId);
    if (confirmation.sideEffect !== undefined)
      return end("not-confirmed", `reading it back shows that ${confirmation.sideEffect}`);
    if (confirmation.resource !== undefined) ledger.note(confirmation.resource);
    if (!confirmation.holds) return end("not-confirmed", notShown);
    const { resource: now } = confirmation;
    return { ...end("done"), ...(now === undefined ? {} : { fingerprint: now.seen.fingerprint }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = `the provider is done, and it could not be read back: ${asClause(error.message)}`;
    return {
      ...endOf(operation, operation.subject.scimId ?? undefined)("not-confirmed", reason),
      errorCode: error.code,
    };
  }
}

function whyElsewhere(
  { subject }: ProviderOperation,
  { scimId, linkedTo }: { readonly scimId: string; readonly linkedTo: string | undefined },
  { ledger }: Run,
): string | undefined {
  if (linkedTo !== undefined && linkedTo !== scimId) return linkedElsewhere(linkedTo);
  const isKnown = subject.scimId === scimId || ledger.claim(subject, scimId);
  return isKnown ? undefined : "the provider is linked to another existing account or Team";
}

function linkedElsewhere(scimId: string): string {
  return `the provider says that it is done, and is linked to another account or Team (${scimId})`;
}

const notShown = "the provider says that it is done, and reading Astro back does not show it";

/** By its id, or by its name where it was made, or made again. */
async function find(operation: ProviderOperation, run: Run): Promise<Resource | undefined> {
  const { subject } = operation;
  const { executor, signal } = run;
  const reader = executor.readBack;
  for (const waitMs of waitsMs) {
    if (waitMs > 0) await run.pause(waitMs, signal);
    const known =
      subject.scimId === null ? undefined : await readResource(reader, subject.kind, subject.scimId);
    const found = known ?? (await byName(operation, reader));
    if (found !== undefined || signal.aborted) return found;
  }
  return undefined;
}

async function byName(
  operation: ProviderOperation,
  reader: Run["executor"]["readBack"],
): Promise<Resource | undefined> {
  if ("userName" in operation) {
    const user = await reader.findUser(operation.userName);
    return user === undefined ? undefined : { kind: "user", seen: user };
  }
  const team = await reader.findTeam(operation.displayName);
  return team === undefined ? undefined : { kind: "team", seen: team };
}
