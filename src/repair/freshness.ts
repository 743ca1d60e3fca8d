/** Whether the resource of an operation is still as it was when the plan was made. */

import type { Responsibility } from "../astro/responsibility.ts";
import type { StateKey } from "../astro/state.ts";
import type { Reader } from "../astro/writer.ts";
import type { TeamAsRead } from "../astro/held.ts";
import type { Operation } from "../drift/plan/operation.ts";
import { isProviderTeamOperation, type ProviderTeamOperation } from "../drift/plan/provider-operation.ts";
import { isOrganizationOwner } from "../drift/compare/owner.ts";
import { foldCase } from "../ground/fold-case.ts";
import { staleInIam } from "./iam-freshness.ts";
import { findNamesake, readResource, type Resource } from "./resource.ts";
import type { Run } from "./run.ts";

export type Freshness =
  /** As it was; undefined where it is yet to be made. */
  | { readonly kind: "fresh"; readonly resource: Resource | undefined }
  | { readonly kind: "gone" }
  | { readonly kind: "changed"; readonly reason: string };

/**
 * Reads the resource again and compares. Done right before a write, it leaves one round trip in which the
 * resource can change unseen; where the server has versions, If-Match covers that too.
 * @throws AppError where the server cannot be read.
 */
export async function checkFreshness(
  operation: Operation,
  { executor, ledger, protectedKeys, responsibility }: Run,
): Promise<Freshness> {
  const { subject } = operation;
  const reader = executor.look;
  const scimId = ledger.scimIdOf(subject);
  if (scimId === undefined) {
    return (await hasLiveLink(operation, reader))
      ? { kind: "changed", reason: liveLink }
      : await checkNew(operation, reader, { ledger, protectedKeys, responsibility });
  }
  const resource = await readResource(reader, subject.kind, scimId);
  if (await hasLiveLink(operation, reader)) {
    return { kind: "changed", reason: liveLink };
  }
  if (resource === undefined) {
    if (!(await reader.isListed({ kind: subject.kind, name: subject.name, scimId }))) return { kind: "gone" };
    return { kind: "changed", reason: "it cannot be found by its id, but the list still shows it" };
  }
  if (takesOwner(operation, resource)) {
    return {
      kind: "changed",
      reason: "it is an Organization Owner; repairs never delete, deactivate or rename owners",
    };
  }
  if (isProtected(resource, protectedKeys)) {
    return { kind: "changed", reason: "it is protected, as reading it by its id shows" };
  }
  if (isOutside(resource, responsibility)) {
    return { kind: "changed", reason: "it is outside responsibleFor, as reading it by its id shows" };
  }
  if (isProviderTeamOperation(operation) && resource.kind === "team") {
    const reason = whyNotPushed(operation, resource.seen, ledger.resolve(operation.added).scimIds);
    return reason === undefined ? { kind: "fresh", resource } : { kind: "changed", reason };
  }
  const expected = ledger.fingerprintOf(subject);
  if (expected !== undefined && expected !== resource.seen.fingerprint) {
    return { kind: "changed", reason: "it has changed since the plan was made" };
  }
  const inIam = await staleInIam(operation, scimId, executor.iam);
  if (inIam !== undefined) return { kind: "changed", reason: inIam };
  return await checkNameIsFree(operation, reader, resource);
}

/**
 * Entra ID finds a Team by its name: one that a cycle has created meanwhile is what the operation is about. It must have no
 * member whom the plan does not name.
 */
async function checkNew(
  operation: Operation,
  reader: Reader,
  { ledger, protectedKeys, responsibility }: Pick<Run, "ledger" | "protectedKeys" | "responsibility">,
): Promise<Freshness> {
  if (operation.kind !== "provision-group") return await checkNameIsFree(operation, reader, undefined);
  const seen = await reader.findTeam(operation.displayName);
  if (seen === undefined) return { kind: "fresh", resource: undefined };
  const resource: Resource = { kind: "team", seen };
  const isOthers = isProtected(resource, protectedKeys) || isOutside(resource, responsibility);
  const reason = whyNotPushed(operation, seen, ledger.resolve(operation.added).scimIds);
  if (!isOthers && reason === undefined) return { kind: "fresh", resource };
  return { kind: "changed", reason: "one with that name exists now" };
}

/**
 * A push overwrites the whole Team. That some members have come already does not matter: the provider itself adds those whose
 * accounts were made right before.
 */
function whyNotPushed(
  { subject, displayName, stayingIds, removed }: ProviderTeamOperation,
  { key, memberIds }: TeamAsRead,
  addedIds: readonly string[],
): string | undefined {
  if (key !== subject.key && key !== foldCase(displayName))
    return "it has been renamed since the plan was made";
  const known = new Set([...stayingIds, ...addedIds, ...removed.flatMap(({ scimId }) => scimId ?? [])]);
  return [...memberIds].every((id) => known.has(id))
    ? undefined
    : "it has got members since the plan was made, who would fall out";
}

const liveLink = "the provider is linked to an account, which it would deactivate";

/** A link to what no longer exists does no harm when the assignment is removed; any account would be deactivated. */
async function hasLiveLink(operation: Operation, reader: Reader): Promise<boolean> {
  if (operation.kind !== "reassign-user" || operation.linkedId === null) return false;
  return (await reader.readUser(operation.linkedId)) !== undefined;
}

/** A list may leave roles out that the resource itself shows. */
function takesOwner(operation: Operation, resource: Resource): boolean {
  const isForbidden = ["delete-user", "deactivate-user", "rename-user"].includes(operation.kind);
  if (!isForbidden) return false;
  return resource.kind === "user" && resource.seen.roles?.some(isOrganizationOwner) === true;
}

/** A list may leave addresses out that the resource itself shows. */
function isProtected(resource: Resource, protectedKeys: ReadonlySet<StateKey>): boolean {
  if (resource.kind === "team") return protectedKeys.has(resource.seen.key);
  return [resource.seen.key, ...resource.seen.emails].some((name) => protectedKeys.has(name));
}

/** By the names that it has now, whatever the list said of them. */
function isOutside(resource: Resource, { excludesAccount, excludesTeam }: Responsibility): boolean {
  const exclusion =
    resource.kind === "user" ? excludesAccount(resource.seen) : excludesTeam(resource.seen.displayName);
  return exclusion !== undefined;
}

async function checkNameIsFree(
  operation: Operation,
  reader: Reader,
  resource: Resource | undefined,
): Promise<Freshness> {
  const namesake = await findNamesake(reader, operation);
  if (namesake === undefined || namesake.seen.scimId === resource?.seen.scimId) {
    return { kind: "fresh", resource };
  }
  return { kind: "changed", reason: "one with that name exists now" };
}
