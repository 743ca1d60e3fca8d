/** The one write that an operation stands for. */

import type { Seen } from "../astro/held.ts";
import type { CreateResult, WriteResult, Writer } from "../astro/writer.ts";
import type { Operation } from "../drift/plan/operation.ts";

/** What an operation writes to, as it was read just now. */
export interface Target {
  /** Undefined for what is yet to be made. */
  readonly seen: Seen | undefined;
  /** Of an operation on members: their ids. */
  readonly memberIds: readonly string[];
  readonly signal: AbortSignal;
}

/** Writes. A resource that is not there is `gone`. */
export async function perform(
  operation: Operation,
  writer: Writer,
  target: Target,
): Promise<CreateResult | WriteResult> {
  const { seen, memberIds, signal } = target;
  if (operation.kind === "create-user") return await writer.createUser(operation);
  if (operation.kind === "create-team") return await writer.createTeam(operation.displayName);
  return seen === undefined ? { kind: "gone" } : await change(operation, writer, { seen, memberIds, signal });
}

async function change(
  operation: Exclude<Operation, { kind: "create-user" | "create-team" }>,
  writer: Writer,
  { seen, memberIds, signal }: Target & { readonly seen: Seen },
): Promise<WriteResult> {
  switch (operation.kind) {
    case "activate-user":
      return await writer.updateUser(seen, { active: true });
    case "update-user":
      return await writer.updateUser(seen, { attributes: operation.attributes });
    case "rename-user":
      return await writer.updateUser(seen, { userName: operation.userName });
    case "rename-team":
      return await writer.renameTeam(seen, operation.displayName);
    case "add-members":
      return await writer.addMembers(seen, memberIds, signal);
    case "remove-members":
      return await writer.removeMembers(seen, memberIds, signal);
    case "delete-team":
      return await writer.deleteTeam(seen);
    case "delete-user":
      return await writer.deleteUser(seen);
  }
}
