/** Whether what failed in a step is what the step expects to fail. */

import type { ErrorExpectation, Expectation } from "../../directory/expectation.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { RunSummary, Subject } from "../run/events.ts";
import type { Failure } from "../run/failure.ts";
import type { UnmetError } from "../run/unmet-expectation.ts";

interface Failed {
  readonly subject: Subject;
  readonly failure: Failure;
}

/** As many failures as tell a person what went wrong instead. */
const mostFailures = 5;

/** An error that is expected must have happened; others may have, unless none is expected. */
export function checkErrors(
  expected: NonNullable<Expectation["errors"]>,
  { reports }: RunSummary,
): readonly UnmetError[] {
  const failed = reports.flatMap(({ subject, outcome }): readonly Failed[] =>
    outcome.kind === "failed" ? [{ subject, failure: outcome.failure }] : [],
  );
  const unmet = (name: string, happens: boolean): UnmetError => ({
    kind: "error",
    name,
    what: "happened",
    expected: happens,
    got: { count: failed.length, failures: failed.slice(0, mostFailures).map(failedText) },
  });
  if (expected === "none") return failed.length === 0 ? [] : [unmet("any", false)];
  return expected
    .filter((error) => !failed.some((one) => isMeant(error, one)))
    .map((error) => unmet(nameOf(error), true));
}

function isMeant(expected: ErrorExpectation, { subject, failure }: Failed): boolean {
  const { sentence, reason, explanation = "", code } = failure;
  const { says } = expected;
  return (
    (expected.subject === undefined || isSubject(expected.subject, subject)) &&
    (expected.code === undefined || expected.code === code) &&
    (says === undefined || [sentence, reason, explanation].some((text) => text.includes(says)))
  );
}

function isSubject({ kind, name }: NonNullable<ErrorExpectation["subject"]>, subject: Subject): boolean {
  const isNamed = [subject.key, subject.name].some((known) => foldCase(known) === foldCase(name));
  return kind === subject.kind && isNamed;
}

function nameOf({ subject, code, says }: ErrorExpectation): string {
  const parts = [
    ...(subject === undefined ? [] : [`of ${subject.kind} ${subject.name}`]),
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(says === undefined ? [] : [`says ${JSON.stringify(says)}`]),
  ];
  return parts.length === 0 ? "any" : parts.join(", ");
}

function failedText({ subject, failure: { code, reason } }: Failed): string {
  return `${subject.kind} ${subject.name}: ${code === undefined ? "" : `${code}: `}${reason}`;
}
