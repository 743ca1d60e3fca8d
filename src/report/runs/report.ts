/** Runs of repairs as they are reported. */

import type { Operation } from "../../drift/plan/operations/operation.ts";
import type { OutcomeStatus } from "../../repair/outcome.ts";

/** One run, in short. */
export interface RunSummary {
  readonly id: string;
  /** ISO 8601, when it began. */
  readonly at: string;
  /** `resync`, `cleanup`, … */
  readonly command: string;
  /** SCIM base URL. */
  readonly target: string;
  /** `unfinished`: `apply --resume` can go on with it; `closed`: the rest was given up. */
  readonly state: "finished" | "unfinished" | "closed";
  readonly operations: number;
  readonly done: number;
  readonly failed: number;
  readonly unknown: number;
  readonly notDone: number;
  /** The run that it undoes. */
  readonly undoes: string | null;
}

export interface RunsReport {
  readonly folder: string;
  readonly runs: readonly RunSummary[];
  readonly unreadable: readonly { readonly id: string; readonly problem: string }[];
}

export interface RunReport {
  readonly run: RunSummary;
  readonly file: string;
  readonly operations: readonly RunOperation[];
  /** Commands that go on with an unfinished run, or give it up; that undo a finished one. */
  readonly commands: readonly { readonly purpose: string; readonly command: string }[];
}

export interface RunOperation {
  readonly operation: Operation;
  /** `begun`: the write may have gone out, and nothing says what came of it. */
  readonly status: OutcomeStatus | "begun" | "not-begun";
  readonly reason: string | undefined;
  readonly scimId: string | undefined;
}

/** What `runs prune` did. */
export interface PrunedReport {
  readonly folder: string;
  readonly removed: readonly string[];
  /** Kept without people. */
  readonly redacted: readonly string[];
  /** Older, and kept as they are, because they are unfinished or cannot be read. */
  readonly kept: readonly string[];
}
