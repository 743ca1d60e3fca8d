/** What the state of the synchronization job says: in quarantine, not running. */

import type { ProviderFinding } from "../../../directory/provider-finding.ts";
import { recordOf } from "../../../ground/record-of.ts";
import type { SynchronizationJob } from "../../../management/graph/synchronization-jobs.ts";

export function jobFindings({ status, schedule }: SynchronizationJob): readonly ProviderFinding[] {
  const { code, quarantine, lastExecution } = status;
  if (code === "Quarantine" || quarantine != null) return [quarantineFinding(quarantine ?? {})];
  const state = stateOf(code, schedule?.state ?? "Active");
  if (state === undefined) return [];
  return [{ kind: "job-not-running", state, ...definite({ since: timeOf(lastExecution?.timeEnded) }) }];
}

type Quarantine = NonNullable<SynchronizationJob["status"]["quarantine"]>;

function quarantineFinding({
  reason,
  currentBegan,
  seriesBegan,
  nextAttempt,
  error,
}: Partial<Quarantine>): ProviderFinding {
  return {
    kind: "job-in-quarantine",
    reason: reason ?? "Unknown",
    ...definite({
      error: errorText(error),
      since: timeOf(currentBegan) ?? timeOf(seriesBegan),
      nextAttempt: timeOf(nextAttempt),
    }),
  };
}

/** Without what is not there. */
function definite<Name extends string>(
  values: Readonly<Record<Name, string | undefined>>,
): Readonly<Partial<Record<Name, string>>> {
  const entries: (readonly [Name, string])[] = [];
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) entries.push([name, value]);
  }
  return recordOf(entries);
}

/** Graph's word for why the job does not run; undefined where it does. */
function stateOf(code: string, schedule: string): string | undefined {
  if (code !== "Active") return code;
  return schedule === "Active" ? undefined : schedule;
}

/** Graph writes the year 1 where something never happened. */
function timeOf(time: string | null | undefined): string | undefined {
  return time == null || time === "" || time.startsWith("0001-") ? undefined : time;
}

function errorText(
  error:
    | { readonly code?: string | null | undefined; readonly message?: string | null | undefined }
    | null
    | undefined,
): string | undefined {
  const parts = [error?.code, error?.message].filter((part) => part != null && part !== "");
  return parts.length === 0 ? undefined : parts.join(": ");
}
