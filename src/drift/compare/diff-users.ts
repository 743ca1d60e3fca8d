/** Differences in accounts. */

import type { HeldUser } from "../../astro/held.ts";
import type { AttributeNotCompared, ExpectedUser } from "../../astro/state.ts";
import type { UserChange } from "./change.ts";
import { creationOf, diffAttributes, type AttributeRules } from "./diff-attributes.ts";
import type { Sides } from "./memberships.ts";
import { isTwinCertain } from "./namesakes.ts";

export interface UserDrift {
  readonly changes: readonly UserChange[];
  /** Once for each user who should be active. */
  readonly notCompared: readonly AttributeNotCompared[];
}

/** Accounts that are missing, inactive, renamed, different or left over; in no particular order. */
export function diffUsers(sides: Sides, rules: AttributeRules): UserDrift {
  const { expected, held, match } = sides;
  const changes: UserChange[] = [];
  const notCompared: AttributeNotCompared[] = [];
  for (const user of expected.users.values()) {
    const found = diffUser(user, match.heldOf(user.key), { ...sides, ...rules });
    changes.push(...found.changes);
    notCompared.push(...found.notCompared);
  }
  for (const account of held.users.values()) {
    if (account.active && match.expectedOf(account) === undefined) {
      changes.push({ kind: "user-left-over", held: account, reason: "not in the directory" });
    }
  }
  for (const account of held.namesakeUsers) {
    if (!account.active) continue;
    const doubt = isTwinCertain(account.key, expected, held) ? {} : ({ doubt: "which-account" } as const);
    changes.push({
      kind: "user-left-over",
      held: account,
      reason: "a second account with that name",
      ...doubt,
    });
  }
  return { changes, notCompared };
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
  if (held.key !== user.key) changes.push({ kind: "user-renamed", user, held });
  const attributes = diffAttributes(user, held, sides);
  return {
    changes: [...changes, ...attributes.changes],
    notCompared: [...(user.notCompared ?? []), ...attributes.notCompared],
  };
}
