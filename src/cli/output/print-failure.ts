/** An error in place of the result, in the form in which the result was asked for. */

import type { Command } from "commander";
import { AppError } from "../../ground/errors.ts";
import type { ReportedError } from "../../report/error/report.ts";
import type { Io } from "../../world/io.ts";
import { printerOf } from "./print-result.ts";
import { requestedFormat } from "./requested-format.ts";
import { usageMessage } from "./usage-message.ts";

export interface CalledProgram {
  readonly program: Command;
  /** Of the command line, as far as they are ours. */
  readonly words: readonly string[];
}

/** For standard output, where a command ends in an error. */
export async function printFailure(
  io: Io,
  { program, words }: CalledProgram,
  error: unknown,
  ending: Pick<ReportedError, "exitStatus" | "afterOutput">,
): Promise<void> {
  const print = await printerOf(io, requestedFormat(program, words), "error");
  print({ ...reportedError(error), ...ending });
}

function reportedError(error: unknown): Omit<ReportedError, "exitStatus" | "afterOutput"> {
  if (error instanceof AppError) {
    const { code, message, hint, place } = error;
    return { code, message, hint, place };
  }
  const text = error instanceof Error ? error.message : String(error);
  const [code, message] = isCommanders(error)
    ? (["usage", isMissingCommand(error) ? "No command was given." : usageMessage(text)] as const)
    : (["internal", text] as const);
  return { code, message, hint: undefined, place: undefined };
}

function isCommanders(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}

/** Commander's message is not for people then: it has shown the help. */
function isMissingCommand(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "commander.help";
}
