/** Differences in accounts. */

import { externalIdPath } from "../../../astro/compared-value.ts";
import type { HeldUser } from "../../../astro/held.ts";
import type { AttributeNotCompared, ExpectedUser } from "../../../astro/state.ts";
import { isApart } from "../outside/boundary.ts";
import type { UserChange, UserLeftOver } from "../change.ts";
import type { IamRules } from "../over-iam/iam-rules.ts";
import { samePersonFinder, samePersonReason } from "./same-person.ts";
import { creationOf, diffAttributes, type AttributeRules } from "./diff-attributes.ts";
import type { Sides } from "../teams/memberships.ts";
import { isTwinCertain } from "./namesakes.ts";
import type { LinkedUsers } from "../provider-links.ts";

export interface UserDrift {
  readonly changes: readonly UserChange[];
  /** Once for each user who should be active. */
  readonly notCompared: readonly AttributeNotCompared[];
}

/** What is known beside both sides. */
export interface UserRules extends AttributeRules {
  readonly linkedUsers: LinkedUsers;
  /** SCIM ids of all accounts to which the provider has a link; undefined where nothing says what it remembers. */
  readonly linkedIds: ReadonlySet<string> | undefined;
  readonly iam: IamRules;
}

/**
 * Accounts that are missing, inactive, renamed, different or left over; in no particular order. Outside, only what the
 * directory provisions is compared, and what may be its own: see `isApart`.
 */
export function diffUsers(sides: Sides, rules: UserRules): UserDrift {
  const { expected, match, outside } = sides;
  const changes: UserChange[] = [];
  const notCompared: AttributeNotCompared[] = [];
  const known = { ...sides, ...rules };
  for (const user of expected.users.values()) {
    const account = match.heldOf(user.key);
    if (account !== undefined && isApart(user, account, outside)) continue;
    const found = diffUser(user, account, known);
    changes.push(...found.changes);
    notCompared.push(...found.notCompared);
  }
  return { changes: [...changes, ...leftOverAccounts(sides, rules)], notCompared };
}

/** Accounts that belong to no user of the directory. */
function leftOverAccounts(sides: Sides, rules: UserRules): readonly UserChange[] {
  const { linkedUsers } = rules;
  const { expected, held, match, outside } = sides;
  const isLeft = ({ active, scimId }: HeldUser): boolean => active && !outside.userIds.has(scimId);
  let samePerson: ReturnType<typeof samePersonFinder> | undefined;
  const changes: UserChange[] = [];
  for (const account of held.users.values()) {
    if (!isLeft(account) || match.expectedOf(account) !== undefined) continue;
    samePerson ??= samePersonFinder(sides);
    const same = samePerson(account);
    if (same === undefined) changes.push(unexpected(account, "not in the directory", rules));
    else changes.push({ kind: "user-duplicate", held: account, ...same, reason: samePersonReason(same) });
  }
  for (const account of held.namesakeUsers.filter(isLeft)) {
    const isCertain = isTwinCertain(account.key, { expected, held, linkedUsers });
    const about = {
      held: account,
      reason: "a second account with that name",
      ...(isCertain ? {} : ({ doubt: "which-account" } as const)),
    };
    const user = expected.users.get(account.key);
    changes.push(
      user?.presence === "active"
        ? { kind: "user-duplicate", user, evidence: "case", ...about }
        : leftOver(about, rules),
    );
  }
  return changes;
}

/** An active account that should not be there, by what is known of how it came. */
function unexpected(held: HeldUser, reason: string, rules: UserRules): UserChange {
  const { iam } = rules;
  if (iam.isPendingInvite(held)) {
    return leftOver({ held, reason: `invited, not accepted yet, ${reason}` }, rules);
  }
  const evidence = iam.neverLinked(held, undefined);
  if (evidence === undefined) return leftOver({ held, reason }, rules);
  return { kind: "user-never-linked", user: undefined, held, evidence, reason };
}

/** With whether the provider has a link to the account, where that is known. */
function leftOver(
  about: Pick<UserLeftOver, "held" | "reason" | "doubt">,
  { linkedIds }: Pick<UserRules, "linkedIds">,
): UserLeftOver {
  if (linkedIds === undefined) return { kind: "user-left-over", ...about };
  const link = linkedIds.has(about.held.scimId) ? "linked" : "not-linked";
  return { kind: "user-left-over", ...about, link };
}

function diffUser(user: ExpectedUser, held: HeldUser | undefined, sides: Sides & UserRules): UserDrift {
  const nothing = { changes: [], notCompared: [] };
  switch (user.presence) {
    case "either":
      return nothing;
    case "not-active":
      return held?.active === true
        ? { ...nothing, changes: [unexpected(held, user.reason, sides)] }
        : nothing;
    case "active": {
      const { notCompared = [] } = user;
      if (held !== undefined) return diffAccount(user, held, sides);
      return { changes: [{ kind: "user-missing", user, ...creationOf(user, sides) }], notCompared };
    }
  }
}

function diffAccount(user: ExpectedUser, held: HeldUser, sides: Sides & UserRules): UserDrift {
  const { iam, match } = sides;
  const stated = user.notCompared ?? [];
  if (iam.isPendingInvite(held)) {
    return { changes: [{ kind: "user-invite-pending", user, held }], notCompared: stated };
  }
  const evidence = held.active ? iam.neverLinked(held, user) : undefined;
  const neverLinked: readonly UserChange[] =
    evidence === undefined ? [] : [{ kind: "user-never-linked", user, held, evidence, reason: "" }];
  // SCIM shows nothing of it that could be compared.
  if (held.isHiddenFromScim === true && evidence !== undefined) {
    return { changes: neverLinked, notCompared: stated };
  }
  const changes: UserChange[] = [...neverLinked];
  // Whether SCIM shows a banned account as active is not documented.
  if (held.iam?.status === "BANNED") changes.push({ kind: "user-banned", user, held });
  else if (!held.active) changes.push({ kind: "user-inactive", user, held });
  if (held.key !== user.key) {
    changes.push({ kind: "user-renamed", user, held, evidence: match.evidenceOf(user.key) });
  }
  const attributes = diffAttributes(user, held, sides);
  return {
    // Its externalId would be that of a link.
    changes: [
      ...changes,
      ...attributes.changes.filter(
        ({ attribute }) => neverLinked.length === 0 || attribute !== externalIdPath,
      ),
    ],
    notCompared: [...stated, ...attributes.notCompared],
  };
}
