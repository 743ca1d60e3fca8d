/** The user or the Team with a given name, whatever its case. */

import { foldCase } from "../../../ground/text/fold-case.ts";
import type { Send } from "../../../wire/exchange.ts";
import type { HeldUser, TeamAsRead } from "../../held.ts";
import type { MappedPath } from "../../mapped-path.ts";
import type { Asked } from "../judge.ts";
import { lookUp, type NamedAs } from "./look-up.ts";
import { readTeamInFull, type ReadingOne } from "./read-one.ts";
import { teamFrom, userFrom } from "../resource.ts";

/**
 * The account with that userName; of several the active one.
 * @throws AppError as `readAstroState`.
 */
export async function findUser(
  send: Send,
  userName: string,
  reading: ReadingOne & { readonly paths: readonly MappedPath[] },
): Promise<HeldUser | undefined> {
  const found = await lookUp(send, { endpoint: "/Users", attribute: "userName", name: userName, ...reading });
  const asked = askedFor("/Users", reading);
  const users = found.map((resource) => userFrom(resource, reading.paths, asked));
  const namesakes = users.filter((user) => user.key === foldCase(userName));
  return namesakes.find((user) => user.active) ?? namesakes[0];
}

/**
 * The Team with that name, its members read.
 * @throws AppError as `readAstroState`.
 */
export async function findTeam(
  send: Send,
  displayName: string,
  reading: ReadingOne,
): Promise<TeamAsRead | undefined> {
  const named = { endpoint: "/Groups", attribute: "displayName", name: displayName } as const;
  const found = await lookUp(send, { ...named, ...reading });
  const teams = found.map((resource) => teamFrom(resource, askedFor("/Groups", reading)));
  const team = teams.find((one) => foldCase(one.displayName) === foldCase(displayName));
  return team === undefined ? undefined : await readTeamInFull(send, team.scimId, reading);
}

function askedFor(endpoint: NamedAs["endpoint"], { target, textIdsOnly = false }: ReadingOne): Asked {
  return { target, textIdsOnly, request: `GET ${endpoint}` };
}
