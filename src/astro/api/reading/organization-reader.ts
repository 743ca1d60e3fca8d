/** An organization read over SCIM, which knows neither roles nor who manages a Team. */

import { isJsonObject, type JsonObject } from "../../../ground/json.ts";
import type { Send } from "../../../wire/exchange.ts";
import { documentedAttributePaths } from "../../attributes.ts";
import { allTeams, allUsers, type HeldState, type HeldTeam } from "../../held.ts";
import { parseMappedPath } from "../../mapped-path.ts";
import type { MemberRecord, OrganizationReader, TeamRecord, UserRecord } from "../../records/record.ts";
import { withUsualNames } from "../attribute-names.ts";
import { incomplete } from "../judge.ts";
import { teamFrom, userFrom } from "../resource.ts";
import { readAll } from "./read-all.ts";
import { readAstroState, type ReadOptions } from "./read.ts";

export type ScimReaderOptions = Pick<ReadOptions, "target" | "concurrency" | "signal" | "onPage">;

/** What it throws is said at `readAll` and `readAstroState`. */
export function createScimReader(send: Send, options: ScimReaderOptions): OrganizationReader {
  const users = once(() => readUsers(send, options));
  const teams = once(() => readTeams(send, options));
  // Who is in a Team is known only where all users and all Teams were looked at: lists may leave members out.
  const state = once(() => readAstroState(send, options));
  return {
    api: "scim",
    users,
    teams,
    user: async (id) => (await users()).find((user) => user.id === id),
    team: async (id) => (await teams()).find((team) => team.id === id),
    membersOf: async (teamId) => {
      const held = await state();
      const team = allTeams(held).find(({ scimId }) => scimId === teamId);
      return team === undefined ? undefined : membersIn(team, held, await users(), options);
    },
    teamsOf: async (userId) => {
      const held = await state();
      if (!allUsers(held).some(({ scimId }) => scimId === userId)) return undefined;
      const ids = new Set(
        allTeams(held)
          .filter((team) => requireMembers(team, options).memberIds.has(userId))
          .map(({ scimId }) => scimId),
      );
      return (await teams()).filter(({ id }) => ids.has(id));
    },
  };
}

async function readUsers(send: Send, options: ScimReaderOptions): Promise<readonly UserRecord[]> {
  const paths = documentedAttributePaths.map(parseMappedPath);
  const asked = { target: options.target, request: "GET /Users" };
  return readAll(send, { ...options, endpoint: "/Users" }, (resource) => {
    const { scimId, userName, active, attributes } = userFrom(resource, paths, asked);
    const { displayName, "name.givenName": given, "name.familyName": family } = attributes;
    const written = [given, family].filter((part) => part !== undefined).join(" ");
    return {
      id: scimId,
      email: userName,
      fullName: displayName ?? formattedName(resource) ?? written,
      status: active ? "ACTIVE" : "INACTIVE",
      ...stamps(resource),
      roles: undefined,
    };
  });
}

async function readTeams(send: Send, options: ScimReaderOptions): Promise<readonly TeamRecord[]> {
  const asked = { target: options.target, request: "GET /Groups" };
  return readAll(send, { ...options, endpoint: "/Groups" }, (resource) => {
    const { scimId, displayName } = teamFrom(resource, asked);
    return {
      id: scimId,
      name: displayName,
      description: undefined,
      isIdpManaged: undefined,
      ...stamps(resource),
      roles: undefined,
      rolesCount: undefined,
    };
  });
}

/** Those that no list shows are named by their ids. */
function membersIn(
  team: HeldTeam,
  held: HeldState,
  users: readonly UserRecord[],
  options: ScimReaderOptions,
): readonly MemberRecord[] {
  const byId = new Map(users.map((user) => [user.id, user]));
  const hidden = new Map(team.unseenMembers.map((member) => [member.scimId, member.account?.key ?? ""]));
  const names = new Map(allUsers(held).map(({ scimId, userName }) => [scimId, userName]));
  const ids = new Set([...requireMembers(team, options).memberIds, ...hidden.keys()]);
  return [...ids].map((id) => ({
    id,
    email: byId.get(id)?.email ?? names.get(id) ?? hidden.get(id) ?? "",
    fullName: byId.get(id)?.fullName ?? "",
    joinedAt: undefined,
  }));
}

/** @throws AppError source-incomplete where the server shows nowhere who is in the Team */
function requireMembers(team: HeldTeam, { target }: ScimReaderOptions): HeldTeam {
  if (team.areMembersUnknown !== true) return team;
  throw incomplete(
    { target, request: "GET /Groups" },
    `it does not show who is in the Team ${JSON.stringify(team.displayName)}`,
  );
}

/** RFC 7643 §4.1.1, `name.formatted`. */
function formattedName(resource: JsonObject): string | undefined {
  const { name } = withUsualNames(resource) ?? resource;
  const formatted = isJsonObject(name) ? name["formatted"] : undefined;
  return typeof formatted === "string" && formatted !== "" ? formatted : undefined;
}

/** RFC 7643 §3.1, `meta`. */
function stamps(resource: JsonObject): Pick<UserRecord, "createdAt" | "updatedAt"> {
  const { meta } = withUsualNames(resource) ?? resource;
  const text = (key: string): string | undefined => {
    const value = isJsonObject(meta) ? meta[key] : undefined;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return { createdAt: text("created"), updatedAt: text("lastModified") };
}

function once<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return async () => (result ??= read());
}
