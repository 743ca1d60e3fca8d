/** The group through which a user is assigned, and whether it may be changed. */

import type { AssigningGroup } from "../../../drift/plan/operations/provider-operation.ts";
import type { AppUser } from "../../../management/okta/app-users.ts";
import type { OpenGroups } from "./open-groups.ts";

/** Undefined for a direct assignment; a text says why the group is not changed. */
export function assigningGroup(
  { scope, _links }: AppUser,
  groups: OpenGroups,
): AssigningGroup | string | undefined {
  if (scope === "USER") return undefined;
  const link = _links?.group;
  const groupId = link?.href.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? "";
  const open = groups.get(groupId);
  if (open !== undefined) return { groupId, name: open };
  const called = link?.name ?? groupId;
  return called === ""
    ? "is assigned through a group that Okta does not name: remove and assign it in its console"
    : `is assigned through the group ${called} in Okta: add --change-group ${JSON.stringify(called)} to take the user out of it and add the user again (other apps of the group notice)`;
}
