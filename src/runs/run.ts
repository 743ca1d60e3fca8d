/** One run of a repair, as its file tells it. */

import type { Operation } from "../drift/plan/operations/operation.ts";
import type { Plan } from "../drift/plan/plan.ts";
import type { JsonObject } from "../ground/json.ts";
import type { OutcomeLine, RunEvent, RunLine } from "./lines.ts";
import type { ResourceJson } from "./resource-json.ts";

export interface RecordedRun extends Omit<RunLine, "plan"> {
  readonly file: string;
  readonly plan: Plan;
  /** Everything after the first line. */
  readonly events: readonly RunEvent[];
  /** Bytes of the complete lines; what follows was cut off. */
  readonly length: number;
}

/** What a run knows of one operation. */
export interface RecordedOperation {
  readonly operation: Operation;
  /** Its write may have gone out. */
  readonly isBegun: boolean;
  /** As it was read right before the write; undefined for what was yet to be made, and where nothing was begun. */
  readonly before: ResourceJson | undefined;
  readonly outcome: OutcomeLine | undefined;
  /** How the provider had it right before, for an operation that went through it. */
  readonly atProvider: JsonObject | undefined;
}

/** Every operation of the plan, in its order. */
export function operationsOf({ plan, events }: RecordedRun): readonly RecordedOperation[] {
  const begun = new Map<string, ResourceJson | null>();
  const atProvider = new Map<string, JsonObject>();
  const outcomes = new Map<string, OutcomeLine>();
  for (const event of events) {
    // Of an operation that was begun twice, only the first look shows how it was before the run.
    if (event.kind === "intent" && !begun.has(event.operation)) {
      begun.set(event.operation, event.resource);
      if (event.atProvider !== undefined) atProvider.set(event.operation, event.atProvider);
    }
    if (event.kind === "outcome") outcomes.set(event.operation, event);
  }
  return plan.operations.map((operation) => ({
    operation,
    isBegun: begun.has(operation.id),
    before: begun.get(operation.id) ?? undefined,
    outcome: outcomes.get(operation.id),
    atProvider: atProvider.get(operation.id),
  }));
}

export type RunState = "finished" | "unfinished" | "closed";

/** Unfinished: it was interrupted or its process ended, and `apply --resume` can go on with it. */
export function stateOf({ events }: Pick<RecordedRun, "events">): RunState {
  return stateAfter(events.at(-1));
}

/** The same, from the last line alone. */
export function stateAfter(last: RunEvent | undefined): RunState {
  if (last?.kind === "closed") return "closed";
  return last?.kind === "end" && !last.stopped ? "finished" : "unfinished";
}

export interface RunCounts {
  readonly operations: number;
  readonly done: number;
  /** Certainly not done. */
  readonly failed: number;
  /** Nothing tells whether it was written, or all of it. */
  readonly unknown: number;
  readonly notDone: number;
}

export function countsOf(run: RecordedRun): RunCounts {
  const all = operationsOf(run);
  const count = (ofKind: (one: RecordedOperation) => boolean): number => all.filter(ofKind).length;
  return {
    operations: all.length,
    done: count(({ outcome }) => outcome?.status === "done"),
    failed: count(({ outcome }) => outcome?.status === "failed" || outcome?.status === "stale"),
    unknown: count(isUncertain),
    notDone: count(
      ({ isBegun, outcome }) => outcome?.status === "not-done" || (outcome === undefined && !isBegun),
    ),
  };
}

/** Begun without an outcome, or with one that leaves something open. */
export function isUncertain({ isBegun, outcome }: RecordedOperation): boolean {
  if (outcome === undefined) return isBegun;
  return ["unknown", "not-confirmed", "partly"].includes(outcome.status);
}
