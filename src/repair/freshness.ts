/** Whether the resource of an operation is still as it was when the plan was made. */

import type { Responsibility } from "../astro/responsibility.ts";
import type { StateKey } from "../astro/state.ts";
import type { Reader } from "../astro/writer.ts";
import type { TeamAsRead } from "../astro/held.ts";
import type { Operation } from "../drift/plan/operations/operation.ts";
import {
  isProviderTeamOperation,
  type ProviderTeamOperation,
} from "../drift/plan/operations/provider-operation.ts";
import { isOrganizationOwner } from "../drift/compare/users/owner.ts";
import { foldCase } from "../ground/text/fold-case.ts";
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
export async function checkFreshness(operation: Operation, run: Run): Promise<Freshness> {
  const { executor, ledger } = run;
  const { subject } = operation;
  const reader = executor.look;
  if (await hasLiveLink(operation, reader)) return { kind: "changed", reason: liveLink };
  const ofLink = await linkedProblem(operation, run);
  if (ofLink !== undefined) return { kind: "changed", reason: ofLink };
  const scimId = ledger.scimIdOf(subject);
  if (scimId === undefined) return await checkNew(operation, reader, run);
  const resource = await readResource(reader, subject.kind, scimId);
  if (resource === undefined) {
    if (!(await reader.isListed({ kind: subject.kind, name: subject.name, scimId }))) return { kind: "gone" };
    return { kind: "changed", reason: "it cannot be found by its id, but the list still shows it" };
  }
  const reason = whyUntouchable(operation, resource, run) ?? whyChanged(operation, resource, ledger);
  if (reason !== undefined) return { kind: "changed", reason };
  const isLookedAt = operation.kind === "renew-assignment";
  const inIam = isLookedAt ? undefined : await staleInIam(operation, scimId, executor.iam);
  if (inIam !== undefined) return { kind: "changed", reason: inIam };
  return await checkNameIsFree(operation, reader, resource);
}

/** What the list did not show of it. */
function whyUntouchable(
  operation: Operation,
  resource: Resource,
  { protectedKeys, responsibility }: Run,
): string | undefined {
  if (takesOwner(operation, resource))
    return "it is an Organization Owner; repairs never delete, deactivate or rename owners";
  if (isProtected(resource, protectedKeys)) return "it is protected, as reading it by its id shows";
  return isOutside(resource, responsibility)
    ? "it is outside responsibleFor, as reading it by its id shows"
    : undefined;
}

function whyChanged(operation: Operation, resource: Resource, ledger: Run["ledger"]): string | undefined {
  if (isProviderTeamOperation(operation) && resource.kind === "team") {
    return whyNotPushed(operation, resource.seen, ledger.resolve(operation.added).scimIds);
  }
  if (isPuttingBack(operation, ledger)) {
    return resource.seen.key === operation.subject.key
      ? undefined
      : "it has been renamed since the plan was made";
  }
  const expected = ledger.fingerprintOf(operation.subject);
  const isSame = expected === undefined || expected === resource.seen.fingerprint;
  return isSame ? undefined : "it has changed since the plan was made";
}

/**
 * Entra ID finds a Team by its name: one that a cycle has created meanwhile is what the operation is about. It must have no
 * member whom the plan does not name.
 */
async function checkNew(operation: Operation, reader: Reader, run: Run): Promise<Freshness> {
  if (operation.kind !== "provision-group") return await checkNameIsFree(operation, reader, undefined);
  const seen = await reader.findTeam(operation.displayName);
  if (seen === undefined) return { kind: "fresh", resource: undefined };
  const resource: Resource = { kind: "team", seen };
  const isOurs =
    whyUntouchable(operation, resource, run) === undefined &&
    whyNotPushed(operation, seen, run.ledger.resolve(operation.added).scimIds) === undefined;
  return isOurs ? { kind: "fresh", resource } : { kind: "changed", reason: "one with that name exists now" };
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

/**
 * The account that the provider deactivates in between is as the plan says, its user's own or another: only the roles in the plan are given back.
 */
async function linkedProblem(operation: Operation, run: Run): Promise<string | undefined> {
  if (operation.kind !== "renew-assignment") return undefined;
  const { linkedId, linkedFingerprint } = operation;
  const resource = await readResource(run.executor.look, "user", linkedId);
  if (resource === undefined) return "the account to which the provider is linked is gone";
  const untouchable = whyUntouchable(operation, resource, run);
  if (untouchable !== undefined) return untouchable;
  if (resource.seen.fingerprint !== linkedFingerprint)
    return "the account to which the provider is linked has changed since the plan was made";
  return await staleInIam(operation, linkedId, run.executor.iam);
}

/** This run itself has changed the Team or the account: nobody falls out by adding, and of roles IAM is asked. */
function isPuttingBack(operation: Operation, ledger: Run["ledger"]): boolean {
  const isRenewal = (id: string | null): boolean =>
    ledger.outcomeOf(id ?? "")?.operation.kind === "renew-assignment";
  if (operation.kind === "restore-user-roles") return operation.dependsOn.some(isRenewal);
  return operation.kind === "add-members" && operation.members.some(({ after }) => isRenewal(after));
}

/** A list may leave roles out that the resource itself shows. */
function takesOwner(operation: Operation, resource: Resource): boolean {
  const isForbidden = ["delete-user", "deactivate-user", "rename-user", "renew-assignment"].includes(
    operation.kind,
  );
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
