/** A limit on the time of a whole task, and a way to give it up before. */

import type { Timers } from "../world/world.ts";

/** The time was over before the task was done. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

/** Somebody gave the task up. */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
}

/**
 * Runs the task and settles as it does, or at once when its time is over or the signal is aborted: then the task's own
 * signal is aborted too, and nobody waits for how it takes that.
 * @throws OutOfTime; GivenUp; whatever the task throws
 */
export async function withinTime<Result>(
  timers: Timers,
  timeoutMs: number,
  giveUp: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  const stopTimeout = timers.startTimeout(timeoutMs, () => controller.abort(new OutOfTime()));
  const onGiveUp = (): void => controller.abort(new GivenUp());
  giveUp?.addEventListener("abort", onGiveUp, { once: true });
  try {
    if (giveUp?.aborted === true) throw new GivenUp();
    return await Promise.race([task(controller.signal), stopped]);
  } finally {
    stopTimeout();
    giveUp?.removeEventListener("abort", onGiveUp);
  }
}
