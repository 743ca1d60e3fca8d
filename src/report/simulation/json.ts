/** A rehearsal as the documented JSON shape (docs/json.md). */

import type { CycleReport, JobReport, Observation, RunSummary, Subject } from "../../idp/run/events.ts";
import type { GroupUpdate } from "../../idp/run/group-update.ts";
import type { ImportResult } from "../../idp/run/import-result.ts";
import type { JsonObject } from "../../ground/json.ts";
import { doesHarm } from "../../idp/observe/harm.ts";
import { harmIn, isDriftExpected } from "../../simulation/what-fails.ts";
import { driftJson } from "../drift/json.ts";
import { codesOf } from "../narrative/observation-lines.ts";
import { deviationText } from "../narrative/deviation-text.ts";
import type { SimulationReport } from "./report.ts";

/** The version of this shape; it changes when a field changes its meaning or goes. */
export const simulationSchemaVersion = 2;

export function simulationJson({ result, status, target }: SimulationReport): JsonObject {
  const { fixture, comparison } = result;
  const failing = new Set(harmIn(result));
  return {
    schemaVersion: simulationSchemaVersion,
    status,
    provider: fixture.app.idp,
    integration: fixture.app.integration,
    fixture: fixture.file,
    target,
    requests: result.requests,
    credentialsTest: { ...result.credentialsTest },
    first: summaryJson(result.first),
    steps: result.steps.map((step) => ({
      number: step.number,
      name: step.name,
      at: step.at.toISOString(),
      ...summaryJson(step.summary),
      unmet: step.unmet === undefined ? null : step.unmet.map((one) => ({ ...one })),
      notChecked: step.notChecked ?? null,
      harmful: codesOf(step.harmful),
    })),
    stepsNotBegun: result.notBegun,
    unmet: result.unmet === undefined ? null : result.unmet.map((one) => ({ ...one })),
    openTasks: result.openTasks.map(({ subject, what, code, sentence, reason, explanation, since }) => ({
      subject: named(subject),
      job: what,
      ...(code === undefined ? {} : { code }),
      sentence,
      reason,
      explanation: explanation ?? null,
      since: since.toISOString(),
    })),
    ...(result.pushStates === undefined ? {} : { pushGroups: result.pushStates.map((one) => ({ ...one })) }),
    observations: result.observations.map((one) => ({ ...observationJson(one), fails: failing.has(one) })),
    comparison:
      comparison.kind === "compared"
        ? { status: "compared", expected: isDriftExpected(result) ?? null, drift: driftJson(comparison) }
        : { status: "not-compared", reason: comparison.reason },
  };
}

export function observationJson({ subject, request, deviation }: Observation): JsonObject {
  const { what, detail } = deviationText(deviation);
  const sentence = detail === "" ? what : `${what}: ${detail}`;
  return {
    code: deviation.code,
    harmful: doesHarm(deviation),
    subject: subject === undefined ? null : named(subject),
    request,
    sentence,
  };
}

function named({ kind, name }: Subject): JsonObject {
  return { kind, name };
}

function summaryJson(summary: RunSummary): JsonObject {
  return {
    requests: summary.requests,
    ...(summary.cycles === undefined ? {} : { cycles: summary.cycles.map(cycleJson) }),
    jobs: summary.reports.map(jobJson),
    notBegun: summary.notBegun.map(({ subject, what }) => ({
      subject: named(subject),
      job: what,
    })),
  };
}

export function cycleJson({ number, cycle, at, stopped, quarantine }: CycleReport): JsonObject {
  return {
    number,
    cycle,
    at: at.toISOString(),
    stopped: stopped?.sentence ?? null,
    quarantine: quarantine ?? null,
  };
}

/** Of a provider that has error codes. */
function codeJson({ code }: { readonly code?: string }): JsonObject {
  return code === undefined ? {} : { code };
}

export function jobJson({ subject, what, outcome, requests }: JobReport): JsonObject {
  return {
    subject: named(subject),
    job: what,
    requests,
    outcome: outcomeJson(outcome),
  };
}

function outcomeJson(outcome: JobReport["outcome"]): JsonObject {
  switch (outcome.kind) {
    case "done":
      return {
        status: "done",
        did: outcome.did,
        ...groupJson(outcome.group),
        ...(outcome.ignoredMembers === undefined ? {} : { ignoredMembers: outcome.ignoredMembers }),
        ...importJson(outcome.imported),
      };
    case "nothing-sent":
      return { status: "nothing-sent", why: outcome.why };
    case "failed":
      return {
        status: "failed",
        ...codeJson(outcome.failure),
        sentence: outcome.failure.sentence,
        reason: outcome.failure.reason,
        explanation: outcome.failure.explanation ?? null,
      };
    case "interrupted":
      return { status: "interrupted", after: outcome.after ?? null, wrote: outcome.wrote };
  }
}

function importJson(imported: ImportResult | undefined): JsonObject {
  if (imported === undefined) return {};
  const waiting = imported.waiting.map(({ name, proposed }) => ({
    name,
    match: proposed?.match ?? null,
    proposed: proposed?.name ?? null,
  }));
  return { imported: { ...imported, waiting } };
}

function groupJson(group: GroupUpdate | undefined): JsonObject {
  if (group === undefined) return {};
  const { added, removed, renamedFrom } = group;
  return { group: { added, removed, renamedFrom: renamedFrom ?? null } };
}
