/** The one user or Team that a word on the command line means. */

import { findTeam, findUser, type Found } from "../../astro/records/find.ts";
import type { OrganizationReader, TeamRecord, UserRecord } from "../../astro/records/record.ts";
import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";

/** Ids of Astro are cuids (terraform-provider-astro refuses any other). */
const cuid = /^c[a-z0-9]{24}$/;

/** @throws AppError not-found, with the nearest names, or with the ids of several */
export async function requireUser(reader: OrganizationReader, word: string): Promise<UserRecord> {
  const byId = cuid.test(word) ? await reader.user(word) : undefined;
  if (byId !== undefined) return byId;
  return only(
    findUser(await reader.users(), word),
    { word, noun: "user" },
    ({ email, id }) => `${id} (${email})`,
  );
}

/** @throws AppError not-found, with the nearest names, or with the ids of several */
export async function requireTeam(reader: OrganizationReader, word: string): Promise<TeamRecord> {
  const byId = cuid.test(word) ? await reader.team(word) : undefined;
  if (byId !== undefined) return byId;
  return only(
    findTeam(await reader.teams(), word),
    { word, noun: "Team" },
    ({ name, id }) => `${id} (${name})`,
  );
}

/** For what was there a moment ago. */
export function goneMeanwhile(noun: "user" | "Team", name: string): AppError {
  return new AppError("not-found", `The ${noun} ${printable(name)} was deleted while it was read.`);
}

function only<Item>(
  found: Found<Item>,
  { word, noun }: { readonly word: string; readonly noun: "user" | "Team" },
  nameOf: (item: Item) => string,
): Item {
  if (found.kind === "one") return found.item;
  if (found.kind === "none") {
    const hint = found.nearest.length === 0 ? listHint[noun] : `Did you mean ${orList(found.nearest)}?`;
    throw new AppError("not-found", `There is no ${noun} "${word}" in this organization.`, { hint });
  }
  throw new AppError("not-found", `"${word}" is the name of ${found.items.length} ${noun}s.`, {
    hint: `Name one by its ID: ${orList(found.items.slice(0, mostItems).map(nameOf))}.`,
  });
}

const mostItems = 5;

const listHint = {
  user: "astro-scim users lists all users.",
  Team: "astro-scim teams lists all Teams.",
} as const;

function orList(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
