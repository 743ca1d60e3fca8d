/** Jobs of an identity provider in a line each, and many of them in counts. */

import type { ChalkInstance } from "chalk";
import type { JobReport } from "../idp/events.ts";
import { printable } from "./printable.ts";

/** `✓ user ada@example.com created`, `✗ group data: 500 Internal Server Error: it is full`. */
export function jobLine(report: JobReport, paint: ChalkInstance): string {
  const { subject, outcome } = report;
  const who = `${subject.kind} ${printable(subject.name)}`;
  switch (outcome.kind) {
    case "done":
      return `${paint.green("✓")} ${who} ${outcome.did}`;
    case "nothing-sent":
      return `${paint.dim("·")} ${who}: nothing sent, ${printable(outcome.why)}`;
    case "failed":
      return `${paint.red("✗")} ${who}: ${printable(outcome.failure.reason)}`;
    case "interrupted":
      return `${paint.yellow("!")} ${who}: interrupted`;
  }
}

/** `241 created, 3 linked, 2 failed`: most frequent first. */
export function jobCounts(reports: readonly JobReport[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of reports) {
    const word = wordFor(outcome);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, count]) => `${count} ${word}`)
    .join(", ");
}

function wordFor(outcome: JobReport["outcome"]): string {
  switch (outcome.kind) {
    case "done":
      return outcome.did;
    case "nothing-sent":
      return "without a request";
    case "failed":
    case "interrupted":
      return outcome.kind;
  }
}
