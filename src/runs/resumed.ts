/** What a run's file says for the one who goes on with it. */

import type { JsonObject } from "../ground/json.ts";
import type { Outcome } from "../repair/outcome.ts";
import type { Resource } from "../repair/resource.ts";
import type { Resumed } from "../repair/resume.ts";
import type { OutcomeLine } from "./lines.ts";
import { resourceOf } from "./resource-json.ts";
import { operationsOf, type RecordedOperation, type RecordedRun } from "./run.ts";

export function resumedOf(run: RecordedRun): Resumed {
  const outcomes: Outcome[] = [];
  const begun = new Map<string, Resource | undefined>();
  const states = new Map<string, JsonObject>();
  for (const { operation, isBegun, before, outcome, atProvider } of operationsOf(run)) {
    if (outcome !== undefined && outcome.status !== "not-done")
      outcomes.push({ operation, ...told(outcome) });
    else if (isBegun) {
      begun.set(operation.id, before === undefined ? undefined : resourceOf(before));
      if (atProvider !== undefined) states.set(operation.id, atProvider);
    }
  }
  return { outcomes, begun, atProvider: states };
}

/** The operations that are still to be carried out, or to be read back. */
export function remainingOf(run: RecordedRun): readonly RecordedOperation[] {
  return operationsOf(run).filter(({ outcome }) => outcome === undefined || outcome.status === "not-done");
}

function told({ status, reason, scimId, fingerprint, errorCode }: OutcomeLine): Omit<Outcome, "operation"> {
  return {
    status,
    reason: reason ?? undefined,
    scimId: scimId ?? undefined,
    ...(fingerprint === null ? {} : { fingerprint }),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}
