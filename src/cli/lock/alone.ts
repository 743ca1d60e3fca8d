/** What keeps a repair from running beside another one of the same organization. */

import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Connected } from "../connected.ts";
import type { Holder } from "../../lock/lock-holder.ts";
import { repairKey } from "../../lock/repair-key.ts";
import { acquireRepairLock } from "../../lock/repair-lock.ts";

/**
 * Runs what writes while no other repair of this target runs on this machine: from before the first read, so that no plan is
 * made of what another one is changing, to the end. No other process can reach the Astro inside the process.
 * @throws AppError refused, where another one runs; failed, where that can't be found out
 */
export async function aloneOnThisMachine<Result>(
  { io, target, connection }: Connected,
  command: string,
  run: () => Promise<Result>,
): Promise<Result> {
  if (target.kind === "in-process") return run();
  const self = { processId: io.processId, since: io.clock.now(), command };
  const attempt = await acquireRepairLock(repairKey(target.baseUrl), self, io.timers);
  if (attempt.kind === "taken") throw anotherRepair(attempt.holder, connection.label);
  try {
    return await run();
  } finally {
    await attempt.lock.release();
  }
}

function anotherRepair(holder: Holder | undefined, label: string): AppError {
  const who =
    holder === undefined
      ? "it did not say which"
      : `${holder.command}, process ${holder.processId}, since ${holder.since.toISOString()}`;
  return new AppError(
    "refused",
    printable(`Another repair of ${label} is running on this machine (${who}). Nothing was changed.`),
    { hint: "Wait until it has finished, or use --dry-run to see the plan." },
  );
}
