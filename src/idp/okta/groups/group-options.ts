/** What of the settings a conversation about a group goes by. */

import type { GroupOptions } from "./groups.ts";
import type { RunContext } from "../run-context.ts";

export function groupOptions({ shapes, settings }: RunContext): GroupOptions {
  return {
    shapes,
    rename: settings.renameGroups,
    withMembers: settings.pushMembershipsImmediately,
    membersPerPatch: settings.membersPerPatch,
  };
}
