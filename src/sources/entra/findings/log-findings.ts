/**
 * What the provisioning log last says of each user and group: a failure waits in escrow and is tried again; who was skipped
 * although the rules say nothing of it is named.
 */

import type { FoundGroup, FoundUser, ProviderFinding } from "../../../directory/provider-finding.ts";
import type { ProvisioningRecord } from "../../../management/graph/provisioning-log.ts";
import type { BuiltDirectory } from "../directory/build-directory.ts";
import type { People } from "./people.ts";

export function logFindings(
  records: readonly ProvisioningRecord[],
  people: People,
  { directory, userKeys, groupKeys }: BuiltDirectory,
): readonly ProviderFinding[] {
  return [...lastStories(records)].flatMap(([id, story]): readonly ProviderFinding[] => {
    if (story.outcome === "success") return [];
    const user = directory.users.get(userKeys.get(id) ?? "");
    if (user !== undefined) {
      if (story.outcome === "failure") return [userFailure(people.found(user), story)];
      // Somebody out of scope, or without a userName, is skipped as the rules say.
      const isExplained = !people.isInScope(user) || people.userNameOf(user) === undefined;
      return isExplained ? [] : [userSkipped(people.found(user), story)];
    }
    const group = directory.groups.get(groupKeys.get(id) ?? "");
    if (group === undefined || story.outcome === "skipped") return [];
    return [groupFailure({ objectId: group.objectId, name: group.name }, story)];
  });
}

/** The last outcome of an object, and since when it is the same. */
interface Story {
  readonly outcome: "success" | "failure" | "skipped";
  readonly last: ProvisioningRecord;
  readonly since: string;
}

/** By the object id, in the order of the log's times: the last record counts, and a success ends what was before. */
function lastStories(records: readonly ProvisioningRecord[]): ReadonlyMap<string, Story> {
  const stories = new Map<string, Story>();
  // Of records with one time, the list has the newest first.
  const ordered = records
    .toReversed()
    .map((record) => ({ record, at: Date.parse(record.activityDateTime) }))
    .toSorted((one, other) => one.at - other.at);
  for (const { record } of ordered) {
    const id = record.sourceIdentity?.id;
    if (id == null || id === "") continue;
    const outcome = outcomeOf(record);
    const before = stories.get(id);
    const since = before?.outcome === outcome ? before.since : record.activityDateTime;
    stories.set(id, { outcome, last: record, since });
  }
  return stories;
}

/** The target has everything already: nothing to do is as good as done (Microsoft: How provisioning works, RedundantExport). */
const nothingToDo = "RedundantExport";

function outcomeOf(record: ProvisioningRecord): Story["outcome"] {
  const { status, errorInformation } = record.provisioningStatusInfo;
  const reasons = [errorInformation?.errorCode, ...(record.provisioningSteps ?? []).map(skipReasonOf)];
  switch (status.toLowerCase()) {
    case "failure":
      return "failure";
    case "skipped":
      return reasons.includes(nothingToDo) ? "success" : "skipped";
    default:
      // A warning was carried out all the same.
      return "success";
  }
}

type Step = NonNullable<ProvisioningRecord["provisioningSteps"]>[number];

function skipReasonOf({ details }: Step): string | undefined {
  return details?.SkipReason ?? undefined;
}

function userFailure(user: FoundUser, story: Story): ProviderFinding {
  return { kind: "user-in-escrow", user, ...failureOf(story) };
}

function groupFailure(group: FoundGroup, story: Story): ProviderFinding {
  return { kind: "group-in-escrow", group, ...failureOf(story) };
}

function failureOf({ last, since }: Story): {
  readonly code?: string;
  readonly error?: string;
  readonly since: string;
} {
  const { errorCode } = last.provisioningStatusInfo.errorInformation ?? {};
  const error = reasonOf(last, "failure");
  return {
    ...(errorCode == null || errorCode === "" ? {} : { code: errorCode }),
    ...(error === undefined ? {} : { error }),
    since,
  };
}

function userSkipped(user: FoundUser, { last, since }: Story): ProviderFinding {
  const { errorCode } = last.provisioningStatusInfo.errorInformation ?? {};
  const word = (last.provisioningSteps ?? []).map(skipReasonOf).findLast((one) => one !== undefined);
  const reason = reasonOf(last, "skipped") ?? word ?? errorCode ?? "no reason is given";
  return { kind: "user-skipped", user, reason, since };
}

/** What the log says for people: of the record, else of its last step with that status, else of its last step. */
function reasonOf(
  { provisioningStatusInfo, provisioningSteps }: ProvisioningRecord,
  status: string,
): string | undefined {
  const { reason } = provisioningStatusInfo.errorInformation ?? {};
  if (reason != null && reason !== "") return reason;
  const steps = (provisioningSteps ?? []).filter(
    ({ description }) => description != null && description !== "",
  );
  const step = steps.findLast((one) => one.status?.toLowerCase() === status) ?? steps.at(-1);
  return step?.description ?? undefined;
}
