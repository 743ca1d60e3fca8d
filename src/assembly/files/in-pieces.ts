/** Long work in pieces, with a turn for everything else between them: so that Ctrl-C ends it. */

import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Timers } from "../../world/world.ts";

export interface Turns {
  readonly timers: Pick<Timers, "yieldToOthers">;
  /** Aborted by Ctrl-C; nothing ends the work where there is none. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Does the work to its end; each `yield` is a place where it may stop, and so is its end.
 * @throws AppError `interrupted`, which names the file
 */
export async function inPieces<Result>(
  pieces: Iterator<unknown, Result>,
  file: string,
  turns: Turns,
): Promise<Result> {
  for (;;) {
    const { done, value } = pieces.next();
    await takeTurn(file, turns);
    if (done === true) return value;
  }
}

/** Everything else has its turn. @throws AppError `interrupted`, which names the file */
export async function takeTurn(file: string, { timers, signal }: Turns): Promise<void> {
  await timers.yieldToOthers();
  if (signal?.aborted !== true) return;
  throw new AppError("interrupted", `Interrupted while reading ${printable(file)}; nothing was sent.`);
}
