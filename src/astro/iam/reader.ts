/** An organization read over the IAM API. */

import type { z } from "zod";
import type { Send } from "../../wire/exchange.ts";
import type { MemberRecord, OrganizationReader, TeamRecord, UserRecord } from "../records/record.ts";
import { countRoles } from "../roles.ts";
import type { ShownRoles } from "../records/shown-roles.ts";
import { expectIamJson, NotThere, unexpectedForm, type IamAsked } from "./judge.ts";
import { isIamProblem } from "./problem.ts";
import { readIamList, type IamListOptions } from "./read-list.ts";
import { getRequest, membersList, teamsList, userTeamsList, usersList } from "./requests.ts";
import {
  memberSchema,
  teamSchema,
  userSchema,
  userTeamSchema,
  type IamMember,
  type IamTeam,
  type IamUser,
  type IamUserTeam,
} from "./schemas.ts";

/** What it throws is said at `readIamList` and `expectIamJson`. */
export function createIamReader(send: Send, options: IamListOptions): OrganizationReader {
  const one = async <Value extends { readonly id: string }>(
    kind: "users" | "teams",
    id: string,
    schema: z.ZodType<Value>,
  ): Promise<Value | undefined> => {
    const { root, organizationId } = options;
    const asked: IamAsked = { root, organizationId, request: `GET /${kind}/${id}` };
    const answer = await send(getRequest(organizationId, kind, id));
    // Whether it is the organization that is not there, the list will tell.
    if (answer.kind === "response" && answer.status === 404 && isIamProblem(answer)) return undefined;
    // The API checks the form of an id before it looks for it.
    if (answer.kind === "response" && answer.status === 400 && isIamProblem(answer)) return undefined;
    const parsed = schema.safeParse(expectIamJson(answer, asked));
    if (!parsed.success) throw unexpectedForm(asked, "something that Astro does not describe");
    if (parsed.data.id !== id) throw unexpectedForm(asked, "another one than was asked for");
    return parsed.data;
  };
  const team = async (id: string): Promise<TeamRecord | undefined> => {
    const found = await one("teams", id, teamSchema);
    return found === undefined ? undefined : teamRecord(found);
  };
  return {
    api: "iam",
    users: async () => (await readIamList(send, usersList, userSchema, options)).map(userRecord),
    teams: async () => (await readIamList(send, teamsList, teamSchema, options)).map(teamRecord),
    user: async (id) => {
      const found = await one("users", id, userSchema);
      return found === undefined ? undefined : userRecord(found);
    },
    team,
    membersOf: async (teamId) =>
      unlessGone(async () => {
        const members = await readIamList(send, membersList(teamId), memberSchema, options);
        return members.map(memberRecord);
      }),
    teamsOf: async (userId) =>
      unlessGone(async () => {
        const listed = await readIamList(send, userTeamsList(userId), userTeamSchema, options);
        const records: TeamRecord[] = [];
        for (const each of listed) records.push(await withAllRoles(teamRecord(each), team));
        return records;
      }),
  };
}

/** Undefined where the user or the Team whose list is read is not there. */
async function unlessGone<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotThere) return undefined;
    throw error;
  }
}

/**
 * The list of a user's Teams may leave roles out that it counts. `rolesCount` counts at most the Organization role and all
 * others (Inferred from the example of the API reference), so a larger count than what is shown means that some are missing.
 */
async function withAllRoles(
  listed: TeamRecord,
  read: (id: string) => Promise<TeamRecord | undefined>,
): Promise<TeamRecord> {
  const shown = listed.roles === undefined ? 0 : countRoles(listed.roles);
  if ((listed.rolesCount ?? 0) <= shown) return listed;
  return (await read(listed.id)) ?? listed;
}

function userRecord({ id, username, fullName, status, createdAt, updatedAt, ...roles }: IamUser): UserRecord {
  return { id, email: username, fullName, status, createdAt, updatedAt, roles: rolesOf(roles) };
}

function teamRecord(team: IamTeam | IamUserTeam): TeamRecord {
  const { id, name, description, isIdpManaged, rolesCount, ...rest } = team;
  return {
    id,
    name,
    description: description === "" ? undefined : description,
    isIdpManaged,
    createdAt: "createdAt" in rest ? rest.createdAt : undefined,
    updatedAt: "updatedAt" in rest ? rest.updatedAt : undefined,
    roles: rolesOf(rest),
    rolesCount,
  };
}

function memberRecord({ userId, username, fullName, createdAt }: IamMember): MemberRecord {
  return { id: userId, email: username, fullName: fullName ?? "", joinedAt: createdAt };
}

function rolesOf(
  holder: Pick<IamUser, "organizationRole" | "workspaceRoles" | "deploymentRoles" | "dagRoles">,
): ShownRoles {
  const { organizationRole, workspaceRoles, deploymentRoles, dagRoles } = holder;
  return {
    organizationRole,
    workspaceRoles: workspaceRoles ?? [],
    deploymentRoles: deploymentRoles ?? [],
    dagRoles: dagRoles ?? [],
  };
}
