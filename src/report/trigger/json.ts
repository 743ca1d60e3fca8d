/** An event as the documented JSON shape (docs/json.md). */

import type { JsonObject } from "../../ground/json.ts";
import { exchangeJson } from "../../wire/exchange-json.ts";
import { jobJson, observationJson, taskJson } from "../simulation/json.ts";
import type { TriggerReport } from "./report.ts";

export function triggerJson(report: TriggerReport): JsonObject {
  const { provider, integration, event, user, group, target, status } = report;
  return {
    schemaVersion: 1,
    status,
    provider,
    integration,
    event,
    user,
    group: group ?? null,
    target,
    requests: report.exchanges.map(({ phase, exchange }) => ({ phase, ...exchangeJson(exchange) })),
    jobs: report.jobs.map((job) => ({ phase: job.phase, ...jobJson(job.report) })),
    openTasks: report.openTasks.map(taskJson),
    quarantine: report.quarantine ?? null,
    observations: report.observations.map(observationJson),
  };
}
