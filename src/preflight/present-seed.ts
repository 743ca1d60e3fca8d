/** The Astro of now as what a local Astro starts with, so that the first run can be rehearsed on it. */

import { attributeNameOf, documentedAttributes, forEachAttribute } from "../astro/attributes.ts";
import { allTeams, allUsers, type HeldState, type HeldTeam, type HeldUser } from "../astro/held.ts";
import { organizationRoles, type OrganizationRole } from "../astro/roles.ts";
import type { ExpectedState } from "../astro/state.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import type { AstroSeed, SeedTeam, SeedUser } from "../astro/seed.ts";

/** Of two accounts or Teams with one name the first stays: a local Astro has names once. */
export function presentSeed(
  held: HeldState,
  expected: Pick<ExpectedState, "users">,
): Pick<AstroSeed, "users" | "teams"> {
  const users = firstOfEach(allUsers(held)).map((user) => withUserName(user, expected));
  const byId = new Map(allUsers(held).map((user) => [user.scimId, user.key]));
  const names = new Map(users.map((user) => [user.key, user.userName]));
  return {
    users: users.map(seedUser),
    teams: firstOfEach(allTeams(held)).map((team) => seedTeam(team, (id) => names.get(byId.get(id) ?? ""))),
  };
}

/** An account that is known by its address alone has the userName of the user who has the address. */
function withUserName(user: HeldUser, { users }: Pick<ExpectedState, "users">): HeldUser {
  if (user.key === foldCase(user.userName)) return user;
  return { ...user, userName: users.get(user.key)?.userName ?? user.userName, primaryEmail: user.userName };
}

function firstOfEach<Item extends { readonly key: string }>(items: readonly Item[]): readonly Item[] {
  const seen = new Map<string, Item>();
  for (const item of items) if (!seen.has(item.key)) seen.set(item.key, item);
  return [...seen.values()];
}

function seedUser({
  userName,
  primaryEmail,
  attributes,
  active,
  externalId,
  roles,
  iam,
}: HeldUser): SeedUser {
  const others = Object.entries(attributes).filter(([path]) => attributeNameOf(path) === undefined);
  const status = iam?.status;
  return {
    ...forEachAttribute(({ path }) => attributes[path]),
    userName,
    email: attributes[documentedAttributes.email.path] ?? primaryEmail ?? userName,
    ...(others.length === 0 ? {} : { attributes: Object.fromEntries(others) }),
    active,
    role: roles?.find(isOrganizationRole) ?? "ORGANIZATION_MEMBER",
    ...(status === "PENDING" || status === "BANNED" ? { status } : {}),
    externalId,
  };
}

function isOrganizationRole(role: string): role is OrganizationRole {
  return organizationRoles.some((known) => known === role);
}

function seedTeam(
  { displayName, memberIds, iam }: HeldTeam,
  nameOf: (id: string) => string | undefined,
): SeedTeam {
  return {
    name: displayName,
    isIdpManaged: iam?.isIdpManaged === true,
    members: [...memberIds].flatMap((id) => nameOf(id) ?? []),
  };
}
