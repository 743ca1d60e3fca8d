/** People lost through nesting: Entra provisions direct members only (Microsoft: How provisioning works). */

import type { Directory, DirectoryGroup, GroupKey, UserKey } from "../directory/directory.ts";
import type { AccountRules } from "../idp/accounts/accounts.ts";
import type { NestedGroups } from "./warning.ts";

/** Each group that becomes a Team and has groups within. */
export function nestedGroupFindings(directory: Directory, rules: AccountRules): readonly NestedGroups[] {
  return rules.teams.flatMap(({ group }) => {
    const { nestedGroups: nested } = group;
    if (nested === undefined || nested.size === 0) return [];
    const within = [...nested].map((key) => directory.groups.get(key)?.name ?? key);
    const lost = [...peopleWithin(directory, group)].filter((key) => !group.members.has(key));
    const lostWithoutAccount = lost.filter((key) => hasNoAccount(directory, rules, key)).length;
    return [{ code: "nested-groups", group: group.name, within, lost, lostWithoutAccount }];
  });
}

function hasNoAccount(directory: Directory, rules: AccountRules, key: UserKey): boolean {
  const user = directory.users.get(key);
  return user !== undefined && rules.standing(user).presence !== "active";
}

/** Members of the groups within, at any depth; groups may hold each other. */
function peopleWithin(directory: Directory, { nestedGroups }: DirectoryGroup): ReadonlySet<UserKey> {
  const people = new Set<UserKey>();
  const seen = new Set<GroupKey>();
  const open = [...(nestedGroups ?? [])];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const group = directory.groups.get(key);
    if (seen.has(key) || group === undefined) continue;
    seen.add(key);
    for (const member of group.members) people.add(member);
    open.push(...(group.nestedGroups ?? []));
  }
  return people;
}
