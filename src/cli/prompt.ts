/** The question before something is written. */

import { AppError } from "../errors.ts";
import type { Io } from "./io.ts";
import { asWritable } from "./writable.ts";

/**
 * Asks until yes or no; resolves where it is yes.
 * @throws AppError declined, for no; refused, where there is no terminal to ask on; interrupted, for Ctrl-C
 */
export async function confirmOrDecline(io: Io, question: string): Promise<void> {
  if (io.stdin.isTTY !== true || !io.stderr.isTTY) {
    throw new AppError("refused", "There is no terminal to ask on, so nothing was changed.", {
      hint: "Add --yes to go on without a question, or --dry-run to see the plan only.",
    });
  }
  if (!(await ask(io, question))) {
    throw new AppError("declined", "The answer was no; nothing was changed.");
  }
}

async function ask(io: Io, message: string): Promise<boolean> {
  const { createPromptModule } = (await import("inquirer")).default;
  const prompt = createPromptModule({ input: io.stdin, output: asWritable(io.stderr), skipTTYChecks: true });
  try {
    const { agreed } = await prompt([{ type: "confirm", name: "agreed", message, default: false }]);
    return agreed;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ExitPromptError") throw error;
    throw new AppError("interrupted", "Interrupted at the question; nothing was changed.", { cause: error });
  }
}
