/** What one resource is to become, and what has to be known to judge it. Pure. */

import type { JsonObject } from "../../ground/json.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isActive, nameOf } from "../store/known-attributes.ts";
import type { OwnPart } from "../store/own-part.ts";
import type { IndexKey, StoredResource } from "../store/rows.ts";
import type { ResourceTypeName } from "../store/resource-type-name.ts";
import type { MemberDelta } from "./member-edits.ts";
import type { Refusal } from "./outcome.ts";
import type { OrganizationRules } from "./rules.ts";

/** One resource from what it was to what it becomes. */
export interface Change {
  readonly type: ResourceTypeName;
  readonly row: StoredResource;
  /** Undefined where no attribute changes. */
  readonly after: JsonObject | undefined;
  readonly delta: MemberDelta;
  /** Astro's own part, where that is what changes. */
  readonly own?: OwnPart;
  readonly kind: "changed" | "adopted" | "roles-changed" | "deleted";
}

/** A name that must be unique. */
export interface UniqueName extends IndexKey {
  readonly index: "userName" | "displayName";
}

/**
 * The name that a resource is to have and has not yet, if it has to be unique. Team names are unique within an
 * organization, ignoring case (astro CLI: `organization team update --help`).
 */
export function newUniqueName(
  type: ResourceTypeName,
  before: JsonObject | undefined,
  after: JsonObject,
  rules: OrganizationRules,
): UniqueName | undefined {
  if (type === "Group" && rules.existingTeam === "allow") return undefined;
  const index = type === "User" ? "userName" : "displayName";
  const name = after[index];
  if (typeof name !== "string" || name === before?.[index]) return undefined;
  return { index, key: foldCase(name) };
}

export function conflictOf({ index, key }: UniqueName): Refusal {
  return { kind: "conflict", attribute: index, value: key };
}

export function isRenamed({ type, row, after }: Change): boolean {
  return after !== undefined && nameOf(type, after) !== row.name;
}

export function isDeactivation({ type, row, after }: Change): boolean {
  return type === "User" && after !== undefined && row.active && !isActive(after);
}

/** What ends for the user of a change. */
export function endingOf(change: Change, rules: OrganizationRules): OrganizationRules["deactivation"] {
  const ofDeactivation = isDeactivation(change) ? rules.deactivation : "keeps-memberships";
  return change.kind === "deleted" && ofDeactivation !== "removes" ? "ends-memberships" : ofDeactivation;
}
