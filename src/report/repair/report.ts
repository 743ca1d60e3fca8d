/** A repair as it is reported: the plan, whether it was refused, what came of it. */

import type { Plan } from "../../drift/plan/plan.ts";
import type { RepairCommandName } from "../../drift/plan/selection.ts";
import type { Refusal } from "../../drift/safety/guard.ts";
import type { Outcome } from "../../repair/outcome.ts";
import type { NextStep } from "../next-step.ts";

export type RepairStatus =
  | "done"
  | "nothing-to-do"
  | "planned"
  | "refused"
  | "failed"
  /** What the plan holds is done; what is left only the provider's console can do. */
  | "incomplete"
  | "unreachable"
  | "stale"
  | "interrupted";

export interface Repair {
  readonly status: RepairStatus;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
  readonly plan: Plan;
  readonly refusals: readonly Refusal[];
  readonly outcomes: readonly Outcome[];
  /** The file to which the plan was saved. */
  readonly savedTo?: string;
  /** The file from which the plan was read. */
  readonly readFrom?: string;
  /** What that file says of itself: a sentence. */
  readonly origin?: string;
  /** What the reader has to know of what the plan creates, a sentence each. */
  readonly notes: readonly string[];
}

/** What the reader has to know beside it. */
export interface RepairReport extends Repair {
  readonly command: RepairCommandName | "apply" | "undo";
  /** Whether users or Teams were named, or `--all`; otherwise the plan for all was only shown. */
  readonly isAsked: boolean;
  /** A dry run, or no name was given. */
  readonly onlyShown: boolean;
  /** The command to type next: the one that carries the plan out, or after that the one that looks again. */
  readonly next: NextStep | undefined;
}
