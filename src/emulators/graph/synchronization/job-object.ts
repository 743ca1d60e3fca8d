/** The synchronization job and its status as Graph shows them (Microsoft Graph: synchronizationJob, synchronizationStatus). */

import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { HttpError } from "../../../ground/http-error.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { nextCycleAt } from "../../../idp/entra/cycle/schedule.ts";
import type { EntraMemory } from "../../../idp/entra/memory.ts";
import type { CompanyEvent } from "../../company/company.ts";
import type { GraphContext } from "../graph-route.ts";
import { settingsOf } from "../routes/service-principals.ts";
import {
  cyclesIn,
  executionObject,
  hasExports,
  isComplete,
  jobsOfCycle,
  type CycleEvent,
} from "./executions.ts";
import { jobIdOf, templateOf } from "./job-names.ts";

/** What the engine remembers. */
export function memoryOf({ company }: Pick<GraphContext, "company">): EntraMemory {
  const state = company.state();
  if (state.idp === "entra") return state.memory;
  throw new HttpError(500, "the company is not provisioned by Entra ID");
}

/** How the job stands. */
export type JobCode = "NotRun" | "Active" | "Paused" | "Quarantine";

/** A job whose provisioning was never started has not run; one that was disabled stays in quarantine. */
export function jobCode({ company }: Pick<GraphContext, "company">, memory: EntraMemory): JobCode {
  if (company.isPaused()) return memory.cycles === 0 ? "NotRun" : "Paused";
  if (memory.quarantine !== undefined) return "Quarantine";
  return memory.state === "paused" ? "Paused" : "Active";
}

export function jobObject(context: GraphContext): JsonObject {
  const settings = settingsOf(context);
  const memory = memoryOf(context);
  const code = jobCode(context, memory);
  return {
    id: jobIdOf(context),
    templateId: templateOf(settings),
    schedule: {
      expiration: null,
      interval: `PT${settings.fidelity.entraCycleMinutes}M`,
      state: scheduleState(code, memory),
    },
    status: statusOf(context, settings, { memory, code }),
    synchronizationJobSettings: jobSettings(settings),
  };
}

function scheduleState(code: JobCode, { state }: EntraMemory): string {
  if (state === "disabled" || code === "NotRun") return "Disabled";
  return code === "Paused" ? "Paused" : "Active";
}

/** "Prevent accidental deletion" is two settings of the job. */
function jobSettings({ accidentalDeletionThreshold }: EntraAppSettings): readonly JsonObject[] {
  const isOn = accidentalDeletionThreshold !== undefined;
  return [
    { name: "QuarantineTooManyDeletes", value: isOn ? "True" : "False" },
    { name: "QuarantineTooManyDeletesThreshold", value: String(accidentalDeletionThreshold ?? 500) },
  ];
}

/** Graph writes the year 1 where something never happened. */
const never = "0001-01-01T00:00:00Z";

function statusOf(
  context: GraphContext,
  { fidelity }: EntraAppSettings,
  { memory, code }: { readonly memory: EntraMemory; readonly code: JobCode },
): JsonObject {
  const { company } = context;
  const events = company.events();
  const cycles = cyclesIn(events);
  const successful = cycles.filter(isComplete);
  const withExports = successful.filter(({ report }) => hasExports(jobsOfCycle(events, report)));
  const show = (cycle: CycleEvent | undefined): JsonObject | null =>
    cycle === undefined
      ? null
      : executionObject(cycle, events, { jobId: jobIdOf(context), escrows: memory.escrows.size });
  const links = company.links();
  return {
    code,
    countSuccessiveCompleteFailures: cycles.length - 1 - cycles.findLastIndex(isComplete),
    escrowsPruned: memory.state === "paused",
    lastExecution: show(cycles.at(-1)),
    lastSuccessfulExecution: show(successful.at(-1)),
    lastSuccessfulExecutionWithExports: show(withExports.at(-1)),
    progress: [],
    quarantine: quarantineOf(memory, cycles, nextCycleAt(memory, company.now(), fidelity)),
    steadyStateFirstAchievedTime: successful[0]?.at.toISOString() ?? never,
    steadyStateLastAchievedTime: memory.initialCycleDone
      ? (successful.at(-1)?.at.toISOString() ?? never)
      : never,
    synchronizedEntryCountByType: [
      { key: "User", value: links.accounts.length },
      { key: "Group", value: links.teams.size },
    ],
    troubleshootingUrl: null,
  };
}

function quarantineOf(
  { quarantine, state }: EntraMemory,
  cycles: readonly CycleEvent[],
  next: Date,
): JsonObject | null {
  if (quarantine === undefined) return null;
  const free = cycles.findLastIndex(({ report }) => report.quarantine === undefined);
  const series = cycles.slice(free + 1);
  return {
    currentBegan: quarantine.since.toISOString(),
    error: { code: quarantine.reason, message: quarantine.message, tenantActionable: true },
    nextAttempt: state === "disabled" ? never : next.toISOString(),
    reason: quarantine.reason,
    seriesBegan: (series[0]?.at ?? quarantine.since).toISOString(),
    seriesCount: Math.max(1, series.length),
  };
}

/** The events that came after one. */
export function eventsAfter(
  events: readonly CompanyEvent[],
  last: CompanyEvent | undefined,
): readonly CompanyEvent[] {
  return last === undefined ? events : events.slice(events.findIndex(({ id }) => id === last.id) + 1);
}
