/** What happens in a rehearsal as the documented lines of NDJSON (docs/json.md): one object for each event. */

import type { CycleEvent, RunEvent } from "../../idp/run/events.ts";
import type { JsonObject } from "../../ground/json.ts";
import { isCycleEvent } from "../narrative/cycle-line.ts";
import { codesOf } from "../narrative/observation-lines.ts";
import { cycleJson, jobJson, observationJson } from "./json.ts";

const beginnings = ["credentials-test-started", "jobs-planned", "job-started", "action-started"] as const;

type Beginning = Extract<RunEvent, { readonly kind: (typeof beginnings)[number] }>;

/** One line; none for what is only said on the way: that something begins. */
export function simulationEventLine(event: RunEvent): string {
  const shape = simulationEvent(event);
  return shape === undefined ? "" : `${JSON.stringify(shape)}\n`;
}

function simulationEvent(event: RunEvent): JsonObject | undefined {
  if (isCycleEvent(event)) return cycleEvent(event);
  if (isBeginning(event)) return undefined;
  switch (event.kind) {
    case "credentials-tested":
      return { event: event.kind, failure: event.failure?.sentence ?? null };
    case "observed":
      return { event: event.kind, ...observationJson(event.observation) };
    case "job-finished":
      return { event: event.kind, ...jobJson(event.report) };
    case "waiting":
      return {
        event: event.kind,
        seconds: event.seconds,
        until: event.until.toISOString(),
        reason: event.reason,
      };
    case "step-started":
      return { event: event.kind, number: event.number, name: event.name, at: event.at.toISOString() };
    case "step-finished":
      return stepFinished(event);
  }
}

function stepFinished({
  kind,
  number,
  name,
  unmet,
  notChecked,
  harmful,
}: Extract<RunEvent, { readonly kind: "step-finished" }>): JsonObject {
  const missed = unmet === undefined ? null : unmet.map((one) => ({ ...one }));
  const codes = codesOf(harmful);
  return { event: kind, number, name, unmet: missed, notChecked: notChecked ?? null, harmful: codes };
}

function isBeginning(event: RunEvent): event is Beginning {
  return beginnings.some((kind) => kind === event.kind);
}

function cycleEvent(event: CycleEvent): JsonObject {
  switch (event.kind) {
    case "cycle-started":
      return { event: event.kind, number: event.number, cycle: event.cycle, at: event.at.toISOString() };
    case "cycle-finished":
      return { event: event.kind, ...cycleJson(event.report) };
    case "idle-cycles":
      return { event: event.kind, count: event.count, until: event.until.toISOString() };
    case "quarantine-entered":
      return { event: event.kind, reason: event.reason, message: event.message };
    case "quarantine-left":
      return { event: event.kind };
    case "provisioning-stopped":
      return { event: event.kind, message: event.message };
  }
}
