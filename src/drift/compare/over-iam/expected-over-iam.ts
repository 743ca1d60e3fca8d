/** What of an expected state can be compared with what IAM shows of accounts: the userName, the displayName, and no more. */

import { externalIdPath } from "../../../astro/compared-value.ts";
import type { IamSide } from "../../../astro/records/iam-side.ts";
import { heldTeamFromIam, heldUserFromIam } from "../../../astro/records/held-from-iam.ts";
import type { HeldState, HeldTeam, HeldUser } from "../../../astro/held.ts";
import type { AttributeNotCompared, ExpectedState, ExpectedUser, StateKey } from "../../../astro/state.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";

/** The one attribute of an account that IAM shows, as `fullName`. */
const shownPath = "displayName";

/** Both sides of a comparison over IAM alone. */
export interface OverIam {
  readonly expected: ExpectedState;
  readonly held: HeldState;
}

export function overIam(wanted: ExpectedState, side: IamSide): OverIam {
  const held = heldOverIam(wanted, side);
  const isInactiveListed = side.users.some(({ status }) => status === "INACTIVE");
  const users = [...wanted.users.values()].map((user) =>
    reduced(user, held.users.get(user.key), isInactiveListed),
  );
  return {
    held,
    expected: {
      ...wanted,
      users: new Map(users.map((user) => [user.key, user])),
      attributePaths: [shownPath],
    },
  };
}

function reduced(user: ExpectedUser, account: HeldUser | undefined, isInactiveListed: boolean): ExpectedUser {
  const { attributes, atCreation: _, ...rest } = user;
  const { [shownPath]: displayName } = attributes;
  // Before the first login of an invited user Astro has no name.
  const isShown = displayName !== undefined && account?.attributes[shownPath] !== undefined;
  const mayBeInactive = account === undefined && user.presence === "active" && !isInactiveListed;
  const more: readonly AttributeNotCompared[] = [
    ...pathsNotShown(user, account).map((attribute) => ({ attribute, why: "not-in-iam" }) as const),
    ...(mayBeInactive ? [{ attribute: "active", why: "inactive-may-be-hidden" } as const] : []),
  ];
  return {
    ...rest,
    externalId: undefined,
    references: {},
    attributes: isShown ? { [shownPath]: displayName } : {},
    notCompared: [...(user.notCompared ?? []), ...more],
    otherAttributes: "kept",
  };
}

/** Paths that IAM does not show of the account; of one that is missing all but the displayName. */
function pathsNotShown(
  { attributes, references = {}, externalId, notCompared = [] }: ExpectedUser,
  account: HeldUser | undefined,
): readonly string[] {
  const { [shownPath]: displayName, ...others } = attributes;
  const isNamed = account === undefined || account.attributes[shownPath] !== undefined;
  // The username is the address.
  const isShownAddress = (path: string): boolean =>
    path.startsWith("emails") && account?.emails.includes(foldCase(others[path] ?? "")) === true;
  return [
    ...Object.keys(others).filter((path) => !isShownAddress(path)),
    ...Object.keys(references),
    ...(externalId === undefined ? [] : [externalIdPath]),
    ...(displayName === undefined || isNamed ? [] : [shownPath]),
  ].filter((path) => !notCompared.some(({ attribute }) => attribute === path));
}

/**
 * IAM knows an account by its e-mail address. Where the directory's userName is none, the account is that of the user who has the
 * address (Inferred: SCIM's userName becomes the username, if it is an address, and the primary address otherwise).
 */
function heldOverIam(expected: ExpectedState, { users, teams, members }: IamSide): HeldState {
  const keyByAddress = keysByAddress(expected);
  const accounts = users.map((record) => {
    const address = foldCase(record.email);
    return heldUserFromIam(record, keyByAddress.get(address) ?? address);
  });
  const userOf = new Map<StateKey, HeldUser>();
  const namesakeUsers: HeldUser[] = [];
  for (const account of accounts.toSorted((a, b) => Number(b.active) - Number(a.active))) {
    if (userOf.has(account.key)) namesakeUsers.push(account);
    else userOf.set(account.key, account);
  }
  const keyOf = new Map(accounts.map(({ scimId, key }) => [scimId, key]));
  const teamOf = new Map<StateKey, HeldTeam>();
  const namesakeTeams: HeldTeam[] = [];
  for (const record of teams) {
    const team = heldTeamFromIam(record, { memberIds: members.get(record.id) ?? [], keyOf });
    if (teamOf.has(team.key)) namesakeTeams.push(team);
    else teamOf.set(team.key, team);
  }
  return { users: userOf, teams: teamOf, namesakeUsers, namesakeTeams };
}

function keysByAddress({ users }: ExpectedState): ReadonlyMap<string, StateKey> {
  const keys = new Map<string, StateKey>();
  for (const { key, attributes } of users.values()) {
    if (key.includes("@")) continue;
    for (const [path, value] of Object.entries(attributes)) {
      const address = foldCase(value);
      if (path.startsWith("emails") && !users.has(address)) keys.set(address, key);
    }
  }
  return keys;
}
