/** What `astro-scim teams` does. */

import { selectTeams, type SortBy, type TeamSortKey } from "../../astro/records/select.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import type { Io } from "../../world/io.ts";
import { targetUrl } from "../../target/resolve-target.ts";
import { rememberTeams } from "../completion/team-names.ts";
import type { ReadingFlags } from "../flags/reading-options.ts";
import { show, typeable } from "../next/next-steps.ts";
import { requireIam, withOrganization } from "../organization/read-organization.ts";
import { goneMeanwhile, requireTeam } from "../organization/require-one.ts";

export interface ListTeamsFlags extends ReadingFlags {
  readonly role?: string;
  readonly idpManaged?: boolean;
  readonly sort?: SortBy<TeamSortKey>;
}

/** Lists Teams; resolves to the exit status. */
export async function listTeams(io: Io, flags: ListTeamsFlags): Promise<number> {
  return withOrganization(io, flags, async ({ read, output, target }) => {
    const { role, idpManaged: isIdpManaged, sort } = flags;
    const { from, result: teams } = await read(async (reader) => {
      if (role !== undefined) requireIam(reader, "which Teams give a role");
      if (isIdpManaged !== undefined) requireIam(reader, "which Teams the identity provider manages");
      return selectTeams(await reader.teams(), { role, isIdpManaged }, sort);
    });
    await output.result("teams", { ...from, teams });
    const isWhole = role === undefined && isIdpManaged === undefined;
    if (isWhole) await rememberTeams(io, targetUrl(target), teams);
    return exitStatus.ok;
  });
}

/** Shows one Team, with roles and members; resolves to the exit status. */
export async function showTeam(io: Io, word: string, flags: ReadingFlags): Promise<number> {
  return withOrganization(io, flags, async ({ read, output, target }) => {
    const { from, result } = await read(async (reader) => {
      const team = await requireTeam(reader, word);
      const members = await reader.membersOf(team.id);
      if (members === undefined) throw goneMeanwhile("Team", team.name);
      return { team, members };
    });
    const members = result.members.toSorted((one, other) => (one.email < other.email ? -1 : 1));
    const [first] = members;
    const words = first === undefined ? ["teams"] : ["users", "show", typeable(first.email, first.id)];
    await output.result("team", {
      ...from,
      team: result.team,
      members,
      next: show(target, words, flags),
    });
    return exitStatus.ok;
  });
}
