/** What the jobs of one run share. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { Conversation } from "../../wire/conversation.ts";
import type { Clock } from "../run/clock.ts";
import type { JobKind, JobOutcome, Subject } from "../run/events.ts";
import type { Failure } from "../run/failure.ts";
import type { Job } from "../run/run.ts";
import type { Ledger } from "./ledger.ts";
import type { Mapping } from "./mapping/mapping.ts";
import type { RequestShapes } from "./requests/request-shapes.ts";

export interface RunContext {
  readonly settings: OktaAppSettings;
  readonly shapes: RequestShapes;
  readonly mapping: Mapping;
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Random characters: a placeholder password, which is never used and must not be shown. */
  readonly password: () => string;
}

/** A user or group of the directory, or one that is remembered and no longer in it. */
export interface Reference {
  readonly objectId: string;
  readonly key: string;
}

/** A job whose failure leaves a task, and whose success takes away the one that an earlier job left. */
export function job(
  context: RunContext,
  subject: Subject,
  what: JobKind,
  begin: () => Conversation<JobOutcome>,
): Job {
  function* begun(): Conversation<JobOutcome> {
    const outcome = yield* begin();
    if (outcome.kind !== "failed") {
      context.ledger.closeTask(subject.objectId);
      return outcome;
    }
    recordTask(context, { subject, what }, outcome.failure);
    return outcome;
  }
  return { subject, what, begin: begun };
}

/** Leaves a task for the administrator. */
export function recordTask(
  { ledger, clock }: RunContext,
  { subject, what }: Pick<Job, "subject" | "what">,
  { sentence, reason, explanation }: Failure,
): void {
  ledger.openTask({ subject, what, sentence, reason, explanation, since: clock.now() });
}

export function failed(failure: Failure): JobOutcome {
  return { kind: "failed", failure };
}
