/** What Okta remembers of the target: the SCIM id of each account that it provisioned or linked. */

import type { ProviderLinks, Stopped } from "../../directory/source.ts";
import type { AssignedUser } from "./directory/read-assignments.ts";
import type { ReadErrors } from "./findings/read-errors.ts";

/**
 * A push mapping does not tell the id of its Team: its `targetGroupId` is Okta's own id of the app's group (Okta API:
 * GroupPushMapping). So no link to a Team is known, and Teams are found by their names.
 */
export function linksOf(assigned: readonly AssignedUser[], errors: ReadErrors): ProviderLinks {
  return {
    accounts: assigned.flatMap(({ appUser, user }) => {
      const scimId = appUser.externalId ?? "";
      const userName = appUser.credentials?.userName ?? user.profile.login;
      return scimId === "" ? [] : [{ objectId: appUser.id, userName, scimId }];
    }),
    teams: new Map(),
    stopped: {
      users: new Map(assigned.flatMap((one) => stoppedUser(one, errors))),
      groups: new Map(),
    },
  };
}

/** A job that failed is not repeated before its task is retried. */
function stoppedUser(
  { appUser, user }: AssignedUser,
  errors: ReadErrors,
): readonly (readonly [string, Stopped])[] {
  const isLinked = (appUser.externalId ?? "") !== "";
  if (isLinked || appUser.syncState !== "ERROR") return [];
  const error = errors.of(appUser, user)?.error;
  const name = appUser.credentials?.userName ?? user.profile.login;
  return [[appUser.id, { name, why: `the assignment failed${error === undefined ? "" : `: ${error}`}` }]];
}

/**
 * Whether the app provisions the server that is compared. Its ids are of no use for another one; where Okta does not show the
 * address, they are taken to be of this one.
 */
export function isSameTarget(appUrl: string | null | undefined, target: string): boolean {
  if (appUrl === undefined || appUrl === null || !URL.canParse(appUrl) || !URL.canParse(target)) return true;
  return normal(appUrl) === normal(target);
}

/** Without what a query or a slash at the end adds; this machine has several names. */
function normal(address: string): string {
  const { protocol, hostname, port, pathname } = new URL(address);
  const host = /^(?:localhost|\[::1\])$/.test(hostname) ? "127.0.0.1" : hostname;
  return `${protocol}//${host}:${port}${pathname.replace(/\/+$/, "")}`;
}
