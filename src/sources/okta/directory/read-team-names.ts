/** The names of the Teams that groups are pushed to: those of the app's groups, which are the targets of push mappings. */

import { AppError, oneLine } from "../../../ground/errors.ts";
import { forEachBounded } from "../../../ground/for-each-bounded.ts";
import { findGroup } from "../../../management/okta/groups.ts";
import type { PushMapping } from "../../../management/okta/push-mappings.ts";
import type { GroupFinder } from "./read-groups.ts";

/**
 * By the id of the pushed group. A mapping without a target was never pushed: its Team will have the name of the group.
 * @throws AppError source-incomplete for a target that Okta does not show: the Team might have any name
 */
export async function readTeamNames(
  finder: GroupFinder,
  mappings: readonly PushMapping[],
  concurrency: number,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  await forEachBounded(mappings, concurrency, async (mapping) => {
    const { sourceGroupId, targetGroupId, status } = mapping;
    if (targetGroupId == null || targetGroupId === "") return;
    const target = await findTarget(finder, targetGroupId);
    if (target !== undefined) names.set(sourceGroupId, target.profile.name);
    // The app's group may have been deleted: that is an error of the mapping, which is reported.
    else if (status !== "ERROR") throw unreadable(mapping);
  });
  return names;
}

async function findTarget(
  { api, listsFirst, allGroups }: GroupFinder,
  id: string,
): ReturnType<typeof findGroup> {
  const listed = listsFirst ? (await allGroups(1)).get(id) : undefined;
  return listed ?? (await findGroup(api, id));
}

function unreadable({ sourceGroupId, targetGroupId }: PushMapping): AppError {
  return new AppError(
    "source-incomplete",
    `Okta does not show the group ${oneLine(targetGroupId ?? "")} of the app, to which the group ${oneLine(sourceGroupId)} is pushed: the name of its Team is unknown.`,
    {
      hint: "The credentials need okta.groups.read, and an admin role that reaches all groups: Read-only Administrator does. If the app's group was deleted, push the group again.",
    },
  );
}
