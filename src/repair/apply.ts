/** Carrying a plan out: phase by phase, a few operations at a time, each looked at before and after. */

import { responsibilityOf } from "../astro/responsibility.ts";
import { operationOrder, type Operation } from "../drift/plan/operations/operation.ts";
import type { Plan } from "../drift/plan/plan.ts";
import { isProviderOperation } from "../drift/plan/operations/provider-operation.ts";
import { AppError } from "../ground/errors.ts";
import { forEachBounded } from "../ground/for-each-bounded.ts";
import { prepare, write, type Ready } from "./carry-out.ts";
import type { Executor } from "./executor.ts";
import { checkFreshness } from "./freshness.ts";
import { noJournal, type Journal } from "./journal.ts";
import { Ledger } from "./ledger.ts";
import { asClause, type Outcome } from "./outcome.ts";
import { settleBegun, type Resumed } from "./resume.ts";
import type { Run } from "./run.ts";
import { settleAtProvider } from "./via/write.ts";

export interface ApplyOptions extends Pick<Run, "signal" | "pause" | "onProgress"> {
  /** Operations under way at a time; 4 by default. */
  readonly concurrency?: number;
  /** Refuses everything where any resource of the plan has changed (`--strict-plan`). */
  readonly strict?: boolean;
  /** What an earlier process did of this plan: it is not repeated. */
  readonly resumed?: Resumed;
  /** Called around each write; `noJournal` by default. */
  readonly journal?: Journal;
  /** Called with each outcome as it comes. */
  onOutcome?(outcome: Outcome): void;
}

const defaultConcurrency = 4;

/**
 * Carries out a plan and returns the outcome of each operation, in the order of the plan. A failure stops only what
 * depends on it; refused credentials, a server that cannot be reached (repetitions are the executor's), a journal that
 * cannot be written, or the signal stop the rest, which is then `not-done`. What is under way is finished first.
 */
export async function applyPlan(
  plan: Plan,
  executor: Executor,
  options: ApplyOptions,
): Promise<readonly Outcome[]> {
  const application = new Application(plan, executor, options);
  if (options.strict === true && (await application.findStale(plan.operations))) {
    application.stop("another resource of the plan has changed, and the plan is strict");
  }
  for (const kind of operationOrder) {
    await application.attemptAll(plan.operations.filter((operation) => operation.kind === kind));
  }
  return plan.operations.flatMap((operation) => application.outcomeOf(operation) ?? []);
}

/** One application of a plan. */
class Application {
  readonly #run: Run;
  readonly #options: ApplyOptions;
  readonly #journal: Journal;
  readonly #concurrency: number;
  #stoppedBecause: string | undefined;

  constructor(plan: Plan, executor: Executor, options: ApplyOptions) {
    const { signal, pause, onProgress } = options;
    const ledger = new Ledger(plan.heldIds);
    const protectedKeys = new Set(plan.protectedKeys);
    const responsibility = responsibilityOf(plan.responsibleFor);
    this.#run = {
      executor,
      ledger,
      protectedKeys,
      responsibility,
      signal,
      pause,
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    this.#options = options;
    this.#journal = options.journal ?? noJournal;
    this.#concurrency = options.concurrency ?? defaultConcurrency;
    for (const outcome of options.resumed?.outcomes ?? []) ledger.recall(outcome);
  }

  outcomeOf(operation: Operation): Outcome | undefined {
    return this.#run.ledger.outcomeOf(operation.id);
  }

  /** Begins nothing more. */
  stop(reason: string): void {
    this.#stoppedBecause ??= reason;
  }

