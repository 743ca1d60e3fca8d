/** What a write changed beyond what was asked: some servers empty a Team to take one member out. */

import { formatCount } from "../ground/text/quantities.ts";
import type { HeldUser, TeamAsRead } from "../astro/held.ts";
import type { Operation } from "../drift/plan/operations/operation.ts";
import {
  isProviderOperation,
  isProviderTeamOperation,
  type ProviderOperation,
} from "../drift/plan/operations/provider-operation.ts";
import type { Resource } from "./resource.ts";

export interface WrittenTo {
  /** How it was right before the write; undefined for what was made. */
  readonly before: Resource | undefined;
  /** Of an operation on members: their ids. */
  readonly memberIds: readonly string[];
}

/** The change that was not asked for, as a clause; undefined where there is none, and for deletions. */
export function sideEffectOf(
  operation: Operation,
  now: Resource,
  { before, memberIds }: WrittenTo,
): string | undefined {
  const { kind } = operation;
  if (isProviderOperation(operation)) return effectOfProvider(operation, before, now);
  if (before?.kind === "user" && now.kind === "user") return effectOnUser(kind, before.seen, now.seen);
  if (before?.kind === "team" && now.kind === "team") {
    return effectOnTeam(kind, { before: before.seen, now: now.seen, memberIds });
  }
  return undefined;
}

/** The provider sends the whole user, or the whole membership: only what the plan said may go. */
function effectOfProvider(
  operation: ProviderOperation,
  before: Resource | undefined,
  now: Resource,
): string | undefined {
  if (before?.kind !== "team" || now.kind !== "team" || !isProviderTeamOperation(operation)) return undefined;
  const removed = new Set(operation.removed.flatMap(({ scimId }) => scimId ?? []));
  return lostMembers({ before: before.seen, now: now.seen, removed });
}

function effectOnUser(kind: Operation["kind"], before: HeldUser, now: HeldUser): string | undefined {
  if (kind === "delete-user") return undefined;
  if (kind !== "rename-user" && now.key !== before.key) return "its userName has changed as well";
  return kind !== "activate-user" && kind !== "deactivate-user" && now.active !== before.active
    ? `it is ${now.active ? "active" : "inactive"} now`
    : undefined;
}

function effectOnTeam(
  kind: Operation["kind"],
  team: { readonly before: TeamAsRead; readonly now: TeamAsRead; readonly memberIds: readonly string[] },
): string | undefined {
  const { before, now, memberIds } = team;
  if (kind === "delete-team") return undefined;
  if (kind !== "rename-team" && now.key !== before.key) return "its name has changed as well";
  const removed = new Set(kind === "remove-members" ? memberIds : []);
  return lostMembers({ before, now, removed });
}

function lostMembers({
  before,
  now,
  removed,
}: {
  readonly before: TeamAsRead;
  readonly now: TeamAsRead;
  readonly removed: ReadonlySet<string>;
}): string | undefined {
  const lost = [...before.memberIds].filter((id) => !removed.has(id) && !now.memberIds.has(id)).length;
  if (lost === 0) return undefined;
  return lost === 1
    ? "another member is gone as well"
    : `${formatCount(lost)} other members are gone as well`;
}
