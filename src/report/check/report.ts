/** Checks that were made, as they are reported. */

import type { CheckResult, ResultKind } from "../../check/check.ts";

export interface CheckReport {
  /** SCIM base URL; null where none is usable. */
  readonly target: string | null;
  readonly organizationId: string | null;
  /** The provider whose app was checked, too. */
  readonly provider: { readonly idp: "okta" | "entra"; readonly name: string } | null;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly results: readonly CheckResult[];
  readonly exitStatus: number;
}

/** In the order of a summary. */
export const resultKinds: readonly ResultKind[] = [
  "pass",
  "warning",
  "fail",
  "unknown",
  "not-applicable",
  "skipped",
];

/** Ahead of what is said of a result. */
export const resultWords: Readonly<Record<ResultKind, string>> = {
  pass: "ok",
  warning: "warning",
  fail: "failed",
  unknown: "unknown",
  "not-applicable": "does not apply",
  skipped: "skipped",
};

const counted: Readonly<Record<ResultKind, (count: number) => string>> = {
  pass: (count) => `${count} ok`,
  warning: (count) => `${count} ${count === 1 ? "warning" : "warnings"}`,
  fail: (count) => `${count} failed`,
  unknown: (count) => `${count} unknown`,
  "not-applicable": (count) => `${count} ${count === 1 ? "does" : "do"} not apply`,
  skipped: (count) => `${count} skipped`,
};

/** `18 ok, 1 warning, 2 failed`. */
export function checkSummary(results: readonly CheckResult[]): string {
  return resultKinds
    .map((kind) => [kind, results.filter(({ verdict }) => verdict.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => counted[kind](count))
    .join(", ");
}

/** `failed: the token ended on 2026-11-30`. */
export function resultText({ verdict }: CheckResult): string {
  const word = resultWords[verdict.kind];
  return verdict.kind === "skipped" ? `${word} ${verdict.detail}` : `${word}: ${verdict.detail}`;
}

/** What to do; undefined where nothing has to be done. */
export function adviceIn({ verdict }: CheckResult): string | undefined {
  return "advice" in verdict ? verdict.advice : undefined;
}

export const groupTitles = {
  connection: "Connection",
  token: "Token",
  scim: "SCIM",
  health: "Behaviour during these checks",
  app: "The app",
  canary: "Canary",
} as const;
