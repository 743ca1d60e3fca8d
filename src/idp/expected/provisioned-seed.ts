/** What an Astro holds that has been provisioned completely: the expected state on top of what was there before. */

import { attributeNameOf, documentedAttributes, forEachAttribute } from "../../astro/attributes.ts";
import type { AstroSeed, SeedRoles, SeedTeam, SeedUser } from "../../astro/seed.ts";
import type { AstroTeam, ExpectedState, ExpectedUser, StateKey } from "../../astro/state.ts";
import { foldCase } from "../../ground/text/fold-case.ts";

/**
 * Accounts and Teams that only Astro has stay; those that the directory knows too become what it says. An account with the
 * provider's id of a user is the user's, whatever its userName was. An account that the provider has never linked stays as it is
 * when its user should have none: deactivations go to linked accounts only.
 */
export function provisionedSeed(
  before: AstroSeed,
  expected: ExpectedState,
  isLinked: (user: SeedUser) => boolean,
): AstroSeed {
  const users = new Map<StateKey, SeedUser>(before.users.map((user) => [foldCase(user.userName), user]));
  const renamed = new Map<StateKey, string>();
  const ofId = new Map(before.users.map((user) => [user.externalId, foldCase(user.userName)]));
  for (const user of expected.users.values()) {
    const oldKey = user.externalId === undefined ? undefined : ofId.get(user.externalId);
    const isUnderOldName = !users.has(user.key) && oldKey !== undefined && !expected.users.has(oldKey);
    const held = users.get(isUnderOldName ? oldKey : user.key);
    if (user.presence === "active") {
      if (isUnderOldName) {
        users.delete(oldKey);
        renamed.set(oldKey, user.userName);
      }
      users.set(user.key, provisionedUser(user, held));
    } else if (user.presence === "not-active" && held !== undefined && isLinked(held)) {
      users.set(foldCase(held.userName), { ...held, active: false });
    }
  }
  const newName = (name: string): string => renamed.get(foldCase(name)) ?? name;
  const teams = new Map<StateKey, SeedTeam>(
    before.teams.map((team) => [foldCase(team.name), { ...team, members: team.members.map(newName) }]),
  );
  for (const team of expected.teams.values()) {
    const held = teams.get(team.key);
    const members = memberNames(team, users);
    teams.set(team.key, { ...held, name: team.displayName, members, isIdpManaged: true });
  }
  return { ...before, users: [...users.values()], teams: [...teams.values()] };
}

function provisionedUser(user: ExpectedUser, held: SeedUser | undefined): SeedUser {
  const attributes: ExpectedUser["attributes"] = { ...user.attributes, ...user.atCreation };
  const references = Object.entries(user.references ?? {}).flatMap(([path, key]) =>
    key === null ? [] : [[path, key] as const],
  );
  const others = Object.entries(attributes).filter(([path]) => attributeNameOf(path) === undefined);
  return {
    ...forEachAttribute(({ path }) => attributes[path]),
    userName: user.userName,
    email: attributes[documentedAttributes.email.path] ?? user.userName,
    ...(others.length === 0 ? {} : { attributes: Object.fromEntries(others) }),
    ...(references.length === 0 ? {} : { references: Object.fromEntries(references) }),
    active: true,
    role: held?.role ?? "ORGANIZATION_MEMBER",
    ...(held === undefined ? {} : grantedRoles(held)),
    externalId: user.externalId,
  };
}

/** SCIM takes no roles away. */
function grantedRoles({ workspaceRoles, deploymentRoles, dagRoles }: SeedUser): SeedRoles {
  return {
    ...(workspaceRoles === undefined ? {} : { workspaceRoles }),
    ...(deploymentRoles === undefined ? {} : { deploymentRoles }),
    ...(dagRoles === undefined ? {} : { dagRoles }),
  };
}

function memberNames(team: AstroTeam, users: ReadonlyMap<StateKey, SeedUser>): readonly string[] {
  return [...team.members].flatMap((key) => users.get(key)?.userName ?? []);
}
