/** Who is assigned and differs from what people expect: guests, users without a mail, users of groups within groups. */

import type { Directory, DirectoryUser } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { FoundGroup, ProviderFinding } from "../../../directory/provider-finding.ts";
import { compileUserMapping } from "../../../idp/entra/mapping/mapping.ts";
import { readerOfUser } from "../../../idp/entra/mapping/source-attributes.ts";
import type { BuiltDirectory } from "../directory/build-directory.ts";
import type { ReadGroup } from "../directory/read-groups.ts";
import type { People } from "./people.ts";

export function guestFindings(people: People): readonly ProviderFinding[] {
  return people.inScope
    .filter(({ profile }) => profile["userType"] === "Guest")
    .map((user) => ({ kind: "user-is-guest", user: people.found(user) }));
}

/** Users in scope of whom the mapping of userName reads no value at all: Entra skips them. */
export function mailFindings(
  people: People,
  { directory }: Pick<BuiltDirectory, "directory">,
  settings: EntraAppSettings,
): readonly ProviderFinding[] {
  const row = compileUserMapping(settings, directory).rows.find(
    ({ target }) => target.path.text === "userName",
  );
  const sources = row?.sources ?? [];
  if (sources.length === 0) return [];
  return people.inScope
    .filter((user) => sources.every((name) => isEmptyOf(user, name)) && people.userNameOf(user) === undefined)
    .map((user) => ({ kind: "user-without-mail", user: people.found(user), attribute: sources.join(", ") }));
}

function isEmptyOf(user: DirectoryUser, attribute: string): boolean {
  const value = readerOfUser(user, false)(attribute);
  return value === null || value === "";
}

/**
 * Users of groups within an assigned group who come into scope by no other way: only direct members are provisioned
 * (Microsoft: How provisioning works, nested groups).
 */
export function nestingFindings(
  people: People,
  { directory, userKeys, groupKeys }: BuiltDirectory,
  {
    groups,
    settings,
  }: { readonly groups: ReadonlyMap<string, ReadGroup>; readonly settings: EntraAppSettings },
): readonly ProviderFinding[] {
  if (settings.scope === "all") return [];
  const { inScope } = compileUserMapping(settings, directory);
  // A group that is no security group assigns nobody, be it directly or through another one.
  const assigned = [...groups.values()].filter(
    ({ id, securityEnabled }) => securityEnabled && isAssigned(directory, groupKeys.get(id)),
  );
  const direct = new Set(assigned.flatMap(({ members }) => members));
  return assigned.flatMap((group) => {
    const within = groupsWithin(group, groups);
    const members = new Set([...(group.transitive ?? []), ...within.flatMap((one) => one.members)]);
    return [...members].flatMap((id): readonly ProviderFinding[] => {
      const user = directory.users.get(userKeys.get(id) ?? "");
      // A user who is assigned in another way is not lost; nor is one who would not be provisioned as a direct member either.
      if (user === undefined || direct.has(id) || directory.assignedUsers.has(user.key)) return [];
      if (user.status !== "active" || !inScope(readerOfUser(user, false))) return [];
      const through = within.filter((one) => one.members.includes(id)).map(foundGroup);
      return [{ kind: "user-only-nested", user: people.found(user), group: foundGroup(group), through }];
    });
  });
}

function isAssigned({ assignedGroups }: Directory, key: string | undefined): boolean {
  return key !== undefined && assignedGroups.has(key);
}

/** Every group within it, at any depth; groups can be in each other. */
function groupsWithin(group: ReadGroup, groups: ReadonlyMap<string, ReadGroup>): readonly ReadGroup[] {
  const found = new Map<string, ReadGroup>();
  const visit = ({ nested }: ReadGroup): void => {
    for (const id of nested) {
      const one = groups.get(id);
      if (one === undefined || found.has(id) || id === group.id) continue;
      found.set(id, one);
      visit(one);
    }
  };
  visit(group);
  return [...found.values()];
}

function foundGroup({ id, name }: ReadGroup): FoundGroup {
  return { objectId: id, name };
}
