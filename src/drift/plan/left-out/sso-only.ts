/** What a plan says of users who are assigned for single sign-on alone: repairs leave them to the provider's console. */

import { foldCase } from "../../../ground/text/fold-case.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import type { Drift } from "../../compare/diff.ts";
import type { SsoOnlyEntry } from "../../compare/users/sso-only.ts";
import type { LeftOut } from "./left-out.ts";
import { isSelected, type Names, type Selection } from "../selection.ts";

/** The user of that name or SCIM id, where it is one of them. */
export function ssoOnlyNamed({ ssoOnly }: Drift, name: string): SsoOnlyEntry | undefined {
  return ssoOnly.find(
    ({ user, userName, scimId }) =>
      name === scimId ||
      [user, userName].some((one) => one !== undefined && foldCase(one) === foldCase(name)),
  );
}

/** An account that a repair makes has no link in the provider, so that the leaver would stay active. */
export const whyNotProvisioned =
  'was assigned before Provisioning was switched on, so the provider does not manage an account; use "Provision User" on the app\'s Assignments tab, or unassign the user and assign it again';

/** Without the users whom a repair leaves to the console, where they were asked for by name. */
export function withoutSsoOnlyUsers(drift: Drift, { users, teams }: Selection): Selection {
  if (users === "all") return { users, teams };
  return { users: users.filter((name) => ssoOnlyNamed(drift, name) === undefined), teams };
}

/** Of the Teams that were asked for, those of whose groups such members are left out. */
export function withoutSsoOnlyMembers({ expected, held }: Drift, teams: Names): readonly LeftOut[] {
  return [...expected.teams.values()].flatMap((team): LeftOut[] => {
    const { ssoOnlyMembers = new Set<string>(), displayName: name } = team;
    if (ssoOnlyMembers.size === 0 || !isSelected(teams, team, held.teams.get(team.key))) return [];
    const names = [...ssoOnlyMembers].map((key) => expected.users.get(key)?.userName ?? key);
    const reason = `does not get the members who were assigned before Provisioning was switched on: ${nameList(names)}`;
    return [{ code: "sso-only-members", kind: "team", name, reason }];
  });
}
