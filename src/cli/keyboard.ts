/** The keyboard during one question: the library that asks is lent it, and it is noticed when nobody can answer any more. */

import { PassThrough, Transform } from "node:stream";
import type inquirer from "inquirer";
import { AppError } from "../ground/errors.ts";
import type { Io } from "../world/io.ts";
import { asWritable } from "./output/writable.ts";

type Prompt = ReturnType<typeof inquirer.createPromptModule<never>>;

export interface AskingOptions {
  /** Whose end is the end of the question, too. */
  readonly signal?: AbortSignal | undefined;
  /** What is said where the question was not answered. */
  readonly interrupted: string;
  /** Whether a line break in the middle of a paste is left out: it would be Enter, after the first line. */
  readonly joinsLines?: boolean;
}

/**
 * Asks by `ask`; the cursor and the keyboard are as before when it is over.
 * @throws AppError interrupted, for Ctrl-C, Ctrl-D, a terminal that is closed, or the signal
 */
export async function withPrompt<Answers>(
  io: Io,
  { signal, interrupted, joinsLines = false }: AskingOptions,
  ask: (prompt: Prompt) => Promise<Answers>,
): Promise<Answers> {
  const { createPromptModule } = (await import("inquirer")).default;
  const keyboard = lend(io, joinsLines);
  const streams = { input: keyboard.input, output: asWritable(io.stderr), skipTTYChecks: true };
  try {
    const prompt = createPromptModule(signal === undefined ? streams : { ...streams, signal });
    return await Promise.race([ask(prompt), keyboard.closed]);
  } catch (error) {
    const isInterrupted = error instanceof Error && endings.has(error.name);
    if (!isInterrupted) throw error;
    throw new AppError("interrupted", interrupted, { cause: error });
  } finally {
    keyboard.takeBack();
  }
}

class KeyboardClosed extends Error {
  override readonly name = "KeyboardClosed";
}

/** inquirer's for Ctrl-C, and for a signal; ours. */
const endings: ReadonlySet<string> = new Set(["ExitPromptError", "AbortPromptError", "KeyboardClosed"]);

interface LentKeyboard {
  readonly input: PassThrough;
  /** Rejects once no key can come any more; inquirer would wait forever, and the process would end with status 0. */
  readonly closed: Promise<never>;
  readonly takeBack: () => void;
}

/**
 * readline listens to the lent stream, not to the terminal itself: it would pass an error of a terminal that has gone on to
 * nobody, which ends the process.
 */
function lend({ stdin, timers }: Io, joinsLines: boolean): LentKeyboard {
  let isRaw = false;
  const setRawMode = (mode: boolean): void => {
    isRaw = mode;
    stdin.setRawMode?.(mode);
  };
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode });
  const closed = new Promise<never>((_resolve, reject) => {
    // readline closes at the end of the input, and at Ctrl-D. After an answer, too, which is known by then.
    const rejectIfClosed = async (): Promise<void> => {
      await timers.yieldToOthers();
      if (!isRaw) reject(new KeyboardClosed("standard input has ended"));
    };
    input.on("pause", () => void rejectIfClosed());
  });
  // Most questions are answered, and then nothing waits for it.
  closed.catch(() => {});
  const lines = joinsLines ? joinedLines() : input;
  if (lines !== input) lines.pipe(input);
  stdin.pipe(lines);
  const takeBack = (): void => {
    stdin.unpipe(lines);
    stdin.pause();
    lines.destroy();
    input.destroy();
  };
  return { input, closed, takeBack };
}

/** A terminal passes a paste on in one piece, and each key alone. */
function joinedLines(): Transform {
  return new Transform({
    transform: (keys, _encoding, done) =>
      done(null, String(keys).replaceAll(/[ \t]*[\r\n][ \t\r\n]*(?=[!-~])/g, "")),
  });
}
