/** What the jobs of one cycle share. */

import type { Directory, DirectoryUser } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { Clock } from "../../run/clock.ts";
import type { JobKind, JobOutcome, Subject } from "../../run/events.ts";
import type { Failure } from "../../run/failure.ts";
import type { Job } from "../../run/run.ts";
import { escrowOf } from "./escrow.ts";
import type { Ledger } from "../ledger.ts";
import type { EvaluationWorld, Mapping } from "../mapping/mapping.ts";
import type { EntraId } from "../memory.ts";
import type { RequestShapes, RunMode } from "../requests/request-shapes.ts";
import type { Scope } from "../mapping/scope.ts";

export interface CycleContext {
  readonly settings: EntraAppSettings;
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly mode: RunMode;
  readonly shapes: RequestShapes;
  readonly mappings: { readonly users: Mapping; readonly groups: Mapping };
  readonly scope: Scope;
  readonly world: EvaluationWorld;
  /** Users by their object ids. */
  readonly usersById: ReadonlyMap<EntraId, DirectoryUser>;
  /** SCIM ids of groups that this cycle has read or made. */
  readonly touchedGroups: Set<string>;
  /** Every object is looked at, changed or not. */
  readonly isInitial: boolean;
  /** Whether disables and deletes are kept back by the accidental-deletion threshold. */
  readonly deletions: "export" | "stage";
}

/** How a job ends: with an outcome, or with a failure that goes into escrow. */
export type JobEnd =
  | {
      readonly kind: "outcome";
      readonly outcome: JobOutcome;
      /** What is in escrow stays there: it is not this job's alone. */
      readonly keepsEscrow?: boolean;
    }
  | { readonly kind: "escrow"; readonly failure: Failure; readonly atCreation: boolean };

export interface EscrowedJob {
  readonly subject: Subject;
  readonly what: JobKind;
  /** Under which key its failure is kept: the object id, with `#members` or `#manager` behind it for a reference. */
  readonly escrowKey: string;
  readonly begin: () => Conversation<JobEnd>;
}

/** A job whose failure goes into escrow, and whose success takes it out of there. */
export function escrowed(context: CycleContext, { subject, what, escrowKey, begin }: EscrowedJob): Job {
  const { ledger, clock, shapes } = context;
  function* begun(): Conversation<JobOutcome> {
    const end = yield* begin();
    if (end.kind === "outcome") {
      if (end.keepsEscrow !== true) ledger.releaseFromEscrow(escrowKey);
      return end.outcome;
    }
    const { failure, atCreation } = end;
    const isReference = escrowKey !== subject.objectId;
    const job = { subject, what, failure, at: clock.now(), isReference, atCreation };
    ledger.putIntoEscrow(escrowKey, escrowOf(job, ledger.escrows.get(escrowKey), shapes.fidelity));
    return { kind: "failed", failure };
  }
  return { subject, what, begin: begun };
}

/** A job that fails before anything is sent. */
export function failing(
  context: CycleContext,
  { subject, what, failure }: Pick<EscrowedJob, "subject" | "what"> & { readonly failure: Failure },
  remember: () => void,
): Job {
  return escrowed(context, {
    subject,
    what,
    escrowKey: subject.objectId,
    // oxlint-disable-next-line require-yield -- nothing is sent
    *begin() {
      remember();
      return { kind: "escrow", failure, atCreation: false };
    },
  });
}

/** A job that sends nothing, for this reason. */
export function silent(subject: Subject, what: JobKind, why: string, remember: () => void = () => {}): Job {
  // oxlint-disable-next-line require-yield -- nothing is sent
  function* begin(): Conversation<JobOutcome> {
    remember();
    return { kind: "nothing-sent", why };
  }
  return { subject, what, begin };
}

/** Whether a failure of that key is to be tried again now. */
export function isDue({ ledger, clock }: CycleContext, escrowKey: string): boolean {
  const escrow = ledger.escrows.get(escrowKey);
  return escrow !== undefined && escrow.nextAttempt.getTime() <= clock.now().getTime();
}

export function done(outcome: JobOutcome): JobEnd {
  return { kind: "outcome", outcome };
}
