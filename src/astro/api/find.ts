/** The user or the Team with a given name, whatever its case. */

import { foldCase } from "../../scim/fold-case.ts";
import type { Send } from "../../wire/exchange.ts";
import type { HeldUser, TeamAsRead } from "../held.ts";
import type { MappedPath } from "../mapped-path.ts";
import { lookUp } from "./look-up.ts";
import { readTeam } from "./read.ts";
import { teamFrom, userFrom } from "./resource.ts";

/**
 * The account with that userName; of several the active one.
 * @throws AppError as `readAstroState`.
 */
export async function findUser(
  send: Send,
  userName: string,
  reading: { readonly target: string; readonly paths: readonly MappedPath[] },
): Promise<HeldUser | undefined> {
  const { target } = reading;
  const asked = { target, request: "GET /Users" };
  const found = await lookUp(send, { endpoint: "/Users", attribute: "userName", name: userName, target });
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
  reading: { readonly target: string },
): Promise<TeamAsRead | undefined> {
  const { target } = reading;
  const asked = { target, request: "GET /Groups" };
  const found = await lookUp(send, {
    endpoint: "/Groups",
    attribute: "displayName",
    name: displayName,
    target,
  });
  const teams = found.map((resource) => teamFrom(resource, asked));
  const team = teams.find((one) => foldCase(one.displayName) === foldCase(displayName));
  return team === undefined ? undefined : await readTeam(send, team.scimId, reading);
}
