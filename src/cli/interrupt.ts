/** Ctrl-C: the first one lets what is in flight finish, the second one ends the process. A closed pipe is a quiet first one. */

import { exitStatus } from "../ground/exit-status.ts";
import type { Io } from "../world/io.ts";

export interface Interruption {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

export function listenForInterrupt(io: Io): Interruption {
  const controller = new AbortController();
  const releaseOutput = io.onOutputClosed(() => controller.abort());
  const releaseInterrupt = io.onInterrupt(() => {
    if (controller.signal.aborted) {
      io.exitNow(exitStatus.interrupted);
      return;
    }
    io.stderr.write("\nStopping after what is in flight; press Ctrl-C again to stop immediately.\n");
    controller.abort();
  });
  const release = (): void => {
    releaseInterrupt();
    releaseOutput();
  };
  return { signal: controller.signal, release };
}
