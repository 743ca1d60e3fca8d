/** A time limit for a whole task, and a way to cancel it earlier. */

/** The time limit passed before the task was done. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** The task was cancelled. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/**
 * Runs the task and settles as it does, or at once when its time is over or the signal is aborted: then the task's own
 * signal is aborted too, and its reaction is not awaited.
 * @throws TimedOut; Cancelled; whatever the task throws
 */
export async function withinTime<Result>(
  timeoutMs: number,
  cancel: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  const timer = setTimeout(() => controller.abort(new TimedOut()), timeoutMs);
  const onCancel = (): void => controller.abort(new Cancelled());
  cancel?.addEventListener("abort", onCancel, { once: true });
  try {
    if (cancel?.aborted === true) throw new Cancelled();
    return await Promise.race([task(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    cancel?.removeEventListener("abort", onCancel);
  }
}
