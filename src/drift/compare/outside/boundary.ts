/** What is outside the responsibility of a directory, on both sides of a comparison, by id and by name, with why. */

import { allTeams, allUsers, type HeldState, type HeldUser, type UnseenMember } from "../../../astro/held.ts";
import { namesOfExpected, type Exclusion, type Responsibility } from "../../../astro/responsibility.ts";
import type { ExpectedState, ExpectedUser, StateKey } from "../../../astro/state.ts";

/** Why each is outside. */
type Outsiders<Name extends string> = ReadonlyMap<Name, Exclusion>;

export interface Boundary {
  /** By the SCIM ids of accounts; hidden members too, and those that cannot be read where accounts are limited. */
  readonly userIds: Outsiders<string>;
  readonly teamIds: Outsiders<string>;
  /** By the keys of the directory's users. */
  readonly userKeys: Outsiders<StateKey>;
  /** By the keys of the directory's Teams. */
  readonly teamKeys: Outsiders<StateKey>;
}

const none: Outsiders<string> = new Map();
const nothing: Boundary = { userIds: none, teamIds: none, userKeys: none, teamKeys: none };

/** Each account and Team by its own names, whatever it is matched to. */
export function boundaryOf(
  responsibility: Responsibility,
  { expected, held }: { readonly expected: ExpectedState; readonly held: HeldState },
): Boundary {
  if (responsibility.statements.length === 0) return nothing;
  const { excludesAccount, excludesTeam } = responsibility;
  const unseen = allTeams(held).flatMap(({ unseenMembers }) => unseenMembers);
  const teams = allTeams(held).map(({ scimId, displayName }) => [scimId, excludesTeam(displayName)] as const);
  return {
    userIds: outsiders([
      ...unseen.map((member) => [member.scimId, excludesUnseen(member, responsibility)] as const),
      ...allUsers(held).map((account) => [account.scimId, excludesAccount(account)] as const),
    ]),
    teamIds: outsiders(teams),
    userKeys: outsiders(
      [...expected.users.values()].map((user) => [user.key, excludesAccount(namesOfExpected(user))] as const),
    ),
    teamKeys: outsiders(
      [...expected.teams.values()].map(({ key, displayName }) => [key, excludesTeam(displayName)] as const),
    ),
  };
}

function outsiders(all: readonly (readonly [string, Exclusion | undefined])[]): Outsiders<string> {
  const outside = new Map<string, Exclusion>();
  for (const [name, exclusion] of all) if (exclusion !== undefined) outside.set(name, exclusion);
  return outside;
}

/**
 * Whether the account of a directory's user is left apart. What the directory provisions is compared wherever it is; and an
 * account without a domain may be outside, but is not another directory's for that, where its user is inside.
 */
export function isApart(
  { key, presence }: Pick<ExpectedUser, "key" | "presence">,
  { scimId }: Pick<HeldUser, "scimId">,
  { userIds, userKeys }: Pick<Boundary, "userIds" | "userKeys">,
): boolean {
  const exclusion = userIds.get(scimId);
  if (exclusion === undefined || presence === "active") return false;
  return exclusion.missing !== undefined || presence === "either" || userKeys.has(key);
}

/** Of a member that cannot be read nothing shows that it is inside. A nested group is not an account. */
function excludesUnseen(
  { is, account }: UnseenMember,
  responsibility: Responsibility,
): Exclusion | undefined {
  if (is === "group") return undefined;
  return responsibility.excludesAccount({
    userName: account?.key ?? "",
    primaryEmail: account?.primaryEmail,
  });
}
