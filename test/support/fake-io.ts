/** An `Io` for tests: streams captured as text, a clock that moves only by waiting, interrupts on demand. */

import { Readable } from "node:stream";

import type { Io, OutputStream } from "../../src/world/io.ts";
import { createSecrets } from "../../src/world/secrets.ts";
import { ownStateFolder } from "./own-state-folder.ts";
import { seededWorld, type SeededWorld, type SeededWorldOptions } from "./seeded-world.ts";

export interface FakeIoOptions extends SeededWorldOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A folder that exists where the test reads files; `/nowhere` otherwise. */
  readonly cwd?: string;
  /** Files into which the shell sends a stream; none by default. */
  readonly outputDescriptors?: Io["outputDescriptors"];
  /** What standard input holds; nothing by default. */
  readonly stdin?: string;
  /** True to play a terminal on all three streams; default false. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface FakeIo extends Io, SeededWorld {
  /** All that was written so far. */
  stdoutText(): string;
  stderrText(): string;
  /** Presses Ctrl-C once. */
  interrupt(): void;
  /** Lets the reader of standard output go away. */
  closeOutput(): void;
  /** Gives the terminal another size. */
  resize(columns: number, rows: number): void;
  /** Lets the process end. */
  exit(): void;
  /** The status given to `exitNow`, once it was called. */
  exitedWith(): number | undefined;
}

/** A fresh world in which nothing is shared with the process that runs the test. */
export function fakeIo(options: FakeIoOptions = {}): FakeIo {
  const isTTY = options.isTTY ?? false;
  const size = { columns: options.columns, rows: options.rows };
  const stdout = capture(isTTY, size);
  const stderr = capture(isTTY, size);
  const [resized, exits] = [new Set<() => void>(), new Set<() => void>()];
  let listeners: readonly (() => void)[] = [];
  let closedListeners: readonly (() => void)[] = [];
  let exitStatus: number | undefined;
  return {
    ...seededWorld(options),
    stdin: Object.assign(Readable.from(options.stdin === undefined ? [] : [options.stdin]), { isTTY }),
    stdout: stdout.stream,
    stderr: stderr.stream,
    outputDescriptors: options.outputDescriptors ?? [],
    env: withStateFolder(options.env ?? {}),
    cwd: options.cwd ?? "/nowhere",
    processId: 4242,
    secrets: createSecrets(),
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
    onResize: (listener) => {
      resized.add(listener);
      return () => resized.delete(listener);
    },
    onExit: (listener) => {
      exits.add(listener);
      return () => exits.delete(listener);
    },
    resize: (columns, rows) => {
      Object.assign(size, { columns, rows });
      for (const listener of resized) listener();
    },
    exit: () => {
      for (const listener of exits) listener();
    },
    exitNow: (status) => {
      exitStatus ??= status;
    },
    stdoutText: stdout.text,
    stderrText: stderr.text,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    closeOutput: () => {
      for (const listener of closedListeners) listener();
    },
    exitedWith: () => exitStatus,
  };
}

/** A state folder of its own, where the test does not say where it is or that there is none. */
function withStateFolder(env: Readonly<Record<string, string | undefined>>): FakeIoOptions["env"] & object {
  const isGiven = ["HOME", "USERPROFILE", "XDG_STATE_HOME"].some((name) => name in env);
  return isGiven ? env : { ...env, XDG_STATE_HOME: ownStateFolder() };
}

interface TerminalSize {
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

function capture(isTTY: boolean, size: TerminalSize): { stream: OutputStream; text: () => string } {
  let written = "";
  const write = (text: string) => {
    written += text;
    return true;
  };
  const stream: OutputStream = {
    write,
    draw: write,
    isTTY,
    get columns() {
      return size.columns;
    },
    get rows() {
      return size.rows;
    },
  };
  return { stream, text: () => written };
}
