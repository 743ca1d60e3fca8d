/** A preflight as the documented JSON shape (docs/json.md). */

import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { preflightRule } from "../../preflight/finding-kinds.ts";
import type { PreflightFinding } from "../../preflight/finding.ts";
import { findingText } from "./finding-text.ts";
import type { PreflightReport } from "./report.ts";
import { verdictText } from "./summary.ts";

/** The version of this shape; it changes when a field changes its meaning or goes. */
export const preflightSchemaVersion = 1;

export function preflightJson(report: PreflightReport): JsonObject {
  const { preflight, source, target, at, words } = report;
  const { verdict, accepted, outcome, forecast, findings, idp } = preflight;
  const { requests, byMethod, duration } = forecast;
  return {
    schemaVersion: preflightSchemaVersion,
    verdict,
    summary: verdictText(preflight),
    idp,
    source,
    target,
    at: at.toISOString(),
    accepted: [...accepted],
    firstRun: {
      accounts: {
        created: [...outcome.accounts.created],
        linked: [...outcome.accounts.linked],
        changed: [...outcome.accounts.changed],
      },
      teams: { created: [...outcome.teams.created], linked: [...outcome.teams.linked] },
      memberships: { ...outcome.memberships },
      requests,
      requestsByMethod: { ...byMethod },
      duration: { ...duration },
    },
    findings: findings.map((finding) => {
      const { name, text } = findingText(finding, { words, all: true });
      const { weight } = preflightRule(finding.kind);
      return {
        kind: finding.kind,
        weight,
        accepted: accepted.includes(finding.kind),
        subject: name === "" ? null : name,
        text,
        facts: factsOf(finding),
      };
    }),
  };
}

/** As JSON has it: what is undefined is left out. */
function factsOf(finding: PreflightFinding): JsonObject {
  const value: JsonValue = JSON.parse(JSON.stringify({ ...finding, kind: undefined }));
  return isJsonObject(value) ? value : {};
}
