/** What is being read, where that takes a while: a spinner on a terminal, one line for each file elsewhere. */

import type { ReadingWatcher } from "../../assembly/files/fixture-tables.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Io } from "../../world/io.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { startProgress } from "./progress.ts";

export interface Quietness {
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/**
 * Shows it on standard error while `read` is at work; nothing with `--quiet`.
 * @throws AppError interrupted, for Ctrl-C, as `read` does once the watcher's signal is aborted
 */
export async function whileReading<Result>(
  io: Io,
  { quiet = false, verbose = false }: Quietness,
  read: (watcher: ReadingWatcher) => Promise<Result>,
): Promise<Result> {
  const progress = await startProgress(io, quiet || verbose);
  let isShown = false;
  const show = (text: string): void => {
    isShown = true;
    progress.updateNow(text);
  };
  const started = (file: string): void => {
    if (progress.isShown) show(`reading ${printable(file)}`);
    else if (!quiet) io.stderr.write(`Reading ${printable(file)}\n`);
  };
  const rows = (file: string, count: number): void => {
    if (count > 0) progress.update(`reading ${printable(file)}: ${plural(count, "row")}`);
  };
  const checking = (file: string): void => show(`checking ${printable(file)}`);
  const interruption = listenForInterrupt(io);
  try {
    return await read({ started, rows, checking, signal: interruption.signal });
  } finally {
    interruption.release();
    // Where nothing was shown, the terminal gets not even what shows its cursor again.
    if (isShown) progress.stop();
  }
}
