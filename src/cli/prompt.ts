/** Questions at a terminal: the one before something is written, and those by which a file is made. */

import { AppError } from "../errors.ts";
import type { Io } from "./io.ts";
import { asWritable } from "./writable.ts";

/**
 * Asks until yes or no; resolves where it is yes.
 * @throws AppError declined, for no; refused, where there is no terminal to ask on; interrupted, for Ctrl-C
 */
export async function confirmOrDecline(io: Io, question: string): Promise<void> {
  if (!canAsk(io)) {
    throw new AppError("refused", "There is no terminal to ask on, so nothing was changed.", {
      hint: "Add --yes to go on without a question, or --dry-run to see the plan only.",
    });
  }
  if (!(await askYesNo(io, question, false))) {
    throw new AppError("declined", "The answer was no; nothing was changed.");
  }
}

/** Whether somebody sits there who could answer. */
export function canAsk(io: Io): boolean {
  return io.stdin.isTTY === true && io.stderr.isTTY;
}

/** @throws AppError interrupted, for Ctrl-C */
export async function askYesNo(io: Io, message: string, byDefault: boolean): Promise<boolean> {
  const prompt = await promptOn(io);
  const question = { type: "confirm", name: "answer", message, default: byDefault } as const;
  return (await untilInterrupted(prompt([question]))).answer;
}

export interface TextQuestion {
  readonly message: string;
  readonly byDefault: string;
  /** What is wrong with an answer, in one sentence; undefined where it will do. */
  readonly problem: (answer: string) => string | undefined;
}

/**
 * Asks until the answer will do; Enter alone is the default.
 * @throws AppError interrupted, for Ctrl-C
 */
export async function askText(io: Io, { message, byDefault, problem }: TextQuestion): Promise<string> {
  const prompt = await promptOn(io);
  const validate = (answer: string): string | true => problem(answer) ?? true;
  const question = { type: "input", name: "answer", message, default: byDefault, validate } as const;
  return (await untilInterrupted(prompt([question]))).answer;
}

/**
 * One of several, the first of them by Enter alone.
 * @throws AppError interrupted, for Ctrl-C
 */
export async function askChoice<Value extends string>(
  io: Io,
  message: string,
  choices: readonly { readonly value: Value; readonly name: string }[],
): Promise<Value> {
  const prompt = await promptOn(io);
  const question = { type: "select", name: "answer", message, choices } as const;
  const { answer } = await untilInterrupted(prompt([question]));
  const chosen = choices.find(({ value }) => value === answer);
  if (chosen === undefined) throw new TypeError("the answer is none of the choices");
  return chosen.value;
}

async function promptOn(io: Io) {
  const { createPromptModule } = (await import("inquirer")).default;
  return createPromptModule({ input: io.stdin, output: asWritable(io.stderr), skipTTYChecks: true });
}

async function untilInterrupted<Answers>(answers: Promise<Answers>): Promise<Answers> {
  try {
    return await answers;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ExitPromptError") throw error;
    throw new AppError("interrupted", "Interrupted at the question; nothing was changed.", { cause: error });
  }
}
