/** What a check is: a row with what it needs, what it reads, how that is judged, and what to do when it fails. */

import type { JsonValue } from "../ground/json.ts";
import type { CheckContext } from "./context.ts";

/** Stable: monitoring and JUnit know a check by its id. */
export type CheckId = string;

/** The parts of a report, in their order. */
export const checkGroups = ["connection", "token", "scim", "health", "app", "canary"] as const;

export type CheckGroup = (typeof checkGroups)[number];

/** Facts that were measured, for machines: `{ "daysLeft": 12 }`. */
export type Measured = Readonly<Record<string, JsonValue>>;

/** Sentences are for people, without a full stop at their end where they are a `detail`. */
export type Verdict =
  | { readonly kind: "pass"; readonly detail: string; readonly measured?: Measured }
  /** It works, and something should be looked at: never a failure. */
  | {
      readonly kind: "warning";
      readonly detail: string;
      readonly advice: string;
      readonly measured?: Measured;
    }
  | { readonly kind: "fail"; readonly detail: string; readonly advice: string; readonly measured?: Measured }
  /** It cannot be told; the reason. */
  | { readonly kind: "unknown"; readonly detail: string; readonly measured?: Measured }
  | { readonly kind: "not-applicable"; readonly detail: string };

/** What failed with it: the whole server, or only its token. Everything else is a failure of its own. */
export type FailureClass = "server" | "token" | "other";

export interface Check {
  readonly id: CheckId;
  readonly group: CheckGroup;
  /** What is checked, in a few words. */
  readonly title: string;
  /** It is skipped where one of these failed or was skipped. */
  readonly needs: readonly CheckId[];
  readonly failureClass: FailureClass;
  /** @throws AppError interrupted */
  readonly run: (context: CheckContext) => Promise<Verdict>;
}

interface CheckRow<Evidence> extends Omit<Check, "run" | "failureClass"> {
  readonly failureClass?: FailureClass;
  readonly read: (context: CheckContext) => Promise<Evidence> | Evidence;
  /** Pure. */
  readonly judge: (evidence: Evidence) => Verdict;
}

/** A row of the table: what is read, apart from how it is judged. */
export function check<Evidence>({ read, judge, failureClass = "other", ...row }: CheckRow<Evidence>): Check {
  return { ...row, failureClass, run: async (context) => judge(await read(context)) };
}

export interface CheckResult {
  readonly id: CheckId;
  readonly group: CheckGroup;
  readonly title: string;
  readonly failureClass: FailureClass;
  readonly verdict:
    | Verdict
    | { readonly kind: "skipped"; readonly detail: string; readonly because: CheckId };
  readonly durationMs: number;
}

export type ResultKind = CheckResult["verdict"]["kind"];

export function pass(detail: string, measured?: Measured): Verdict {
  return { kind: "pass", detail, ...(measured === undefined ? {} : { measured }) };
}

export function fail(detail: string, advice: string, measured?: Measured): Verdict {
  return { kind: "fail", detail, advice, ...(measured === undefined ? {} : { measured }) };
}

export function warning(detail: string, advice: string, measured?: Measured): Verdict {
  return { kind: "warning", detail, advice, ...(measured === undefined ? {} : { measured }) };
}

export function unknown(detail: string): Verdict {
  return { kind: "unknown", detail };
}

export function notApplicable(detail: string): Verdict {
  return { kind: "not-applicable", detail };
}
