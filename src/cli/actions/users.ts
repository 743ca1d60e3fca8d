/** What `astro-scim users` does. */

import type { OrganizationReader, TeamRecord, UserRecord } from "../../astro/records/record.ts";
import { selectUsers, type SortBy, type UserSortKey } from "../../astro/records/select.ts";
import { effectiveRoles, type EffectiveRoles } from "../../astro/records/effective-roles.ts";
import { exitStatus } from "../../ground/exit-status.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Target } from "../../target/resolve-target.ts";
import type { Io } from "../../world/io.ts";
import type { ReadingFlags } from "../flags/reading-options.ts";
import { show, typeable } from "../next/next-steps.ts";
import { requireIam, withOrganization } from "../organization/read-organization.ts";
import { goneMeanwhile, requireTeam, requireUser } from "../organization/require-one.ts";

export interface ListUsersFlags extends ReadingFlags {
  readonly role?: string;
  readonly status?: string;
  /** Name or id. */
  readonly team?: string;
  readonly sort?: SortBy<UserSortKey>;
}

/** Lists users; resolves to the exit status. */
export async function listUsers(io: Io, flags: ListUsersFlags): Promise<number> {
  return withOrganization(io, flags, async ({ read, output, target }) => {
    const { from, result: users } = await read(async (reader) => {
      refuseWhatScimCannotTell(reader, flags);
      const all = await reader.users();
      const among = flags.team === undefined ? undefined : await idsIn(reader, flags.team);
      return selectUsers(all, { role: flags.role, status: flags.status, among }, flags.sort);
    });
    if (flags.role !== undefined) output.say(printable(notThroughTeams(flags.role, target, flags)));
    await output.result("users", { ...from, users });
    return exitStatus.ok;
  });
}

/** An empty list must not pass for a role that nobody has. */
function notThroughTeams(role: string, target: Target, flags: ReadingFlags): string {
  const { command } = show(target, ["teams", "--role", role], flags);
  return `Users who have the role ${role} only through a Team are not listed. To list these Teams: ${command}`;
}

/** Shows one user, with Teams and roles; resolves to the exit status. */
export async function showUser(io: Io, word: string, flags: ReadingFlags): Promise<number> {
  return withOrganization(io, flags, async ({ read, output, target }) => {
    const { from, result } = await read(async (reader) => {
      const user = await requireUser(reader, word);
      const teams = await reader.teamsOf(user.id);
      if (teams === undefined) throw goneMeanwhile("user", user.email);
      return { user, teams };
    });
    const { user, teams } = result;
    const [first] = teams;
    await output.result("user", {
      ...from,
      user,
      teams,
      effective: effectiveRolesOf(user, teams),
      next: show(
        target,
        first === undefined ? ["users"] : ["teams", "show", typeable(first.name, first.id)],
        flags,
      ),
    });
    return exitStatus.ok;
  });
}

/** Undefined where the API shows no roles. */
function effectiveRolesOf(
  { roles: direct }: UserRecord,
  teams: readonly TeamRecord[],
): EffectiveRoles | undefined {
  if (direct === undefined) return undefined;
  const giving = teams.flatMap(({ id, name, roles }) => (roles === undefined ? [] : [{ id, name, roles }]));
  return effectiveRoles(direct, giving);
}

/** @throws AppError source-incomplete */
function refuseWhatScimCannotTell(reader: OrganizationReader, { role, status }: ListUsersFlags): void {
  if (role !== undefined) requireIam(reader, "who has a role");
  if (status === "PENDING" || status === "BANNED") requireIam(reader, `who is ${status}`);
}

/** @throws AppError not-found */
async function idsIn(reader: OrganizationReader, word: string): Promise<ReadonlySet<string>> {
  const team = await requireTeam(reader, word);
  const members = await reader.membersOf(team.id);
  if (members === undefined) throw goneMeanwhile("Team", team.name);
  return new Set(members.map(({ id }) => id));
}
