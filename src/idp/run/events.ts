/** What a provider's run reports while it goes on, and its result. */

import type { Action } from "../../directory/action.ts";
import type { Failure } from "./failure.ts";
import type { GroupUpdate } from "./group-update.ts";
import type { ImportResult } from "./import-result.ts";
import type { Deviation } from "../observe/deviation.ts";
import type { UnmetExpectation } from "./unmet-expectation.ts";

/** `app`: a job about everything that the app has, such as an import. */
export type SubjectKind = "user" | "group" | "app";

/** Whom a job is about. */
export interface Subject {
  readonly kind: SubjectKind;
  /** The provider's id. */
  readonly objectId: string;
  /** The name by which a fixture speaks of it. */
  readonly key: string;
  /** For people: a user's userName, or the key where there is none; a group's name. */
  readonly name: string;
}

/** Something that a server answered, that the provider does not notice, and that will hurt. */
export interface Observation {
  /** Whom the job was about; undefined at the test of the credentials. */
  readonly subject: Subject | undefined;
  /** `GET /Users?filter=…`, as on the wire. */
  readonly request: string;
  readonly deviation: Deviation;
}

export type JobKind =
  | "assign"
  | "push-profile"
  | "deactivate"
  | "push-group"
  | "update-group"
  | "push-now"
  | "deactivate-push"
  | "unlink-group"
  | "delete-group"
  | "import-users"
  | "import-groups"
  | "provision-user"
  | "delete-user"
  | "provision-group"
  | "update-members"
  | "update-manager";

export type JobOutcome =
  | {
      readonly kind: "done";
      readonly did:
        | "created"
        | "linked"
        | "reactivated"
        | "enabled"
        | "updated"
        | "deactivated"
        | "disabled"
        | "deleted"
        | "imported";
      /** Of an import. */
      readonly imported?: ImportResult;
      /** Of a group that was updated. */
      readonly group?: GroupUpdate;
      /** Of a pushed group: members by key that the provider left out without a word; absent where there are none. */
      readonly ignoredMembers?: readonly string[];
    }
  /** The provider keeps quiet, for this reason. */
  | { readonly kind: "nothing-sent"; readonly why: string }
  | { readonly kind: "failed"; readonly failure: Failure };

/** How far a job had come when the run was stopped. */
export interface Interrupted {
  readonly kind: "interrupted";
  /** The last request that was sent, `GET /Users/u1` as on the wire; undefined where none was. */
  readonly after: string | undefined;
  /** `unknown`: the last request was a write, and no answer came. */
  readonly wrote: "nothing" | "something" | "unknown";
}

/** A job that was begun; `interrupted` where the run was stopped before it ended. */
export interface JobReport {
  readonly subject: Subject;
  readonly what: JobKind;
  readonly outcome: JobOutcome | Interrupted;
  /** Requests sent, repetitions included. */
  readonly requests: number;
  /** What the provider did not notice. */
  readonly observations: readonly Observation[];
}

/** A job that was not begun, because the run was stopped. */
export interface PendingJob {
  readonly subject: Subject;
  readonly what: JobKind;
}

/** A cycle that a provider ran (Entra). */
export interface CycleReport {
  /** From 1, idle ones counted. */
  readonly number: number;
  readonly cycle: "initial" | "incremental";
  readonly at: Date;
  /** Why it ended before it provisioned anything: a probe failed. */
  readonly stopped: Failure | undefined;
  /** Why the job is in quarantine after it, or disabled; undefined where it is not. */
  readonly quarantine: string | undefined;
}

export interface RunSummary {
  readonly reports: readonly JobReport[];
  /** Of a provider that works in cycles. */
  readonly cycles?: readonly CycleReport[];
  readonly notBegun: readonly PendingJob[];
  readonly requests: number;
  readonly interrupted: boolean;
}

/** What was observed in a run, in the order of its jobs. */
export function observationsOf({ reports }: RunSummary): readonly Observation[] {
  return reports.flatMap(({ observations }) => observations);
}

/** What a provider that works in cycles reports about them. */
export type CycleEvent =
  | {
      readonly kind: "cycle-started";
      readonly number: number;
      readonly cycle: CycleReport["cycle"];
      readonly at: Date;
    }
  | { readonly kind: "cycle-finished"; readonly report: CycleReport }
  /** Cycles that had nothing to do: their probes are not sent. */
  | { readonly kind: "idle-cycles"; readonly count: number; readonly until: Date }
  | { readonly kind: "quarantine-entered"; readonly reason: string; readonly message: string }
  | { readonly kind: "quarantine-left" }
  /** After four weeks of quarantine, or where too much failed in an initial cycle. */
  | { readonly kind: "provisioning-stopped"; readonly message: string };

export type RunEvent =
  | CycleEvent
  | { readonly kind: "credentials-test-started" }
  | { readonly kind: "credentials-tested"; readonly failure: Failure | undefined }
  | { readonly kind: "jobs-planned"; readonly subjects: SubjectKind; readonly count: number }
  | { readonly kind: "job-started"; readonly subject: Subject; readonly what: JobKind }
  | { readonly kind: "observed"; readonly observation: Observation }
  | { readonly kind: "job-finished"; readonly report: JobReport }
  | {
      readonly kind: "waiting";
      readonly seconds: number;
      readonly until: Date;
      readonly reason: string;
    }
  | {
      readonly kind: "step-started";
      /** From 1. */
      readonly number: number;
      readonly name: string;
      readonly at: Date;
    }
  | { readonly kind: "action-started"; readonly action: Action; readonly at: Date }
  | {
      readonly kind: "step-finished";
      readonly number: number;
      readonly name: string;
      /** Undefined where the step expects nothing, or could not be checked. */
      readonly unmet: readonly UnmetExpectation[] | undefined;
      /** Why it could not be checked. */
      readonly notChecked: string | undefined;
      /** What was observed that does harm, and is not expected. */
      readonly harmful: readonly Observation[];
    };

/** Takes events in the order in which things happen; it must not throw. */
export type Report = (event: RunEvent) => void;
