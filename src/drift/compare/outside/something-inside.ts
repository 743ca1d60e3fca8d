/** A responsibility that leaves out everything the directory provisions is a mistake: most likely a domain with a typing error. */

import { domainOf, namesOfExpected, type Responsibility } from "../../../astro/responsibility.ts";
import type { ExpectedState } from "../../../astro/state.ts";
import { AppError } from "../../../ground/errors.ts";
import { nameList } from "../../../ground/text/name-list.ts";

/**
 * Compared all the same, everything in Astro would lie outside, and nothing would differ.
 * @throws AppError usage, where none of the users, or none of the Teams, that the directory provisions is inside
 */
export function requireSomethingInside(
  expected: ExpectedState,
  { statements, excludesAccount, excludesTeam }: Responsibility,
): void {
  const users = [...expected.users.values()]
    .filter(({ presence }) => presence === "active")
    .map(namesOfExpected);
  if (users.length > 0 && users.every((user) => excludesAccount(user) !== undefined)) {
    const domains = new Set(users.flatMap((user) => domainOf(user) ?? []));
    throw nothingInside("user", {
      key: "domains",
      of: statements.map(({ statedBy, domains: list }) => ({ statedBy, list })),
      hint:
        domains.size === 0
          ? "No user of the directory has an e-mail address as its userName or as its primary e-mail address."
          : `The directory's users are in ${nameList([...domains].toSorted())}.`,
    });
  }
  const teams = [...expected.teams.values()].map(({ displayName }) => displayName);
  if (teams.length > 0 && teams.every((name) => excludesTeam(name) !== undefined)) {
    throw nothingInside("Team", {
      key: "teams",
      of: statements.map(({ statedBy, teams: list }) => ({ statedBy, list })),
      hint: `The directory's Teams are ${nameList(teams.toSorted())}.`,
    });
  }
}

interface About {
  readonly key: string;
  readonly of: readonly { readonly statedBy: string; readonly list: readonly string[] | undefined }[];
  readonly hint: string;
}

function nothingInside(what: string, { key, of, hint }: About): AppError {
  const stated = of.flatMap(({ statedBy, list }) =>
    list === undefined ? [] : [`${statedBy} (${key}: ${nameList(list)})`],
  );
  const message = `responsibleFor of ${nameList(stated)} includes no ${what} that the directory provisions.`;
  return new AppError("usage", message, { hint });
}
