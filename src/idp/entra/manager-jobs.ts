/** What a cycle does about the manager of one user, where it is mapped: after all users, for it refers to another. */

import type { DirectoryUser } from "../../directory/directory.ts";
import type { Subject } from "../events.ts";
import type { Job } from "../run.ts";
import { invalidAnchor, readWritten } from "./answers.ts";
import { done, escrowed, isDue, type CycleContext } from "./cycle-context.ts";
import { exchange } from "./export-object.ts";
import type { EntraId, LinkedUser } from "./memory.ts";
import { managerOperation } from "./operations.ts";
import { patch } from "./requests.ts";

/**
 * The manager of a user who has another one than in the last cycle. A manager who is not provisioned is left out, and not
 * noticed later, unless it is only waiting in escrow (Microsoft: Known issues for provisioning).
 */
export function planManagerJob(context: CycleContext, user: DirectoryUser): Job | undefined {
  const { ledger, isInitial, settings } = context;
  const isMapped = context.mappings.users.rows.some(({ reference }) => reference === "manager");
  const link = ledger.users.get(user.objectId);
  if (!isMapped || link === undefined || !settings.users.actions.update) return undefined;
  if (context.scope.user(user) !== "in-scope") return undefined;
  const escrowKey = `${user.objectId}#manager`;
  if (!isInitial && ledger.escrows.has(escrowKey) && !isDue(context, escrowKey)) return undefined;
  const manager = managerOf(context, user);
  if (manager === link.manager && !(isInitial && manager !== undefined)) return undefined;
  const account = manager === undefined ? undefined : ledger.users.get(manager);
  if (manager !== undefined && account === undefined) {
    if (!ledger.escrows.has(manager)) ledger.linkUser(user.objectId, { ...link, manager });
    return undefined;
  }
  return exportJob(context, { user, escrowKey }, { link, manager, managerId: account?.scimId });
}

interface ManagerChange {
  readonly link: LinkedUser;
  readonly manager: EntraId | undefined;
  /** The manager's SCIM id. */
  readonly managerId: string | undefined;
}

function exportJob(
  context: CycleContext,
  { user, escrowKey }: { readonly user: DirectoryUser; readonly escrowKey: string },
  { link, manager, managerId }: ManagerChange,
): Job {
  const subject: Subject = { kind: "user", objectId: user.objectId, key: user.key, name: link.name };
  return escrowed(context, {
    subject,
    what: "update-manager",
    escrowKey,
    *begin() {
      const request = patch(
        "/Users",
        link.scimId,
        [managerOperation(managerId, context.shapes)],
        context.shapes,
      );
      const refused = readWritten(yield* exchange(request, context));
      if (refused !== undefined) {
        const failure = refused.kind === "gone" ? invalidAnchor() : refused;
        return { kind: "escrow", failure, atCreation: false };
      }
      context.ledger.linkUser(user.objectId, { ...link, manager });
      return done({ kind: "done", did: "updated" });
    },
  });
}

/** By the name by which the fixture speaks of the manager, or by the object id. */
function managerOf({ directory, usersById }: CycleContext, { profile }: DirectoryUser): EntraId | undefined {
  const { manager } = profile;
  if (typeof manager !== "string") return undefined;
  return directory.users.get(manager)?.objectId ?? usersById.get(manager)?.objectId;
}
