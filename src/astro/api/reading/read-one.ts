/** One user or one Team by its id: exactly the one that was asked for, or an error. */

import { AppError } from "../../../ground/errors.ts";
import { isJsonObject, type JsonValue } from "../../../ground/json.ts";
import type { Send, WireRequest } from "../../../wire/exchange.ts";
import type { HeldUser, TeamAsRead } from "../../held.ts";
import type { MappedPath } from "../../mapped-path.ts";
import { expectJson, type Asked } from "../judge.ts";
import { askForMembers, groupIdsIn } from "./hidden-members.ts";
import { isKnownProblem } from "../problem.ts";
import { getRequest } from "../request.ts";
import { completeTeam, teamFrom, userFrom } from "../resource.ts";

/** How a server is read. */
export interface ReadingOne {
  /** SCIM base URL, for messages. */
  readonly target: string;
  /** For a repair: a server whose ids are numbers is refused. */
  readonly textIdsOnly?: boolean;
}

/**
 * One user; undefined where the server says, in SCIM's or Astro's own error form, that there is none with that id.
 * @throws AppError as `readAstroState`; not-scim also where the answer is another user.
 */
export async function readUser(
  send: Send,
  scimId: string,
  reading: ReadingOne & { readonly paths: readonly MappedPath[] },
): Promise<HeldUser | undefined> {
  const request = getRequest("/Users", scimId);
  const asked = askedFor(request, reading);
  const body = await readOne(send, request, asked);
  if (body === undefined) return undefined;
  const user = requireSame(userFrom(body, reading.paths, asked), scimId, asked);
  const groupIds = isJsonObject(body) ? groupIdsIn(body, asked) : undefined;
  return groupIds === undefined ? user : { ...user, fingerprint: user.fingerprint, groupIds };
}

/**
 * One Team as `readTeam`, and with the members that the server shows only where they are asked for.
 * @throws AppError as `readUser`.
 */
export async function readTeamInFull(
  send: Send,
  scimId: string,
  reading: ReadingOne,
): Promise<TeamAsRead | undefined> {
  const team = await readTeam(send, scimId, reading);
  if (team === undefined || team.showsMembers) return team;
  return (await askForMembers(send, scimId, askedFor(getRequest("/Groups", scimId), reading))) ?? team;
}

/**
 * One Team with its members; undefined where there is none, as for `readUser`.
 * @throws AppError as `readUser`.
 */
export async function readTeam(
  send: Send,
  scimId: string,
  reading: ReadingOne,
): Promise<TeamAsRead | undefined> {
  const request = getRequest("/Groups", scimId);
  const asked = askedFor(request, reading);
  const body = await readOne(send, request, asked);
  if (body === undefined) return undefined;
  return requireSame(completeTeam(teamFrom(body, asked)), scimId, asked);
}

/** A 404 of a gateway or a web server says nothing of the resource. */
async function readOne(send: Send, request: WireRequest, asked: Asked): Promise<JsonValue | undefined> {
  const answer = await send(request);
  if (answer.kind === "response" && answer.status === 404 && isKnownProblem(answer)) return undefined;
  return expectJson(answer, asked);
}

function requireSame<Resource extends { readonly scimId: string }>(
  resource: Resource,
  scimId: string,
  { target, request }: Asked,
): Resource {
  if (resource.scimId === scimId) return resource;
  const got = JSON.stringify(resource.scimId);
  throw new AppError(
    "not-scim",
    `${target} answered ${request} with another resource, which has the id ${got}.`,
    {
      hint: "Its answers cannot be trusted, so nothing was written because of them: tell the operator of that server.",
    },
  );
}

function askedFor({ method, path }: WireRequest, { target, textIdsOnly = false }: ReadingOne): Asked {
  return { target, textIdsOnly, request: `${method} ${path}` };
}
