/** The groups whose members may be changed (`--change-group`): Okta's own, and none that a rule fills. */

import { AppError, oneLine } from "../../../ground/errors.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { listGroupRules, listGroupsNamed, type GroupRule } from "../../../management/okta/groups.ts";

/** Names by the ids of the groups. */
export type OpenGroups = ReadonlyMap<string, string>;

/**
 * Whatever is unknown of a group closes it: another directory or a rule would undo the change, or be undone by it.
 * @throws AppError refused, for a group that may not be changed; not-found; and where Okta cannot be read
 */
export async function openGroups(api: ManagementApi, names: readonly string[]): Promise<OpenGroups> {
  if (names.length === 0) return new Map();
  const rules = await rulesOf(api);
  const open = new Map<string, string>();
  for (const name of names) {
    const all = await listGroupsNamed(api, name);
    const exact = all.filter(({ profile }) => profile.name === name);
    // Okta's own group Everyone may stand beside one called everyone.
    const found =
      exact.length > 0 ? exact : all.filter(({ profile }) => foldCase(profile.name) === foldCase(name));
    const [group, ...others] = found;
    if (group === undefined) throw new AppError("not-found", `Okta shows no group "${oneLine(name)}".`);
    if (others.length > 0) throw closed(name, "several groups in Okta have this name");
    if (group.type !== "OKTA_GROUP") {
      throw closed(
        name,
        `its members come from another directory or from Okta itself (${group.type ?? "no type"})`,
      );
    }
    if (rules === undefined)
      throw closed(name, "it is unknown whether a group rule fills it: Okta does not show the rules");
    const rule = rules.find((one) => assigns(one, group.id));
    if (rule !== undefined) throw closed(name, `the group rule "${oneLine(rule.name ?? rule.id)}" fills it`);
    open.set(group.id, group.profile.name);
  }
  return open;
}

function assigns({ actions }: GroupRule, groupId: string): boolean {
  return actions?.assignUserToGroups?.groupIds?.includes(groupId) === true;
}

/** Undefined where the credentials may not read them. */
async function rulesOf(api: ManagementApi): Promise<readonly GroupRule[] | undefined> {
  try {
    return await listGroupRules(api);
  } catch (error) {
    if (error instanceof AppError && error.code === "permission-missing") return undefined;
    throw error;
  }
}

function closed(name: string, why: string): AppError {
  return new AppError("refused", `--change-group: the group "${oneLine(name)}" cannot be changed: ${why}.`, {
    hint: "Change the group's members where they come from.",
  });
}
