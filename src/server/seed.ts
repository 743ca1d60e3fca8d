/** Puts a seed into the local Astro, before it serves requests. */

import { forEachAttribute } from "../astro/attributes.ts";
import { writtenValue } from "../astro/compared-value.ts";
import { buildMappedAttributes, parseMappedPath } from "../astro/mapped-path.ts";
import type { AstroSeed, SeedUser } from "../astro/seed.ts";
import type { JsonObject } from "../ground/json.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { groupResourceType } from "../scim/schema/group.ts";
import { userResourceType } from "../scim/schema/user.ts";
import { readResource } from "../scim/value/validate.ts";
import type { Operations, Outcome } from "./organization/outcome.ts";
import { ownPartOfTeam, ownPartOfUser, type SeedContext } from "./seed-own-part.ts";

/**
 * Inactive users are left out of Teams unless they may be members.
 * @throws Error where the seed contradicts itself: a name used twice, a member that is not a user of it.
 */
export async function loadSeed(
  operations: Operations,
  given: AstroSeed,
  context: SeedContext,
): Promise<void> {
  const seed = { ...given, users: given.users.map((user) => asShown(user, context.rules)) };
  const inactive = new Set(seed.users.filter(({ active }) => !active).map((user) => foldCase(user.userName)));
  const idOf = new Map<string, string>();
  for (const user of seed.users) {
    const attributes = readResource(userResourceType, userBody(user));
    const outcome = await operations.create(
      "User",
      { attributes, members: [], own: ownPartOfUser(user, context) },
      withoutRelated,
    );
    idOf.set(foldCase(user.userName), storedId(outcome, user.userName));
  }
  for (const user of seed.users) await referToOthers(operations, user, idOf);
  for (const team of seed.teams) {
    const joining = team.members.filter(
      (userName) => context.rules.inactiveMember === "add" || !inactive.has(foldCase(userName)),
    );
    const members = joining.map((userName) => {
      const id = idOf.get(foldCase(userName));
      if (id === undefined)
        throw new Error(`Team ${team.name} has the member ${userName}, who is not a user of the seed`);
      return id;
    });
    const attributes = readResource(groupResourceType, { displayName: team.name });
    const own = ownPartOfTeam(team, context);
    storedId(await operations.create("Group", { attributes, members, own }, withoutRelated), team.name);
  }
}

/** Whether SCIM shows a banned user as active is a choice. */
function asShown(user: SeedUser, { bannedOverScim }: SeedContext["rules"]): SeedUser {
  return user.status === "BANNED" && bannedOverScim === "inactive" ? { ...user, active: false } : user;
}

/** The result of a seeding operation is not read. */
const withoutRelated = { related: false };

function userBody(user: SeedUser): JsonObject {
  const { userName, active, externalId, attributes = {} } = user;
  const documented = Object.values(forEachAttribute(({ path }, name) => [path, user[name]] as const));
  const values = [...documented, ...Object.entries(attributes)].flatMap(([path, value]) =>
    value === undefined ? [] : [[parseMappedPath(path), writtenValue(path, value)] as const],
  );
  // null is "no value" (RFC 7643 §2.5), so what the seed leaves out stays out.
  return { userName, active, ...buildMappedAttributes(values), externalId: externalId ?? null };
}

/** An attribute that holds another user names the userName in a seed: ids are there once all users are. */
async function referToOthers(
  operations: Operations,
  user: SeedUser,
  idOf: ReadonlyMap<string, string>,
): Promise<void> {
  const references = Object.entries(user.references ?? {}).flatMap(([path, userName]) => {
    const id = idOf.get(foldCase(userName));
    return id === undefined ? [] : [[path, id] as const];
  });
  const userId = idOf.get(foldCase(user.userName));
  if (references.length === 0 || userId === undefined) return;
  const body = userBody({
    ...user,
    attributes: { ...user.attributes, ...Object.fromEntries(references) },
  });
  const attributes = readResource(userResourceType, body);
  const outcome = await operations.replace(
    "User",
    userId,
    { attributes, members: undefined },
    withoutRelated,
  );
  storedId(outcome, user.userName);
}

function storedId(outcome: Outcome, name: string): string {
  if (outcome.kind !== "stored") throw new Error(`the seed cannot have ${name}: ${outcome.kind}`);
  return outcome.resource.id;
}
