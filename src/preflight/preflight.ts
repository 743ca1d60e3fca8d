/** What will happen on the day on which SCIM is switched on, and whether that day may come. */

import type { AppSettings } from "../directory/app-settings.ts";
import { accountFindings } from "./account-findings.ts";
import { inReportOrder, preflightRule } from "./finding-kinds.ts";
import type { PreflightFinding, PreflightKind } from "./finding.ts";
import { failureFindings } from "./failure-findings.ts";
import { forecastOf, type Forecast } from "./forecast.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";
import { peopleFindings } from "./people-findings.ts";
import { runFindings } from "./run-findings.ts";
import type { PreflightSubject } from "./subject.ts";
import { teamFindings } from "./team-findings.ts";
import { terraformFindings } from "./terraform-findings.ts";

/** `cannot-tell`: something could not be read, and apart from that nothing is in the way. */
export type PreflightVerdict = "go" | "not-yet" | "cannot-tell";

export interface Preflight {
  readonly idp: AppSettings["idp"];
  readonly verdict: PreflightVerdict;
  /** In the order in which they are reported. */
  readonly findings: readonly PreflightFinding[];
  /** Problems of these kinds are known, and do not stand in the way. */
  readonly accepted: readonly PreflightKind[];
  readonly outcome: Outcome;
  readonly forecast: Forecast;
}

export function preflight(subject: PreflightSubject, accepted: readonly PreflightKind[] = []): Preflight {
  const named = [...teamFindings(subject), ...peopleFindings(subject)];
  const findings = inReportOrder([
    ...runFindings(subject),
    ...failureFindings(subject.run, named),
    ...named,
    ...terraformFindings(subject),
    ...accountFindings(subject),
  ]);
  return {
    idp: subject.provided.app.idp,
    verdict: verdictOf(findings, accepted),
    findings,
    accepted: accepted.filter((kind) => findings.some((finding) => finding.kind === kind)),
    outcome: outcomeOf(subject.run, findings),
    forecast: forecastOf(subject),
  };
}

/** A problem is certain whatever else is unknown; without one, what is unknown could be one. */
export function verdictOf(
  findings: readonly PreflightFinding[],
  accepted: readonly PreflightKind[],
): PreflightVerdict {
  const weights = new Set(
    findings.filter(({ kind }) => !accepted.includes(kind)).map(({ kind }) => preflightRule(kind).weight),
  );
  if (weights.has("problem")) return "not-yet";
  return weights.has("unknown") ? "cannot-tell" : "go";
}
