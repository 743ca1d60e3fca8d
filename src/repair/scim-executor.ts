/** Operations carried out over SCIM: each is one call of a writer. Those of a provider go through it. */

import type { Seen, SeenForWriting } from "../astro/held.ts";
import type { Reader, WriteResult, Writer } from "../astro/writer.ts";
import type { ScimOperation } from "../drift/plan/operation.ts";
import type { ProviderWays } from "./via/provider-ways.ts";
import type { Executor, IamLook, WriteTarget } from "./executor.ts";

/** Writes and reads back through `writer`; looks through `look`, and through `iam` before a deletion, which may be given up. */
export function scimExecutor(
  writer: Writer,
  look: Reader = writer,
  iam?: IamLook,
  provider?: ProviderWays,
): Executor {
  return {
    look,
    iam,
    provider,
    readBack: writer,
    write: async (operation, target) => {
      const { seen } = target;
      if (operation.kind === "create-user") {
        const attributes = { ...operation.attributes, ...operation.attributesNotKept };
        return await writer.createUser({ ...operation, attributes });
      }
      if (operation.kind === "create-team") return await writer.createTeam(operation.displayName);
      return seen === undefined ? { kind: "gone" } : await change(operation, writer, { ...target, seen });
    },
  };
}

async function change(
  operation: Exclude<ScimOperation, { kind: "create-user" | "create-team" }>,
  writer: Writer,
  { seen, memberIds, signal }: WriteTarget & { readonly seen: Seen & SeenForWriting },
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
