/** What Terraform owns in this organization, and what becomes of it once the provider owns Teams and members. */

import { allTeams, allUsers, type HeldTeam } from "../astro/held.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { TerraformResource } from "../terraform/resource.ts";
import { statusOf } from "./account-findings.ts";
import type { PreflightFinding } from "./finding.ts";
import { linkedTeams, nameIn, type Linked } from "./rehearsed-run.ts";
import type { PreflightSubject } from "./subject.ts";
import { found } from "./team-findings.ts";

export function terraformFindings(subject: PreflightSubject): readonly PreflightFinding[] {
  const { astro, terraform, run } = subject;
  if (terraform === undefined) return [];
  const teams = new Map(allTeams(astro.held).map((team) => [team.scimId, team]));
  const users = new Map(allUsers(astro.held).map((user) => [user.scimId, user]));
  const linked = linkedTeams(run);
  const elsewhere: string[] = [];
  const findings = terraform.flatMap((resource): readonly PreflightFinding[] => {
    const { address } = resource;
    if (resource.type === "astro_user_roles") {
      const user = users.get(resource.userId ?? "");
      if (user !== undefined) {
        return [{ kind: "terraform-user-roles", address, user: user.userName, status: statusOf(user) }];
      }
    } else {
      const team = teamOf(resource, teams, subject);
      if (team !== undefined) return ofTeam(resource, { team, pair: linked.get(team.key) }, subject);
    }
    elsewhere.push(address);
    return [];
  });
  if (terraform.length > 0 && elsewhere.length === terraform.length) {
    return [{ kind: "terraform-other-organization", addresses: elsewhere }];
  }
  const isNothing = elsewhere.length > 0 || terraform.length === 0;
  return [...findings, ...(isNothing ? [{ kind: "terraform-not-here", addresses: elsewhere } as const] : [])];
}

type TeamResource = Exclude<TerraformResource, { readonly type: "astro_user_roles" }>;

/** A Team that a plan creates has a name only. */
function teamOf(
  resource: TeamResource,
  teams: ReadonlyMap<string, HeldTeam>,
  { astro }: PreflightSubject,
): HeldTeam | undefined {
  if (resource.type !== "astro_team") return teams.get(resource.teamId ?? "");
  if (resource.id !== undefined) return teams.get(resource.id);
  return astro.held.teams.get(foldCase(resource.name));
}

interface TeamNow {
  readonly team: HeldTeam;
  /** Undefined where the provider does not link it. */
  readonly pair: Linked<HeldTeam> | undefined;
}

function ofTeam(
  resource: TeamResource,
  { team, pair }: TeamNow,
  subject: PreflightSubject,
): readonly PreflightFinding[] {
  const about = { address: resource.address, team: found(team) };
  switch (resource.type) {
    case "astro_team": {
      const { memberIds } = resource;
      return [
        { kind: "terraform-team", ...about, isLinked: pair !== undefined },
        ...(memberIds === undefined || pair === undefined
          ? []
          : [
              {
                kind: "terraform-members",
                ...about,
                members: addedTo(pair.after, memberIds, subject),
              } as const,
            ]),
      ];
    }
    case "astro_team_membership":
      return pair === undefined ? [] : [{ kind: "terraform-members", ...about, members: [] }];
    case "astro_team_roles":
      return [{ kind: "terraform-team-roles", ...about }];
  }
}

/** Members after the first run that are not in the list of Terraform. */
function addedTo(
  after: HeldTeam,
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