  /** Looks at every resource before anything is written; keeps the outcome of those that have changed. */
  async findStale(operations: readonly Operation[]): Promise<boolean> {
    let found = false;
    await forEachBounded(operations, this.#concurrency, async (operation) => {
      // What the plan makes first has no resource yet.
      if (operation.dependsOn.length > 0 || this.outcomeOf(operation) !== undefined) return;
      if (this.#options.resumed?.begun.has(operation.id) === true) return;
      const freshness = await checkFreshness(operation, this.#run);
      if (freshness.kind === "fresh") return;
      found = true;
      const reason = freshness.kind === "gone" ? "it is gone" : freshness.reason;
      this.#conclude({ operation, status: "stale", reason, scimId: operation.subject.scimId ?? undefined });
    });
    return found;
  }

  /** Attempts the operations of one phase: they do not touch each other's resources. */
  async attemptAll(operations: readonly Operation[]): Promise<void> {
    await forEachBounded(operations, this.#concurrency, async (operation) => {
      if (this.outcomeOf(operation) !== undefined) return;
      if (this.#options.signal.aborted) this.stop("interrupted");
      this.#conclude(await this.#attempt(operation));
    });
  }

  async #attempt(operation: Operation): Promise<Outcome> {
    if (this.#stoppedBecause !== undefined) return notBegun(operation, this.#stoppedBecause);
    try {
      const settled = await this.#settle(operation);
      if (settled !== undefined) return settled;
      const prepared = await prepare(operation, this.#run);
      return prepared.kind === "ended" ? prepared.outcome : await this.#writeNoted(prepared);
    } catch (error) {
      return this.#failed(operation, error);
    }
  }

  /** What became of an operation that an earlier process had begun; undefined where it is to be carried out. */
  async #settle(operation: Operation): Promise<Outcome | undefined> {
    const { resumed } = this.#options;
    if (resumed?.begun.has(operation.id) !== true) return undefined;
    const before = resumed.begun.get(operation.id);
    const outcome = isProviderOperation(operation)
      ? await settleAtProvider(
          operation,
          { resource: before, atProvider: resumed.atProvider?.get(operation.id) },
          this.#run,
        )
      : await settleBegun(operation, before, this.#run);
    if (outcome === undefined || outcome.stopped === true) return outcome;
    return this.#noted(outcome);
  }

  /** The only way to a write: between the two places of the journal. */
  async #writeNoted(ready: Ready): Promise<Outcome> {
    const { operation, resource, atProvider } = ready;
    const unnoted = await problemOf(this.#journal.before(operation, resource, atProvider));
    if (unnoted !== undefined) {
      this.stop(unnoted);
      return notBegun(operation, unnoted);
    }
    const outcome = await write(ready, this.#run).catch((error: unknown) => this.#failed(operation, error));
    // Without an outcome in the journal, `--resume` asks the provider what became of it.
    return outcome.stopped === true && isProviderOperation(operation) ? outcome : this.#noted(outcome);
  }

  async #noted(outcome: Outcome): Promise<Outcome> {
    const problem = await problemOf(this.#journal.after(outcome));
    if (problem === undefined) return outcome;
    this.stop(problem);
    const { reason } = outcome;
    return { ...outcome, reason: reason === undefined ? problem : `${reason}; ${problem}` };
  }

  /** @throws whatever is a mistake of our own */
  #failed(operation: Operation, error: unknown): Outcome {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "interrupted") {
      this.stop("interrupted");
      return notBegun(operation, "interrupted");
    }
    return { ...notDone(operation, asClause(error.message)), status: "failed", errorCode: error.code };
  }

  #conclude(outcome: Outcome): void {
    const { errorCode } = outcome;
    if (errorCode === "unauthorized") this.stop("the credentials were refused");
    if (errorCode === "unreachable") this.stop("the server cannot be reached");
    this.#run.ledger.record(outcome);
    this.#options.onOutcome?.(outcome);
  }
}

function notDone(operation: Operation, reason: string): Outcome {
  return { operation, status: "not-done", reason, scimId: operation.subject.scimId ?? undefined };
}

/** Not begun because the run was stopped. */
function notBegun(operation: Operation, reason: string): Outcome {
  return { ...notDone(operation, reason), stopped: true };
}

/** Why the journal could not note something, as a clause; undefined where it did. */
async function problemOf(noting: Promise<void>): Promise<string | undefined> {
  try {
    await noting;
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return `the journal cannot be written: ${asClause(error.message)}`;
    throw error;
  }
}
