/** What the engine did about one object, as the provisioning log has it (Microsoft Graph: provisioningObjectSummary). */

import type { JsonObject } from "../../../ground/json.ts";
import type { JobReport } from "../../../idp/run/events.ts";
import type { JobEvent } from "../../company/company.ts";
import type { GraphContext } from "../graph-route.ts";
import { guidOf } from "../graph-ids.ts";
import { settingsOf } from "../routes/service-principals.ts";
import { cycleIdOf } from "../synchronization/executions.ts";
import {
  groupObjectName,
  jobIdOf,
  sourceDirectory,
  targetDirectory,
  targetGroupName,
  targetUserName,
  userObjectName,
} from "../synchronization/job-names.ts";

export interface RecordStatus {
  readonly status: "success" | "skipped" | "failure";
  readonly code: string;
  readonly reason: string;
  readonly details: string | null;
}

export function statusOf({ report }: JobEvent): RecordStatus {
  const { outcome } = report;
  switch (outcome.kind) {
    case "done":
      return { status: "success", code: "", reason: "", details: null };
    case "nothing-sent":
      return { status: "skipped", code: codeIn(outcome.why), reason: outcome.why, details: null };
    case "failed": {
      const { code = "InternalError", sentence, explanation } = outcome.failure;
      return { status: "failure", code, reason: sentence, details: explanation ?? null };
    }
    case "interrupted":
      return { status: "failure", code: "InternalError", reason: "The run was interrupted.", details: null };
    default:
      return outcome satisfies never;
  }
}

/** `RedundantExport` of "RedundantExport: the target has these values"; other reasons are about scope. */
function codeIn(why: string): string {
  return /^([A-Z]\w+):/.exec(why)?.[1] ?? "NotEffectivelyEntitled";
}

export function provisioningRecord(event: JobEvent, context: GraphContext): JsonObject {
  const { report, at } = event;
  const { company } = context;
  const settings = settingsOf(context);
  const { subject } = report;
  const isUser = subject.kind === "user";
  const jobId = jobIdOf(context);
  const target = targetDirectory(settings);
  return {
    id: event.id,
    activityDateTime: at.toISOString(),
    tenantId: context.tenantId,
    jobId,
    cycleId: cycleIdOf(jobId, event.cycle),
    changeId: guidOf(event.id, "change"),
    provisioningAction: actionOf(report, scimIdOf(report, context) !== null),
    durationInMilliseconds: 0,
    initiatedBy: { id: "", displayName: "Azure AD Provisioning Service", initiatorType: "system" },
    servicePrincipal: { id: company.appId, displayName: company.appName },
    sourceSystem: { id: guidOf("system", sourceDirectory), displayName: sourceDirectory, details: {} },
    targetSystem: {
      id: guidOf("system", target),
      displayName: target,
      details: { ApplicationId: guidOf(company.appId, "appId"), ServicePrincipalId: company.appId },
    },
    sourceIdentity: {
      id: subject.objectId,
      displayName: sourceName(report, context),
      identityType: isUser ? userObjectName : groupObjectName,
      details: {},
    },
    targetIdentity: {
      id: scimIdOf(report, context) ?? "",
      displayName: subject.name,
      identityType: isUser ? targetUserName : targetGroupName,
      details: {},
    },
    provisioningStatusInfo: statusInfo(statusOf(event)),
    provisioningSteps: stepsOf(event),
    modifiedProperties: memberChanges(report, context),
  };
}

function statusInfo({ status, code, reason, details }: RecordStatus): JsonObject {
  return {
    status,
    errorInformation:
      status === "success"
        ? null
        : {
            errorCode: code,
            reason,
            additionalDetails: details,
            errorCategory: status === "failure" ? "failure" : "nonServiceFailure",
            recommendedAction: null,
          },
  };
}

function sourceName({ subject }: JobReport, { current }: GraphContext): string {
  const name = current().userById.get(subject.objectId)?.profile["displayName"];
  return typeof name === "string" ? name : subject.name;
}

/** Of an object that is linked. */
function scimIdOf({ subject }: JobReport, { company }: GraphContext): string | null {
  const { accounts, teams } = company.links();
  const account = accounts.find(({ objectId }) => objectId === subject.objectId);
  return account?.scimId ?? teams.get(subject.objectId) ?? null;
}

const actions = {
  created: "create",
  linked: "update",
  reactivated: "update",
  enabled: "update",
  updated: "update",
  deactivated: "disable",
  disabled: "disable",
  deleted: "delete",
  imported: "other",
} as const;

function actionOf({ outcome, what }: JobReport, isLinked: boolean): string {
  if (outcome.kind === "nothing-sent")
    return outcome.why.startsWith("StagedDelete") ? "stagedDelete" : "other";
  if (outcome.kind === "done") return actions[outcome.did];
  if (what === "delete-user" || what === "delete-group") return "delete";
  return isLinked ? "update" : "create";
}

function stepsOf(event: JobEvent): readonly JsonObject[] {
  const { status, code, reason } = statusOf(event);
  const { outcome } = event.report;
  const step = (name: string, type: string, result: string, description: string): JsonObject => ({
    name,
    provisioningStepType: type,
    status: result,
    description,
    details: code === "" ? {} : { errorCode: code },
  });
  const imported = step(
    "EntryImport",
    "import",
    "success",
    `Received ${event.report.subject.name} from ${sourceDirectory}`,
  );
  if (status === "skipped") {
    return [imported, step("EntrySynchronizationSkip", "export", "skipped", reason)];
  }
  const scoped = step("EntrySynchronizationScoping", "scoping", "success", "It is in scope of provisioning");
  const isNew = outcome.kind === "done" && outcome.did === "created";
  const exported = step(
    isNew ? "EntryExportAdd" : "EntryExportUpdate",
    "export",
    status,
    status === "success" ? "It was exported" : reason,
  );
  return [imported, scoped, exported];
}

/** Of a group: a member that came is a new value, one that went an old one (Microsoft: Provisioning logs). */
function memberChanges({ outcome }: JobReport, { company }: GraphContext): readonly JsonObject[] {
  if (outcome.kind !== "done" || outcome.group === undefined) return [];
  const { added, removed } = outcome.group;
  if (added.length + removed.length === 0) return [];
  const ids = new Map(company.links().accounts.map(({ userName, objectId }) => [userName, objectId]));
  const change = (oldValue: string | null, newValue: string | null): JsonObject => ({
    displayName: "members",
    oldValue,
    newValue,
  });
  return [
    ...added.map((name) => change(null, ids.get(name) ?? name)),
    ...removed.map((name) => change(ids.get(name) ?? name, null)),
  ];
}
