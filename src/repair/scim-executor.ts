/** Operations carried out over SCIM: each is one call of a writer. Those of a provider go through it. */

import type { Seen, SeenForWriting } from "../astro/held.ts";
import type { Reader, WriteResult, Writer } from "../astro/writer.ts";
import {
  isRestoringRoles,
  type RestoreRoles,
  type ScimOperation,
} from "../drift/plan/operations/operation.ts";
import type { Executor, IamLook, IamRoles, WriteTarget } from "./executor.ts";
import type { ProviderWays } from "./via/provider-ways.ts";

export interface ScimExecutorOptions {
  /** Looks before a write, which may be given up; `writer` unless said. */
  readonly look?: Reader;
  /** Looks before something is taken away, and before roles are given. */
  readonly iam?: IamLook | undefined;
  /** Gives roles, which SCIM does not carry. */
  readonly roles?: IamRoles | undefined;
  /** Carries out what goes through the provider. */
  readonly provider?: ProviderWays | undefined;
}

/** Writes and reads back through `writer`. */
export function scimExecutor(
  writer: Writer,
  { look = writer, iam, roles, provider }: ScimExecutorOptions = {},
): Executor {
  return {
    look,
    iam,
    provider,
    roles,
    readBack: writer,
    write: async (operation, target) => {
      const { seen } = target;
      if (operation.kind === "create-user") {
        const attributes = { ...operation.attributes, ...operation.attributesNotKept };
        return await writer.createUser({ ...operation, attributes });
      }
      if (operation.kind === "create-team") return await writer.createTeam(operation.displayName);
      if (seen === undefined) return { kind: "gone" };
      if (isRestoringRoles(operation)) return await restoreRoles(operation, seen, roles);
      return await change(operation, writer, { ...target, seen });
    },
  };
}

async function restoreRoles(
  { subject, granted }: RestoreRoles,
  { scimId }: Seen,
  roles: IamRoles | undefined,
): Promise<WriteResult> {
  if (roles === undefined) return { kind: "refused", status: 404, message: "there is no IAM API" };
  return await roles.writer.setRoles({ kind: subject.kind, id: scimId }, granted);
}

async function change(
  operation: Exclude<ScimOperation, RestoreRoles | { kind: "create-user" | "create-team" }>,
  writer: Writer,
  { seen, memberIds, signal }: WriteTarget & { readonly seen: Seen & SeenForWriting },
): Promise<WriteResult> {
  switch (operation.kind) {
    case "activate-user":
      return await writer.updateUser(seen, { active: true });
    case "deactivate-user":
      return await writer.updateUser(seen, { active: false });
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
