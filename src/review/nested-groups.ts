/** People lost through nesting: Entra provisions direct members only (Microsoft: How provisioning works). */

import type { Directory, DirectoryGroup, GroupKey, UserKey } from "../directory/directory.ts";
import type { AccountRules } from "../idp/accounts/accounts.ts";
import { plural } from "../ground/plural.ts";

/** One sentence for each group that becomes a Team and has groups within. */
export function nestedGroupWarnings(directory: Directory, rules: AccountRules): readonly string[] {
  return rules.teams.flatMap(({ group }) => {
    const { nestedGroups } = group;
    if (nestedGroups === undefined || nestedGroups.size === 0) return [];
    const within = [...nestedGroups].map((key) => directory.groups.get(key)?.name ?? key).join(", ");
    const only = [...peopleWithin(directory, group)].filter((key) => !group.members.has(key));
    const lost =
      only.length === 0
        ? "users who are only in those are not provisioned"
        : lostText(directory, rules, only);
    return [`Entra ID does not read the nested groups of ${group.name} (${within}): ${lost}.`];
  });
}

/** As many names as a sentence bears. */
const mostNames = 3;

function lostText(directory: Directory, rules: AccountRules, only: readonly UserKey[]): string {
  const names = only.slice(0, mostNames).join(", ");
  const more = only.length > mostNames ? ", …" : "";
  const withoutAccount = only.filter((key) => {
    const user = directory.users.get(key);
    return user !== undefined && rules.standing(user).presence !== "active";
  }).length;
  const accounts = withoutAccount === 0 ? "" : `; ${plural(withoutAccount, "user")} without an account`;
  return `${plural(only.length, "user")} only there and not in the Team (${names}${more})${accounts}`;
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
