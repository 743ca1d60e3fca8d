/** An `Io` for tests: streams captured as text, a clock that moves only by sleeping, interrupts on demand. */

import { Readable } from "node:stream";

import type { Io, OutputStream } from "../../src/world/io.ts";
import { createSecrets } from "../../src/world/secrets.ts";

export interface FakeIoOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A folder that exists where the test reads files; `/nowhere` otherwise. */
  readonly cwd?: string;
  readonly now?: Date;
  /** Files into which the shell sends a stream; none by default. */
  readonly outputDescriptors?: Io["outputDescriptors"];
  /** What standard input holds; nothing by default. */
  readonly stdin?: string;
  /** True to play a terminal on all three streams; default false. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface FakeIo extends Io {
  /** All that was written so far. */
  stdoutText(): string;
  stderrText(): string;
  /** The waits asked for, in milliseconds and in order; none of them takes real time. */
  readonly sleeps: readonly number[];
  /** Presses Ctrl-C once. */
  interrupt(): void;
  /** Lets the reader of standard output go away. */
  closeOutput(): void;
  /** The status given to `exitNow`, once it was called. */
  exitedWith(): number | undefined;
}

/** A fresh world in which nothing is shared with the process that runs the test. */
export function fakeIo(options: FakeIoOptions = {}): FakeIo {
  const isTTY = options.isTTY ?? false;
  const stdout = capture(isTTY, options.columns);
  const stderr = capture(isTTY, options.columns);
  let listeners: readonly (() => void)[] = [];
  let closedListeners: readonly (() => void)[] = [];
  const sleeps: number[] = [];
  let clockMs = (options.now ?? new Date("2026-01-15T09:00:00Z")).getTime();
  let exitStatus: number | undefined;
  return {
    stdin: Object.assign(Readable.from(options.stdin === undefined ? [] : [options.stdin]), { isTTY }),
    stdout: stdout.stream,
    stderr: stderr.stream,
    outputDescriptors: options.outputDescriptors ?? [],
    env: options.env ?? {},
    cwd: options.cwd ?? "/nowhere",
    processId: 4242,
    secrets: createSecrets(),
    now: () => new Date(clockMs),
    sleep: async (ms, signal) => {
      sleeps.push(ms);
      if (!signal.aborted) clockMs += ms;
    },
    onInterrupt: (listener) => {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
    onOutputClosed: (listener) => {
      closedListeners = [...closedListeners, listener];
      return () => {
        closedListeners = closedListeners.filter((other) => other !== listener);
      };
    },
    exitNow: (status) => {
      exitStatus ??= status;
    },
    stdoutText: stdout.text,
    stderrText: stderr.text,
    sleeps,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    closeOutput: () => {
      for (const listener of closedListeners) listener();
    },
    exitedWith: () => exitStatus,
  };
}

function capture(isTTY: boolean, columns: number | undefined): { stream: OutputStream; text: () => string } {
  let written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  return { stream: { write, isTTY, columns }, text: () => written };
}
