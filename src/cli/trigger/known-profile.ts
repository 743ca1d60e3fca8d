/**
 * The attributes that the user of an event has beforehand: those that the server holds, so that linking the account changes
 * none of them; or invented ones where there is no such account.
 */

import { findTeam, findUser } from "../../astro/api/reading/find.ts";
import { documentedAttributePaths, documentedAttributes } from "../../astro/attributes.ts";
import { parseMappedPath } from "../../astro/mapped-path.ts";
import { AppError } from "../../ground/errors.ts";
import { plural } from "../../ground/text/plural.ts";
import { isLocal } from "../../target/safety.ts";
import type { Connected } from "../connected.ts";
import type { ProviderId } from "./events.ts";

/** By the names of the provider. @throws AppError whatever keeps the server from being read */
export async function profileBeforehand(
  { connection }: Connected,
  idp: ProviderId,
  user: string,
): Promise<Readonly<Record<string, string>>> {
  const reading = { target: connection.baseUrl, paths: documentedAttributePaths.map(parseMappedPath) };
  const held = await findUser(connection.send, user, reading);
  if (held === undefined) return inventedProfile(idp, user);
  const known = Object.values(documentedAttributes).flatMap(({ path, okta, entra }) => {
    const source: string | undefined = idp === "okta" ? okta.source : entra?.source;
    const value = held.attributes[path];
    // The address is the user's name.
    return source === undefined || source === "email" || source === "mail" || value === undefined
      ? []
      : [[source, value] as const];
  });
  return Object.fromEntries(known);
}

/** `ada.lovelace@example.com` is Ada Lovelace. */
function inventedProfile(idp: ProviderId, user: string): Readonly<Record<string, string>> {
  const words = (user.split("@")[0] ?? "").split(/[._+-]+/).filter((word) => word !== "");
  const [first = "Example", ...others] = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const last = others.length === 0 ? "Example" : others.join(" ");
  const displayName = `${first} ${last}`;
  return idp === "okta"
    ? { firstName: first, lastName: last, displayName }
    : { givenName: first, surname: last, displayName };
}

/**
 * Okta takes a Team of the group's name over and gives it the group's members: of the invented group that is one user.
 * @throws AppError refused, where others would lose their Team on a server that is not on this machine
 */
export async function refuseTakenTeams(
  {
    connection,
    target,
  }: Pick<Connected, "target"> & {
    readonly connection: Pick<Connected["connection"], "send" | "baseUrl">;
  },
  idp: ProviderId,
  teams: readonly string[],
): Promise<void> {
  if (idp !== "okta" || isLocal(target)) return;
  for (const name of teams) {
    const team = await findTeam(connection.send, name, { target: connection.baseUrl });
    if (team === undefined || team.memberIds.size === 0) continue;
    const members = plural(team.memberIds.size, "member");
    throw new AppError("refused", `The Team ${name} has ${members}, whom Okta would replace.`, {
      hint: "Name a Team that does not exist there.",
    });
  }
}
