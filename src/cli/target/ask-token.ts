/** The hidden prompt for a token. */

import { AppError } from "../../errors.ts";
import type { Io } from "../io.ts";
import { asWritable } from "../writable.ts";

/** Asks on the terminal; what is typed is not shown. Undefined where there is no terminal to ask on. */
export function tokenPrompt(io: Io): ((question: string) => Promise<string>) | undefined {
  if (io.stdin.isTTY !== true || !io.stderr.isTTY) return undefined;
  return async (question) => askHidden(io, question);
}

async function askHidden(io: Io, message: string): Promise<string> {
  const { createPromptModule } = (await import("inquirer")).default;
  const prompt = createPromptModule({ input: io.stdin, output: asWritable(io.stderr), skipTTYChecks: true });
  try {
    const { token } = await prompt([{ type: "password", name: "token", message }]);
    return token;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ExitPromptError") throw error;
    throw new AppError("interrupted", "Interrupted at the prompt; nothing was contacted.", { cause: error });
  }
}
