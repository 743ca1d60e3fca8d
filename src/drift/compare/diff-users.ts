/** Differences in accounts. */

import type { HeldUser } from "../../astro/held.ts";
import type { ExpectedUser } from "../../astro/state.ts";
import type { UserAttributeDiffers, UserChange } from "./change.ts";
import type { UserMatch } from "./match-users.ts";
import type { Sides } from "./memberships.ts";
import { isTwinCertain } from "./namesakes.ts";
import type { LinkedUsers } from "./provider-links.ts";
import { isSameValue } from "./same-value.ts";

/**
 * Accounts that are missing, inactive, renamed, different or left over; in no particular order. Outside, only what the
 * directory provisions is compared: nothing is left over there.
 */
export function diffUsers(sides: Sides, linkedUsers: LinkedUsers): readonly UserChange[] {
  const { expected, match, outside } = sides;
  const changes: UserChange[] = [];
  for (const user of expected.users.values()) {
    const account = match.heldOf(user.key);
    const isOutside = account !== undefined && outside.userIds.has(account.scimId);
    if (user.presence === "active" || !isOutside) changes.push(...diffUser(user, match));
  }
  return [...changes, ...leftOverAccounts(sides, linkedUsers)];
}

/** Accounts that belong to no user of the directory. */
function leftOverAccounts(
  { expected, held, match, outside }: Sides,
  linkedUsers: LinkedUsers,
): readonly UserChange[] {
  const isLeft = ({ active, scimId }: HeldUser): boolean => active && !outside.userIds.has(scimId);
  const changes: UserChange[] = [];
  for (const account of held.users.values()) {
    if (isLeft(account) && match.expectedOf(account) === undefined) {
      changes.push({ kind: "user-left-over", held: account, reason: "not in the directory" });
    }
  }
  for (const account of held.namesakeUsers.filter(isLeft)) {
    const doubt = isTwinCertain(account.key, { expected, held, linkedUsers })
      ? {}
      : ({ doubt: "which-account" } as const);
    changes.push({
      kind: "user-left-over",
      held: account,
      reason: "a second account with that name",
      ...doubt,
    });
  }
  return changes;
}

function diffUser(user: ExpectedUser, match: UserMatch): readonly UserChange[] {
  const held = match.heldOf(user.key);
  switch (user.presence) {
    case "either":
      return [];
    case "not-active":
      return held?.active === true ? [{ kind: "user-left-over", held, reason: user.reason }] : [];
    case "active":
      return held === undefined ? [{ kind: "user-missing", user }] : diffAccount(user, held, match);
  }
}

function diffAccount(user: ExpectedUser, held: HeldUser, match: UserMatch): readonly UserChange[] {
  const changes: UserChange[] = [];
  if (!held.active) changes.push({ kind: "user-inactive", user, held });
  if (held.key !== user.key) {
    changes.push({ kind: "user-renamed", user, held, evidence: match.evidenceOf(user.key) });
  }
  changes.push(...diffAttributes(user, held));
  return changes;
}

function diffAttributes(user: ExpectedUser, held: HeldUser): readonly UserAttributeDiffers[] {
  const changes: UserAttributeDiffers[] = [];
  const compare = (attribute: string): void => {
    const expectedValue = user.attributes[attribute];
    const heldValue = held.attributes[attribute];
    if (isSameValue(attribute, expectedValue, heldValue)) return;
    changes.push({ kind: "user-attribute-differs", user, held, attribute, expectedValue, heldValue });
  };
  for (const attribute of Object.keys(user.attributes)) compare(attribute);
  if (user.otherAttributes === "kept") return changes;
  for (const attribute of Object.keys(held.attributes)) {
    if (!Object.hasOwn(user.attributes, attribute)) compare(attribute);
  }
  return changes;
}
