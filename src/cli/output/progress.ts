/** A spinner on standard error while something is read or sent; silent where there is no terminal that can show one. */

import type { Io, OutputStream } from "../../world/io.ts";
import { canAnimate, wantsColour } from "./wants-colour.ts";
import { asWritable } from "./writable.ts";

export interface Progress {
  /** Whether anybody sees it: who would have to work for a text need not make one else. */
  readonly isShown: boolean;
  /** Says what is going on now. */
  update(text: string): void;
  /** The same for work that gives the terminal no turn until it is done. */
  updateNow(text: string): void;
  /** Takes the spinner away while something else is written. */
  interrupt(write: () => void): void;
  stop(): void;
}

const silent: Progress = {
  isShown: false,
  update: () => {},
  updateNow: () => {},
  interrupt: (write) => write(),
  stop: () => {},
};

/** ora is loaded only where it will be seen. */
export async function startProgress(io: Io, quiet: boolean): Promise<Progress> {
  if (quiet || !canAnimate(io, io.stderr)) return silent;
  const { default: ora } = await import("ora");
  // discardStdin would put the terminal into raw mode, and Ctrl-C would no longer reach our own listener.
  const spinner = ora({
    stream: terminalOf(io.stderr),
    // Decided above, by the environment of this world: ora would look at that of the process.
    isEnabled: true,
    discardStdin: false,
    color: wantsColour(io, io.stderr) ? "cyan" : false,
  });
  const update = (text: string): void => {
    spinner.text = text;
    if (!spinner.isSpinning) spinner.start();
  };
  return {
    isShown: true,
    update,
    updateNow: (text) => {
      update(text);
      spinner.render();
    },
    interrupt: (write) => {
      const wasSpinning = spinner.isSpinning;
      if (wasSpinning) spinner.stop();
      write();
      if (wasSpinning) spinner.start();
    },
    stop: () => {
      spinner.stop();
    },
  };
}

/** What ora draws on: the stream of the command's world, with the few methods of a terminal that ora calls. */
function terminalOf(stream: OutputStream): NodeJS.WritableStream {
  return Object.assign(asWritable(stream), {
    isTTY: true,
    clearLine: () => stream.write("\u001B[2K"),
    cursorTo: (column: number) => stream.write(`\u001B[${column + 1}G`),
    moveCursor: (_columns: number, rows: number) =>
      stream.write(`\u001B[${Math.abs(rows)}${rows < 0 ? "A" : "B"}`),
  });
}
