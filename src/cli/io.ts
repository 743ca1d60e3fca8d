/** The world as a command sees it: streams, environment, time, waiting. Tests hand in their own. */

import { setTimeout as delay } from "node:timers/promises";

/** What a command needs of an output stream. */
export interface OutputStream {
  write(text: string): boolean;
  readonly isTTY: boolean;
  /** Width in characters where it is a terminal. */
  readonly columns: number | undefined;
}

export interface Io {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly processId: number;
  readonly now: () => Date;
  /** Resolves after the time, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Calls back on each Ctrl-C (and on SIGTERM) until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Calls back once the reader of standard output has gone away: nobody is listening any more. */
  onOutputClosed(listener: () => void): () => void;
  /** Ends the process at once; for a second Ctrl-C only. */
  exitNow(status: number): void;
}

/** The process's own world, for a command to which the process belongs: its output may be closed. */
export function systemIo(): Io {
  const closedPipe = new Set<() => void>();
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      for (const listener of closedPipe) listener();
    });
  }
  return {
    ...programIo(),
    onOutputClosed: (listener) => {
      closedPipe.add(listener);
      return () => closedPipe.delete(listener);
    },
  };
}

/** The same for a program that calls the engine: what becomes of its streams is its own business. */
export function programIo(): Io {
  return {
    stdin: process.stdin,
    stdout: outputStream(process.stdout),
    stderr: outputStream(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    processId: process.pid,
    now: () => new Date(),
    sleep: async (ms, signal) => {
      try {
        await delay(ms, undefined, { signal });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    onInterrupt: (listener) => {
      process.on("SIGINT", listener);
      process.on("SIGTERM", listener);
      return () => {
        process.off("SIGINT", listener);
        process.off("SIGTERM", listener);
      };
    },
    onOutputClosed: () => () => {},
    exitNow: (status) => process.exit(status),
  };
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  return {
    write: (text) => stream.write(text),
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      // A terminal that does not know its width says 0: ora divides by it, and never ends.
      return stream.columns > 0 ? stream.columns : undefined;
    },
  };
}
