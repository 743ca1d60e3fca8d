/** What Terraform owns in this organization, and what becomes of it once the provider owns Teams and members. */

import { allTeams, allUsers, type HeldTeam } from "../astro/held.ts";
import { foldCase } from "../ground/fold-case.ts";
import { statusOf } from "./account-findings.ts";
import type { PreflightFinding } from "./finding.ts";
import { linkedTeams, nameIn } from "./rehearsed-run.ts";
import type { TerraformResource } from "../terraform/resource.ts";
import type { PreflightSubject } from "./subject.ts";
import { found } from "./team-findings.ts";

/** Resources of Teams and users that this organization does not have are those of another one. */
export function terraformFindings(subject: PreflightSubject): readonly PreflightFinding[] {
  const { astro, terraform } = subject;
  const teams = new Map(allTeams(astro.held).map((team) => [team.scimId, team]));
  const users = new Map(allUsers(astro.held).map((user) => [user.scimId, user]));
  return terraform.flatMap((resource): readonly PreflightFinding[] => {
    const { address } = resource;
    if (resource.type === "astro_user_roles") {
      const user = users.get(resource.userId);
      if (user === undefined) return [];
      return [{ kind: "terraform-user-roles", address, user: user.userName, status: statusOf(user) }];
    }
    const id = resource.type === "astro_team" ? resource.id : resource.teamId;
    // A Team that a plan creates has a name only.
    const named = id === undefined && resource.type === "astro_team" ? foldCase(resource.name) : undefined;
    const team = id === undefined ? astro.held.teams.get(named ?? "") : teams.get(id);
    return team === undefined ? [] : ofTeam(resource, team, subject);
  });
}

function ofTeam(
  resource: Exclude<TerraformResource, { readonly type: "astro_user_roles" }>,
  team: HeldTeam,
  subject: PreflightSubject,
): readonly PreflightFinding[] {
  const { address } = resource;
  const about = { address, team: found(team) };
  const linked = linkedTeams(subject.run).get(team.key);
  switch (resource.type) {
    case "astro_team": {
      const { memberIds } = resource;
      const added =
        memberIds === undefined || linked === undefined ? [] : addedTo(linked, memberIds, subject);
      return [
        { kind: "terraform-team", ...about, isLinked: linked !== undefined },
        ...(memberIds === undefined || linked === undefined
          ? []
          : [{ kind: "terraform-members", ...about, members: added } as const]),
      ];
    }
    case "astro_team_membership":
      return linked === undefined ? [] : [{ kind: "terraform-members", ...about, members: [] }];
    case "astro_team_roles":
      return [{ kind: "terraform-team-roles", ...about }];
  }
}

/** Members after the first run that are not in the list of Terraform. */
function addedTo(
  { after }: { readonly after: HeldTeam },
  memberIds: readonly string[],
  { astro, run }: PreflightSubject,
): readonly string[] {
  const owned = new Set(memberIds);
  const keys = new Set(
    allUsers(astro.held)
      .filter(({ scimId }) => owned.has(scimId))
      .map(({ key }) => key),
  );
  return [...after.members]
    .filter((key) => !keys.has(key))
    .map((key) => nameIn(run, key))
    .toSorted();
}
