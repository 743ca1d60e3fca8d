/** Why an assignment that is linked to an account that exists is not removed, although it was asked for by name. */

import { allTeams, type HeldUser } from "../../../astro/held.ts";
import { isOrganizationOwner } from "../../../drift/compare/users/owner.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import type { AppUser } from "../../../management/okta/app-users.ts";
import { linkOf, type AppUsers } from "./facts.ts";

type Reason = Pick<LeftOut, "code" | "reason">;

export interface NamedUser {
  readonly key: string;
  readonly appUser: AppUser | undefined;
  /** The account to which Okta is linked. */
  readonly linked: HeldUser | undefined;
  /** The account with the user's name. */
  readonly own: HeldUser | undefined;
}

/** Undefined where it can be removed, and nothing less helps. */
export function whyNotRenewed(
  { key, appUser, linked, own }: NamedUser,
  drift: Drift,
  appUsers: AppUsers,
): Reason | undefined {
  if (appUser === undefined || linked === undefined)
    return { code: "unknown-name", reason: "is not among the users of the app in Okta" };
  const untouchable = whyUntouchable(key, own === undefined ? [linked] : [linked, own], drift);
  if (untouchable !== undefined) return untouchable;
  if (appUser.syncState === "SYNCING")
    return stays("is being provisioned by Okta right now: compare again later");
  const isOwn = own?.scimId === linked.scimId;
  if (isOwn && appUser.syncState !== "ERROR") {
    return stays(
      "keeps its assignment: Okta is linked to its account and shows no error, so resync without --reassign repairs what differs",
    );
  }
  if (isRenamed(linked, drift)) {
    return stays(
      "keeps its assignment: its account has another name, which resync without --reassign repairs",
    );
  }
  return isOwn ? undefined : whyNotOther(key, linked, drift, appUsers);
}

/** Of a link to an account that is not the user's own: that account would be deactivated, and stay so. */
function whyNotOther(
  key: string,
  linked: HeldUser,
  { expected }: Drift,
  { byId }: AppUsers,
): Reason | undefined {
  const others = [...byId.values()].filter((one) => linkOf(one) === linked.scimId);
  const isOfUser = linked.key !== key && expected.users.has(linked.key);
  if (!isOfUser && others.length <= 1) return undefined;
  return stays(
    `keeps its assignment: Okta is linked to the account of another user, ${linked.userName}, whom it would deactivate; turn Deactivate Users off in Okta, unassign and assign, and turn it on again`,
  );
}

/**
 * Owners, directly or through a Team, and what is protected or outside: of the account that loses its access, and of the user's own;
 * also a Team that nothing may be put back into.
 */
function whyUntouchable(key: string, accounts: readonly HeldUser[], drift: Drift): Reason | undefined {
  const { held, protection, boundary } = drift;
  const ids = new Set(accounts.map(({ scimId }) => scimId));
  const teams = allTeams(held).filter(({ memberIds }) =>
    accounts.some(({ scimId }) => memberIds.has(scimId)),
  );
  const roles = [...accounts, ...teams].map(({ iam }) => iam?.roles?.organizationRole ?? "");
  const isIn = (some: ReadonlyMap<string, unknown> | ReadonlySet<string>): boolean =>
    [...ids].some((id) => some.has(id));
  if (isIn(protection.ownerIds) || roles.some(isOrganizationOwner)) {
    return {
      code: "protected",
      reason: "is an Organization Owner: an owner's assignment is never removed, because the role would go",
    };
  }
  if (isIn(protection.userIds) || protection.keys.has(key))
    return { code: "protected", reason: "is protected: repairs do not change it" };
  if (isIn(boundary.userIds) || boundary.userKeys.has(key))
    return { code: "outside", reason: "is outside responsibleFor: repairs do not change it" };
  const team = teams.find((one) => protection.teamIds.has(one.scimId) || boundary.teamIds.has(one.scimId));
  if (team === undefined) return undefined;
  const reason = `is in the Team ${team.displayName}, which repairs do not change, and would lose that membership`;
  return { code: "protected", reason };
}

function isRenamed({ scimId }: HeldUser, { changes }: Drift): boolean {
  return changes.some((change) => change.kind === "user-renamed" && change.held.scimId === scimId);
}

function stays(reason: string): Reason {
  return { code: "provider-link", reason };
}
