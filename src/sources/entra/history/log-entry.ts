/** A record of the provisioning log as entries of a story (Microsoft Graph: provisioningObjectSummary). */

import type { LoggedAction, LoggedObject, ProviderLogEntry } from "../../../directory/provider-history.ts";
import type { DetailedRecord } from "../../../management/graph/provisioning-log.ts";

const ofUser: Readonly<Record<string, LoggedAction>> = {
  create: "account-created",
  update: "account-changed",
  disable: "account-deactivated",
  delete: "account-deleted",
};

const ofGroup: Readonly<Record<string, LoggedAction>> = {
  create: "team-created",
  update: "team-changed",
  disable: "team-deleted",
  delete: "team-deleted",
};

/** Of a group, the members that came and went follow it. */
export function logEntry(record: DetailedRecord): readonly ProviderLogEntry[] {
  const { activityDateTime: at, sourceIdentity, targetIdentity, provisioningStatusInfo } = record;
  const { errorInformation } = provisioningStatusInfo;
  const isGroup = /group/i.test(sourceIdentity?.identityType ?? "");
  const action = (record.provisioningAction ?? "other").toLowerCase();
  const outcome = outcomeOf(record);
  const subject: LoggedObject = { id: known(sourceIdentity?.id), name: known(targetIdentity?.displayName) };
  const target = known(targetIdentity?.id);
  const common = { at, by: undefined, outcome, code: known(errorInformation?.errorCode) };
  const entry: ProviderLogEntry = {
    ...common,
    action: (isGroup ? ofGroup : ofUser)[action] ?? "other",
    text: `${sentenceOf(action, isGroup)}${outcome === "success" ? "" : outcome === "failure" ? " failed" : " skipped"}`,
    reason: known(errorInformation?.reason) ?? lastStep(record),
    objects: [subject, ...(target === undefined ? [] : [{ id: target, name: undefined }])],
  };
  const members = (record.modifiedProperties ?? []).flatMap(({ displayName, oldValue, newValue }) => {
    if (displayName !== "members") return [];
    const id = known(newValue) ?? known(oldValue);
    const isAdded = known(newValue) !== undefined;
    const change: ProviderLogEntry = {
      ...common,
      action: isAdded ? "member-added" : "member-removed",
      text: isAdded ? "member added" : "member removed",
      reason: undefined,
      objects: [subject, { id: id?.replaceAll('"', ""), name: undefined }],
    };
    return [change];
  });
  return [entry, ...members];
}

function sentenceOf(action: string, isGroup: boolean): string {
  const what = isGroup ? "Team" : "account";
  switch (action) {
    case "create":
      return `create the ${what}`;
    case "update":
      return `update the ${what}`;
    case "disable":
      return `disable the ${what}`;
    case "delete":
      return `delete the ${what}`;
    default:
      return "provisioning";
  }
}

function outcomeOf({ provisioningStatusInfo: { status } }: DetailedRecord): ProviderLogEntry["outcome"] {
  switch (status.toLowerCase()) {
    case "failure":
      return "failure";
    case "skipped":
      return "skipped";
    default:
      return "success";
  }
}

/** A skipped object has its reason in its steps. */
function lastStep({ provisioningSteps, provisioningStatusInfo }: DetailedRecord): string | undefined {
  if (provisioningStatusInfo.status.toLowerCase() === "success") return undefined;
  return known((provisioningSteps ?? []).at(-1)?.description);
}

function known(text: string | null | undefined): string | undefined {
  return text == null || text === "" ? undefined : text.replace(/\.$/, "");
}
