/** Something that failed and waits: a task on Okta's dashboard, an object in Entra's escrow. */

import type { JobKind, Subject } from "./events.ts";

/** A job that failed and is not repeated until an administrator presses Retry (Okta), or a later cycle retries it (Entra). */
export interface Task {
  readonly subject: Subject;
  readonly what: JobKind;
  /** As in Failure. */
  readonly code?: string;
  /** What the provider's console shows. */
  readonly sentence: string;
  /** In a few words, as in Failure. */
  readonly reason: string;
  readonly explanation: string | undefined;
  readonly since: Date;
}
