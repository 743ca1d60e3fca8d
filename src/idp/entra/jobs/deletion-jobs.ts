/** The hard deletion of users: purged from the recycle bin, by hand or 30 days after they got there. */

import { recycleBinMs } from "../../../directory/recycle-bin.ts";
import type { Subject } from "../../run/events.ts";
import type { Job } from "../../run/run.ts";
import { readDeleted } from "../requests/answers.ts";
import { done, escrowed, isDue, silent, type CycleContext } from "../cycle/cycle-context.ts";
import { exchange } from "./export-object.ts";
import type { EntraId, LinkedUser } from "../memory.ts";
import { stagedDelete } from "../cycle/quarantine.ts";
import { remove } from "../requests/requests.ts";

/** Whether Entra has deleted the user for good. */
export function isPurged(
  { usersById, clock }: CycleContext,
  id: EntraId,
  { softDeletedSince }: LinkedUser,
): boolean {
  if (!usersById.has(id)) return true;
  return softDeletedSince !== undefined && clock.now().getTime() - softDeletedSince.getTime() >= recycleBinMs;
}

/**
 * The deletion of a user who is permanently gone; undefined for all others. A user who had left the scope before is left alone
 * (Microsoft: How provisioning works, De-provisioning).
 */
export function planUserDeletion(context: CycleContext, id: EntraId, link: LinkedUser): Job | undefined {
  if (!isPurged(context, id, link)) return undefined;
  const { ledger, settings, deletions } = context;
  const forget = (): void => {
    ledger.unlinkUser(id);
    ledger.releaseFromEscrow(`${id}#manager`);
    if (!context.usersById.has(id)) ledger.forgetSeen(id);
  };
  if (!link.managed) {
    forget();
    return undefined;
  }
  if (ledger.escrows.has(id) && !isDue(context, id)) return undefined;
  const subject: Subject = { kind: "user", objectId: id, key: link.key, name: link.name };
  if (!settings.users.actions.delete) {
    return silent(
      subject,
      "delete-user",
      "skipped: permanently deleted in Entra ID, and the Delete action is off",
      forget,
    );
  }
  if (deletions === "stage") {
    return silent(subject, "delete-user", stagedDelete("permanently deleted in Entra ID"));
  }
  return escrowed(context, {
    subject,
    what: "delete-user",
    escrowKey: id,
    *begin() {
      const failure = readDeleted(yield* exchange(remove("/Users", link.scimId, context.shapes), context));
      if (failure !== undefined) return { kind: "escrow", failure, atCreation: false };
      forget();
      return done({ kind: "done", did: "deleted" });
    },
  });
}
