/** A user or a Team as it is at the moment. */

import type { HeldUser, TeamAsRead } from "../astro/held.ts";
import type { Reader } from "../astro/writer.ts";
import type { Operation } from "../drift/plan/operations/operation.ts";
import { isProviderOperation, isProviderTeamOperation } from "../drift/plan/operations/provider-operation.ts";

export type Resource =
  | { readonly kind: "user"; readonly seen: HeldUser }
  | { readonly kind: "team"; readonly seen: TeamAsRead };

/**
 * The resource with that id; undefined where there is none.
 * @throws AppError where the server cannot be read.
 */
export async function readResource(
  reader: Reader,
  kind: Resource["kind"],
  scimId: string,
): Promise<Resource | undefined> {
  return kind === "user" ? asUser(await reader.readUser(scimId)) : asTeam(await reader.readTeam(scimId));
}

/**
 * What already has the name that an operation gives; undefined where nothing has, and for operations that give none.
 * @throws AppError where the server cannot be read.
 */
export async function findNamesake(reader: Reader, operation: Operation): Promise<Resource | undefined> {
  const { subject } = operation;
  if (isProviderOperation(operation)) {
    // What is there already is what the provider works on.
    if (subject.scimId !== null) return undefined;
    return isProviderTeamOperation(operation)
      ? asTeam(await reader.findTeam(operation.displayName))
      : asUser(await reader.findUser(operation.userName));
  }
  if (operation.kind === "create-user" || operation.kind === "rename-user")
    return asUser(await reader.findUser(operation.userName));
  if (operation.kind === "create-team" || operation.kind === "rename-team")
    return asTeam(await reader.findTeam(operation.displayName));
  return undefined;
}

function asUser(seen: HeldUser | undefined): Resource | undefined {
  return seen === undefined ? undefined : { kind: "user", seen };
}

function asTeam(seen: TeamAsRead | undefined): Resource | undefined {
  return seen === undefined ? undefined : { kind: "team", seen };
}
