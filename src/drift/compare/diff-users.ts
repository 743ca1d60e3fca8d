/** Differences in accounts. */

import type { HeldUser } from "../../astro/held.ts";
import type { AttributeNotCompared, ExpectedUser } from "../../astro/state.ts";
import type { UserChange } from "./change.ts";
import { creationOf, diffAttributes, type AttributeRules } from "./diff-attributes.ts";
import type { Sides } from "./memberships.ts";
import { isTwinCertain } from "./namesakes.ts";
import type { LinkedUsers } from "./provider-links.ts";

export interface UserDrift {
  readonly changes: readonly UserChange[];
  /** Once for each user who should be active. */
  readonly notCompared: readonly AttributeNotCompared[];
}

/** What is known beside both sides. */
export interface UserRules extends AttributeRules {
  readonly linkedUsers: LinkedUsers;
}

/**
 * Accounts that are missing, inactive, renamed, different or left over; in no particular order. Outside, only what the
 * directory provisions is compared: nothing is left over there.
 */
export function diffUsers(sides: Sides, rules: UserRules): UserDrift {
  const { expected, match, outside } = sides;
  const changes: UserChange[] = [];
  const notCompared: AttributeNotCompared[] = [];
  for (const user of expected.users.values()) {
    const account = match.heldOf(user.key);
    const isOutside = account !== undefined && outside.userIds.has(account.scimId);
    if (user.presence !== "active" && isOutside) continue;
    const found = diffUser(user, account, { ...sides, ...rules });
    changes.push(...found.changes);
    notCompared.push(...found.notCompared);
  }
  return { changes: [...changes, ...leftOverAccounts(sides, rules)], notCompared };
}

/** Accounts that belong to no user of the directory. */
function leftOverAccounts(
  { expected, held, match, outside }: Sides,
  { linkedUsers }: UserRules,
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

function diffUser(user: ExpectedUser, held: HeldUser | undefined, sides: Sides & AttributeRules): UserDrift {
  const nothing = { changes: [], notCompared: [] };
  switch (user.presence) {
    case "either":
      return nothing;
    case "not-active":
      return held?.active === true
        ? { ...nothing, changes: [{ kind: "user-left-over", held, reason: user.reason }] }
        : nothing;
    case "active": {
      const { notCompared = [] } = user;
      if (held !== undefined) return diffAccount(user, held, sides);
      return { changes: [{ kind: "user-missing", user, ...creationOf(user, sides) }], notCompared };
    }
  }
}

function diffAccount(user: ExpectedUser, held: HeldUser, sides: Sides & AttributeRules): UserDrift {
  const changes: UserChange[] = [];
  if (!held.active) changes.push({ kind: "user-inactive", user, held });
  if (held.key !== user.key) {
    changes.push({ kind: "user-renamed", user, held, evidence: sides.match.evidenceOf(user.key) });
  }
  const attributes = diffAttributes(user, held, sides);
  return {
    changes: [...changes, ...attributes.changes],
    notCompared: [...(user.notCompared ?? []), ...attributes.notCompared],
  };
}
