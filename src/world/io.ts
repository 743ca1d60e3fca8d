/** The world as a command sees it, with streams, environment and signals of its process. Tests hand in their own. */

import { closeSync } from "node:fs";
import { isatty } from "node:tty";
import { createSecrets, type Secrets } from "./secrets.ts";
import { isClosed, watchOutputs } from "./lost-output.ts";
import { systemWorld } from "./system-world.ts";
import type { World } from "./world.ts";

/** What a command needs of an output stream. */
export interface OutputStream {
  write(text: string): boolean;
  /** The same for a view that fills a terminal: it may also move the cursor anywhere, and use the alternate screen. */
  draw(text: string): boolean;
  readonly isTTY: boolean;
  /** Width in characters where it is a terminal. */
  readonly columns: number | undefined;
  /** Height in lines, likewise. */
  readonly rows: number | undefined;
}

/** What a command needs of its input; a terminal has the raw mode. */
export type Keyboard = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
};

export interface Io extends World {
  readonly stdin: Keyboard;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Where the two streams go: the shell may have sent them into a file that a command must not write. */
  readonly outputDescriptors: readonly { readonly use: string; readonly descriptor: number }[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly processId: number;
  /** What neither stream shows. */
  readonly secrets: Secrets;
  /**
   * Calls back on each Ctrl-C (and on SIGTERM), and when the terminal is closed if nothing came before, until the returned
   * function is called.
   */
  onInterrupt(listener: () => void): () => void;
  /** Calls back once the reader of standard output has closed it. */
  onOutputClosed(listener: () => void): () => void;
  /** Calls back when the terminal has another size, until the returned function is called. */
  onResize(listener: () => void): () => void;
  /** Calls back when the process ends, also by an error that nothing caught, until the returned function is called. */
  onExit(listener: () => void): () => void;
  /** Ends the process at once; for a second Ctrl-C only. */
  exitNow(status: number): void;
}

/** The process's own world, for a command to which the process belongs: its output may be closed. */
export function systemIo(): Io {
  const closedPipe = new Set<() => void>();
  watchOutputs(process, () => {
    for (const listener of closedPipe) listener();
  });
  process.stdin.on("error", (error: NodeJS.ErrnoException) => {
    if (!isClosed(error, process.stdin)) throw error;
  });
  process.on("exit", closeLostTerminals);
  return {
    ...programIo(),
    onOutputClosed: (listener) => {
      closedPipe.add(listener);
      return () => closedPipe.delete(listener);
    },
  };
}

/** The same for a program that calls the engine: it handles errors of its streams itself. */
export function programIo(): Io {
  return {
    ...systemWorld(),
    stdin: process.stdin,
    stdout: outputStream(process.stdout),
    stderr: outputStream(process.stderr),
    outputDescriptors: [
      { use: "standard output", descriptor: 1 },
      { use: "standard error", descriptor: 2 },
    ],
    env: process.env,
    cwd: process.cwd(),
    processId: process.pid,
    secrets: createSecrets(),
    onInterrupt: listenForSignals,
    onOutputClosed: () => () => {},
    onResize: (listener) => {
      process.stdout.on("resize", listener);
      return () => void process.stdout.off("resize", listener);
    },
    onExit: (listener) => {
      process.on("exit", listener);
      return () => void process.off("exit", listener);
    },
    exitNow: (status) => process.exit(status),
  };
}

/**
 * When it exits, Node restores the settings of a terminal and aborts if it cannot (`ResetStdio` in its node.cc), but skips
 * closed descriptors. For the system, a terminal that was closed is no longer a terminal.
 */
function closeLostTerminals(): void {
  for (const [fd, { isTTY }] of [process.stdin, process.stdout, process.stderr].entries()) {
    if (isTTY && !isatty(fd)) closeSync(fd);
  }
}

/**
 * A terminal that is closed sends SIGHUP from the shell and from the system, often both, and service managers send it after
 * SIGTERM: it is never the second Ctrl-C that ends the process at once.
 */
function listenForSignals(listener: () => void): () => void {
  let isInterrupted = false;
  const interrupt = (): void => {
    isInterrupted = true;
    listener();
  };
  const hangUp = (): void => {
    if (!isInterrupted) interrupt();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  // Ctrl-Break on Windows; elsewhere there is no such signal, and it never comes.
  process.on("SIGBREAK", interrupt);
  process.on("SIGHUP", hangUp);
  return () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    process.off("SIGBREAK", interrupt);
    // The command is at its end; a terminal that closes now must not cut off its last output.
    isInterrupted = true;
  };
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  return {
    write: (text) => stream.write(text),
    draw: (text) => stream.write(text),
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      // A terminal that does not know its width says 0: ora divides by it, and never ends.
      return stream.columns > 0 ? stream.columns : undefined;
    },
    get rows() {
      return stream.rows > 0 ? stream.rows : undefined;
    },
  };
}
