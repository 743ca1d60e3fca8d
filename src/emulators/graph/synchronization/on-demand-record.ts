/**
 * What provisioning on demand answers about one object: the record of the log with the names and the case of this call (Microsoft
 * Graph: synchronizationJob: provisionOnDemand, examples).
 */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import type { JobEvent } from "../../company/company.ts";
import type { GraphContext } from "../graph-route.ts";
import { provisioningRecord, statusOf } from "../log/provisioning-record.ts";

/** What `key` holds in the form that has the result there. */
export function onDemandSummary(event: JobEvent): JsonObject {
  const { status, code, reason } = statusOf(event);
  return {
    result: results[status],
    details: status === "success" ? {} : { errorCode: code, errorMessage: reason },
  };
}

const results = { success: "Success", skipped: "Skipped", failure: "Failure" } as const;

export function onDemandRecord(event: JobEvent, context: GraphContext): JsonObject {
  const record = provisioningRecord(event, context);
  const { status, code, reason, details } = statusOf(event);
  const isFailure = status === "failure";
  const at = event.at.toISOString();
  return {
    action: capitalized(record["provisioningAction"]),
    changeId: record["changeId"] ?? null,
    startTime: at,
    endTime: at,
    modifiedProperties: record["modifiedProperties"] ?? [],
    provisioningSteps: entriesOf(record["provisioningSteps"]).map((step) => ({
      name: step["name"] ?? null,
      type: capitalized(step["provisioningStepType"]),
      status: capitalized(step["status"]),
      description: step["description"] ?? null,
      timestamp: at,
      details: status === "skipped" && step["status"] === "skipped" ? { SkipReason: code } : {},
    })),
    reportableIdentifier: event.report.subject.name,
    statusInfo: {
      status: results[status],
      errorCode: isFailure ? code : null,
      reason: isFailure ? reason : null,
      additionalDetails: isFailure ? details : null,
      errorCategory: isFailure ? "Failure" : null,
      recommendedAction: null,
    },
    sourceIdentity: identityOf(record["sourceIdentity"]),
    sourceSystem: systemOf(record["sourceSystem"]),
    targetIdentity: identityOf(record["targetIdentity"]),
    targetSystem: systemOf(record["targetSystem"]),
  };
}

function entriesOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter((entry) => isJsonObject(entry)) : [];
}

/** `Import` of `import`. */
function capitalized(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value.charAt(0).toUpperCase() + value.slice(1) : null;
}

function identityOf(value: JsonValue | undefined): JsonObject {
  const identity = isJsonObject(value) ? value : {};
  return {
    id: identity["id"] ?? null,
    type: identity["identityType"] ?? null,
    displayName: identity["displayName"] ?? null,
    details: null,
  };
}

function systemOf(value: JsonValue | undefined): JsonObject {
  const system = isJsonObject(value) ? value : {};
  return { id: system["id"] ?? null, name: system["displayName"] ?? null, details: null };
}
