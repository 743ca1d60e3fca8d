/** What a cycle does about the manager of one user, where it is mapped: after all users, for it refers to another. */

import type { DirectoryUser } from "../../../directory/directory.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { Subject } from "../../run/events.ts";
import type { Job } from "../../run/run.ts";
import { invalidAnchor, isListed, readWritten } from "../requests/answers.ts";
import { done, escrowed, isDue, type CycleContext } from "../cycle/cycle-context.ts";
import { exchange } from "./export-object.ts";
import type { EntraId, LinkedUser } from "../memory.ts";
import { managerOperation } from "./operations.ts";
import { checkManager, patch } from "../requests/requests.ts";

/**
 * The manager of a user who has another one than in the last cycle. A manager who is not provisioned is left out, and not
 * noticed later, unless it is only waiting in escrow (Microsoft: Known issues for provisioning).
 */
export function planManagerJob(context: CycleContext, user: DirectoryUser): Job | undefined {
  const { ledger, isInitial } = context;
  const link = ledger.users.get(user.objectId);
  if (link === undefined || !isSent(context, user)) return undefined;
  const manager = managerOf(context, user);
  if (manager === undefined) {
    return link.manager === undefined
      ? undefined
      : exportJob(context, user, { link, manager, managerId: undefined });
  }
  if (manager === link.manager && !isInitial) return undefined;
  const account = ledger.users.get(manager);
  if (account !== undefined) return exportJob(context, user, { link, manager, managerId: account.scimId });
  if (!ledger.escrows.has(manager)) ledger.linkUser(user.objectId, { ...link, manager });
  return undefined;
}

/** Whether managers are mapped, and this user's is not waiting in escrow. */
function isSent(context: CycleContext, user: DirectoryUser): boolean {
  const { ledger, isInitial, settings, mappings, scope } = context;
  const isMapped = mappings.users.rows.some(({ reference }) => reference === "manager");
  if (!isMapped || !settings.users.actions.update || scope.user(user) !== "in-scope") return false;
  const key = escrowKeyOf(user);
  return isInitial || !ledger.escrows.has(key) || isDue(context, key);
}

function escrowKeyOf({ objectId }: DirectoryUser): string {
  return `${objectId}#manager`;
}

interface ManagerChange {
  readonly link: LinkedUser;
  readonly manager: EntraId | undefined;
  /** The manager's SCIM id. */
  readonly managerId: string | undefined;
}

function exportJob(
  context: CycleContext,
  user: DirectoryUser,
  { link, manager, managerId }: ManagerChange,
): Job {
  const subject: Subject = { kind: "user", objectId: user.objectId, key: user.key, name: link.name };
  return escrowed(context, {
    subject,
    what: "update-manager",
    escrowKey: escrowKeyOf(user),
    *begin() {
      if (managerId !== undefined && (yield* isManager(context, link.scimId, managerId))) {
        context.ledger.linkUser(user.objectId, { ...link, manager });
        return done({ kind: "nothing-sent", why: "RedundantExport: the target has this manager" });
      }
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

/** Whether the target has that manager already, where this Entra asks. */
function* isManager(context: CycleContext, scimId: string, managerId: string): Conversation<boolean> {
  const { shapes } = context;
  if (shapes.fidelity.entraManagerCheck === "none") return false;
  return isListed(yield* exchange(checkManager(scimId, managerId, shapes), context));
}

/** By the name by which the fixture speaks of the manager, or by the object id. */
function managerOf({ directory, usersById }: CycleContext, { profile }: DirectoryUser): EntraId | undefined {
  const { manager } = profile;
  if (typeof manager !== "string") return undefined;
  return directory.users.get(manager)?.objectId ?? usersById.get(manager)?.objectId;
}
