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

const ending: Readonly<Record<ProviderLogEntry["outcome"], string>> = {
  success: "",
  failure: " failed",
  skipped: " skipped",
};

/** Of a group, the members that came and went follow it. */
export function logEntry(record: DetailedRecord): readonly ProviderLogEntry[] {
  const { provisioningStatusInfo, sourceIdentity } = record;
  const isGroup = /group/i.test(sourceIdentity?.identityType ?? "");
  const action = (record.provisioningAction ?? "other").toLowerCase();
  const outcome = outcomeOf(record);
  const objects = objectsOf(record);
  const entry: ProviderLogEntry = {
    at: record.activityDateTime,
    by: undefined,
    outcome,
    code: known(provisioningStatusInfo.errorInformation?.errorCode),
    action: (isGroup ? ofGroup : ofUser)[action] ?? "other",
    text: `${sentenceOf(action, isGroup)}${ending[outcome]}`,
    reason: known(provisioningStatusInfo.errorInformation?.reason) ?? lastStep(record),
    objects,
  };
  return [entry, ...memberEntries(record, entry)];
}

/** The object at the source, and its counterpart at the target. */
function objectsOf({ sourceIdentity, targetIdentity }: DetailedRecord): readonly LoggedObject[] {
  const target = known(targetIdentity?.id);
  const source = { id: known(sourceIdentity?.id), name: known(targetIdentity?.displayName) };
  return target === undefined ? [source] : [source, { id: target, name: undefined }];
}

function memberEntries(
  { modifiedProperties }: DetailedRecord,
  entry: ProviderLogEntry,
): readonly ProviderLogEntry[] {
  return (modifiedProperties ?? [])
    .filter(({ displayName }) => displayName === "members")
    .map(({ oldValue, newValue }) => {
      const added = known(newValue);
      const id = (added ?? known(oldValue))?.replaceAll('"', "");
      return {
        ...entry,
        action: added === undefined ? "member-removed" : "member-added",
        text: added === undefined ? "member removed" : "member added",
        reason: undefined,
        objects: [...entry.objects.slice(0, 1), { id, name: undefined }],
      };
    });
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
