/** Why a change is refused: reads what the rules ask for, where they ask. */

import type { Reads, StoredResource } from "../store/rows.ts";
import { userStatusOf } from "../store/user-status.ts";
import { conflictOf, isDeactivation, isRenamed, newUniqueName, type Change } from "./change.ts";
import type { Refusal } from "./outcome.ts";
import type { OrganizationRules } from "./rules.ts";

const withoutRelated = { related: false };

/** Undefined where the attributes may become what they are to become. */
export async function refusalOf(
  change: Change,
  rows: Reads,
  rules: OrganizationRules,
): Promise<Refusal | undefined> {
  const { type, row, after } = change;
  if (after === undefined) return undefined;
  const name = newUniqueName(type, row.attributes, after, rules);
  const holders = name === undefined ? [] : await rows.find(type, name, withoutRelated);
  if (name !== undefined && holders.some(({ id }) => id !== row.id)) return conflictOf(name);
  if (type === "User" && rules.userNameChange === "refuse" && isRenamed(change)) {
    return { kind: "user-name-change" };
  }
  const isRefused = isDeactivation(change) && (await isLastOwner(row, rows, rules));
  return isRefused ? { kind: "last-owner" } : undefined;
}

/**
 * Whether the organization would have no active owner without this one, and has to have one. Who was invited and has not
 * accepted is none yet.
 */
export async function isLastOwner(
  user: StoredResource,
  rows: Reads,
  rules: OrganizationRules,
): Promise<boolean> {
  const { organizationRole } = user.own.roles;
  if (rules.lastOwner === "allow" || organizationRole !== "ORGANIZATION_OWNER") return false;
  if (userStatusOf(user) !== "ACTIVE") return false;
  const owners = await rows.find("User", { index: "role", key: organizationRole }, withoutRelated);
  return owners.every((owner) => owner.id === user.id || userStatusOf(owner) !== "ACTIVE");
}
