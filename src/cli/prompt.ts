/** Questions at a terminal: the one before something is written, and those by which a file is made. */

import { AppError } from "../ground/errors.ts";
import type { Io } from "../world/io.ts";
import { withPrompt } from "./keyboard.ts";

export interface ConfirmOptions {
  /** Whose end is the end of the question, too. */
  readonly signal: AbortSignal;
  /** What to do where there is no terminal to ask on. */
  readonly withoutTerminal?: string;
}

/**
 * Asks until yes or no; resolves where it is yes.
 * @throws AppError declined, for no; refused, where there is no terminal to ask on; interrupted, for Ctrl-C, a terminal that
 * is closed, or the signal
 */
export async function confirmOrDecline(
  io: Io,
  question: string,
  { signal, withoutTerminal = "Add --yes to continue without confirmation." }: ConfirmOptions,
): Promise<void> {
  requireTerminal(io, withoutTerminal);
  if (!(await askYesNo(io, question, { byDefault: false, signal }))) {
    throw new AppError("declined", "Not confirmed; nothing was changed.");
  }
}

/**
 * Asks for words to be typed; resolves where they are typed exactly.
 * @throws AppError as `confirmOrDecline`
 */
export async function confirmByTyping(
  io: Io,
  question: string,
  words: string,
  { signal, withoutTerminal = "Add --yes to continue without confirmation." }: ConfirmOptions,
): Promise<void> {
  requireTerminal(io, withoutTerminal);
  const asked = { type: "input", name: "answer", message: question } as const;
  const { answer } = await withPrompt(io, { interrupted, signal }, (prompt) => prompt([asked]));
  if (answer.trim() !== words) throw new AppError("declined", "Not confirmed; nothing was changed.");
}

/** @throws AppError refused, where there is no terminal to ask on */
function requireTerminal(io: Io, hint: string): void {
  if (canAsk(io)) return;
  throw new AppError("refused", "Confirmation is required when not on a terminal; nothing was changed.", {
    hint,
  });
}

/** Whether a user is there who could answer. */
export function canAsk(io: Io): boolean {
  return io.stdin.isTTY === true && io.stderr.isTTY;
}

export interface YesNoOptions {
  /** By Enter alone. */
  readonly byDefault: boolean;
  /** Whose end is the end of the question, too. */
  readonly signal?: AbortSignal;
}

/** @throws AppError interrupted, for Ctrl-C, a terminal that is closed, or the signal */
export async function askYesNo(
  io: Io,
  message: string,
  { byDefault, signal }: YesNoOptions,
): Promise<boolean> {
  const question = { type: "confirm", name: "answer", message, default: byDefault } as const;
  const { answer } = await withPrompt(io, { interrupted, signal }, (prompt) => prompt([question]));
  return answer;
}

export interface TextQuestion {
  readonly message: string;
  readonly byDefault: string;
  /** What is wrong with an answer, in one sentence; undefined where it will do. */
  readonly problem: (answer: string) => string | undefined | Promise<string | undefined>;
}

/**
 * Asks until the answer will do; Enter alone is the default.
 * @throws AppError interrupted, for Ctrl-C
 */
export async function askText(io: Io, { message, byDefault, problem }: TextQuestion): Promise<string> {
  const validate = async (answer: string): Promise<string | true> => (await problem(answer)) ?? true;
  const question = { type: "input", name: "answer", message, default: byDefault, validate } as const;
  return (await withPrompt(io, { interrupted }, (prompt) => prompt([question]))).answer;
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
  const question = { type: "select", name: "answer", message, choices } as const;
  const { answer } = await withPrompt(io, { interrupted }, (prompt) => prompt([question]));
  const chosen = choices.find(({ value }) => value === answer);
  if (chosen === undefined) throw new TypeError("the answer is not one of the choices");
  return chosen.value;
}

const interrupted = "Interrupted at the question; nothing was changed.";
