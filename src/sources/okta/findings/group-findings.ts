/** Push groups that do not push, and groups of which the assignment and the push do not fit together. */

import { assignedUserKeys, type DirectoryGroup } from "../../../directory/directory.ts";
import type { FoundGroup, FoundUser, ProviderFinding } from "../../../directory/provider-finding.ts";
import type { PushMapping } from "../../../management/okta/push-mappings.ts";
import type { BuiltDirectory } from "../directory/build-directory.ts";

export function groupFindings(
  pushMappings: readonly PushMapping[],
  built: BuiltDirectory,
): readonly ProviderFinding[] {
  const { directory, groupKeys } = built;
  const groupOf = (id: string): DirectoryGroup | undefined => directory.groups.get(groupKeys.get(id) ?? "");
  return [
    ...pushMappings.flatMap((mapping) => mappingFinding(mapping, groupOf(mapping.sourceGroupId))),
    ...[...directory.assignedGroups].flatMap((key): ProviderFinding[] => {
      const group = directory.groups.get(key);
      if (group === undefined || directory.pushedGroups.has(key)) return [];
      return [{ kind: "group-assigned-not-pushed", group: found(group) }];
    }),
    ...pushedNotAssigned(built),
  ];
}

function mappingFinding(
  { status, errorSummary, lastPush }: PushMapping,
  group: DirectoryGroup | undefined,
): readonly ProviderFinding[] {
  if (group === undefined) return [];
  const about = { group: found(group), ...(lastPush == null ? {} : { lastPush }) };
  if (status === "INACTIVE") return [{ kind: "push-mapping-inactive", ...about }];
  if (status !== "ERROR") return [];
  const error = (errorSummary ?? "").trim().replace(/\.$/, "");
  return [{ kind: "push-mapping-failed", error: error === "" ? "Okta does not say why" : error, ...about }];
}

function pushedNotAssigned({ directory }: BuiltDirectory): readonly ProviderFinding[] {
  const assigned = assignedUserKeys(directory);
  return [...directory.pushedGroups].flatMap((key): ProviderFinding[] => {
    const group = directory.groups.get(key);
    if (group === undefined) return [];
    const members = [...group.members].flatMap((member): FoundUser[] => {
      const user = directory.users.get(member);
      if (user === undefined || user.status === "deactivated" || assigned.has(member)) return [];
      return [{ objectId: user.objectId, name: member }];
    });
    return members.length === 0 ? [] : [{ kind: "group-pushed-not-assigned", group: found(group), members }];
  });
}

function found({ objectId, name }: DirectoryGroup): FoundGroup {
  return { objectId, name };
}
