/** Carrying a plan out: phase by phase, a few operations at a time, each looked at before and after. */

import type { HeldIds } from "../astro/held.ts";
import type { Writer } from "../astro/writer.ts";
import { operationOrder, type Operation } from "../drift/plan/operation.ts";
import type { Plan } from "../drift/plan/plan.ts";
import { AppError } from "../ground/errors.ts";
import { forEachBounded } from "../ground/for-each-bounded.ts";
import { asClause } from "./clause.ts";
import { carryOut, type CarryOutOptions } from "./carry-out.ts";
import { checkFreshness } from "./freshness.ts";
import { Ledger } from "./ledger.ts";
import type { Outcome } from "./outcome.ts";

export interface ApplyOptions extends Omit<CarryOutOptions, "writer" | "ledger"> {
  /** Operations under way at a time; 4 unless told otherwise. */
  readonly concurrency?: number;
  /** Ids that nothing new can have. */
  readonly heldIds: HeldIds;
  /** Refuses everything where any resource of the plan has changed (`--strict-plan`). */
  readonly strict?: boolean;
  /** Called with each outcome as it comes. */
  onOutcome?(outcome: Outcome): void;
}

const defaultConcurrency = 4;

/**
 * Carries out a plan and tells what came of each operation, in the order of the plan. A failure stops only what
 * depends on it; refused credentials, a server that cannot be reached (repetitions are the writer's), or the signal
 * stop the rest, which is then `not-done`. What is under way is finished first.
 */
export async function applyPlan(
  plan: Plan,
  writer: Writer,
  options: ApplyOptions,
): Promise<readonly Outcome[]> {
  const run = new Run(writer, options);
  if (options.strict === true && (await run.findStale(plan.operations))) {
    run.stop("another resource of the plan has changed, and the plan is strict");
  }
  for (const kind of operationOrder) {
    await run.attemptAll(plan.operations.filter((operation) => operation.kind === kind));
  }
  return plan.operations.flatMap((operation) => run.ledger.outcomeOf(operation.id) ?? []);
}

/** One application of a plan. */
class Run {
  readonly ledger: Ledger;
  readonly #writer: Writer;
  readonly #options: ApplyOptions;
  readonly #concurrency: number;
  #stoppedBecause: string | undefined;

  constructor(writer: Writer, options: ApplyOptions) {
    this.ledger = new Ledger(options.heldIds);
    this.#writer = writer;
    this.#options = options;
    this.#concurrency = options.concurrency ?? defaultConcurrency;
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
      if (operation.dependsOn.length > 0) return;
      const reader = this.#options.beforehand ?? this.#writer;
      const freshness = await checkFreshness(operation, reader, { ...this.#options, ledger: this.ledger });
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
      if (this.ledger.outcomeOf(operation.id) !== undefined) return;
      if (this.#options.signal.aborted) this.stop("interrupted");
      this.#conclude(await this.#attempt(operation));
    });
  }

  async #attempt(operation: Operation): Promise<Outcome> {
    const scimId = operation.subject.scimId ?? undefined;
    if (this.#stoppedBecause !== undefined) {
      return { operation, status: "not-done", reason: this.#stoppedBecause, scimId };
    }
    try {
      return await carryOut(operation, { ...this.#options, writer: this.#writer, ledger: this.ledger });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === "interrupted") {
        this.stop("interrupted");
        return { operation, status: "not-done", reason: "interrupted", scimId };
      }
      return { operation, status: "failed", reason: asClause(error.message), scimId, errorCode: error.code };
    }
  }

  #conclude(outcome: Outcome): void {
    const { errorCode } = outcome;
    if (errorCode === "unauthorized") this.stop("the credentials were refused");
    if (errorCode === "unreachable") this.stop("the server cannot be reached");
    this.ledger.record(outcome);
    this.#options.onOutcome?.(outcome);
  }
}
