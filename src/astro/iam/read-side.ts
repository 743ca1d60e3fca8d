/** Astro's own side of an organization, read over the IAM API: complete, or an error. */

import { forEachBounded } from "../../ground/for-each-bounded.ts";
import type { Send } from "../../wire/exchange.ts";
import { requireKnownStatuses, type IamSide } from "../records/iam-side.ts";
import { countRoles } from "../roles.ts";
import type { TeamRecord } from "../records/record.ts";
import { expectIamJson, incompleteList, unexpectedForm } from "./judge.ts";
import type { IamListOptions } from "./read-list.ts";
import { createIamReader } from "./reader.ts";
import { organizationPath } from "./requests.ts";
import { organizationSchema } from "./schemas.ts";

export interface ReadSideOptions extends IamListOptions {
  /** Requests under way at a time where members are asked for, Team by Team. */
  readonly concurrency: number;
  /** The Teams whose members are needed. */
  readonly needsMembers: (team: TeamRecord) => boolean;
}

/**
 * Users, Teams, the members of those that are needed, and whether SCIM is enabled.
 * @throws AppError as `readIamList` and `expectIamJson`; source-incomplete also for a status that is not described, and for a Team
 * that went while it was read
 */
export async function readIamSide(send: Send, options: ReadSideOptions): Promise<IamSide> {
  const isScimEnabled = await readScimSwitch(send, options);
  const reader = createIamReader(send, options);
  const users = await reader.users();
  requireKnownStatuses(users);
  const listed = await reader.teams();
  const teams = [...listed];
  await forEachBounded([...listed.entries()], options.concurrency, async ([at, team]) => {
    if (showsAllRoles(team)) return;
    const alone = (await reader.team(team.id)) ?? team;
    // Roles of which some are missing would pass for all of them.
    teams[at] = showsAllRoles(alone) ? alone : { ...alone, roles: undefined };
  });
  const members = new Map<string, readonly string[]>();
  await forEachBounded(teams.filter(options.needsMembers), options.concurrency, async ({ id, name }) => {
    const inTeam = await reader.membersOf(id);
    if (inTeam === undefined) {
      const asked = { ...options, request: `GET /teams/${id}/members` };
      throw incompleteList(asked, `the list of Teams has ${name}, and its members are not found`);
    }
    members.set(
      id,
      inTeam.map((member) => member.id),
    );
  });
  return { users, teams, members, isScimEnabled };
}

/** `rolesCount` counts at most the Organization role and all others (Inferred from the example of the API reference). */
function showsAllRoles({ roles, rolesCount = 0 }: TeamRecord): boolean {
  return roles !== undefined && rolesCount <= countRoles(roles);
}

/**
 * The API's view of the switch in Settings > Authentication > SCIM integration; a Member may read it.
 * @throws AppError as `expectIamJson`
 */
export async function readScimSwitch(
  send: Send,
  { root, organizationId }: Pick<IamListOptions, "root" | "organizationId">,
): Promise<boolean> {
  const asked = { root, organizationId, request: `GET /organizations/${organizationId}` };
  const headers = { accept: "application/json" };
  const answer = await send({ method: "GET", path: organizationPath(organizationId), headers });
  const parsed = organizationSchema.safeParse(expectIamJson(answer, asked));
  if (!parsed.success) throw unexpectedForm(asked, "an organization that Astro does not describe");
  if (parsed.data.id !== organizationId) throw unexpectedForm(asked, "another organization");
  return parsed.data.isScimEnabled;
}
