/** An error in place of the result, in the form in which the result was asked for. */

import type { Command } from "commander";
import { AppError } from "../../ground/errors.ts";
import type { ReportedError } from "../../report/error/report.ts";
import { isForPeople, type FormatName } from "../../report/formats.ts";
import type { Io } from "../../world/io.ts";
import { outputFormat, type OutputFlags } from "../flags/options.ts";
import { printerOf } from "./print-result.ts";
import { usageMessage } from "./usage-message.ts";

/** For standard output, where a command ends in an error. */
export async function printFailure(
  io: Io,
  program: Command,
  error: unknown,
  ending: Pick<ReportedError, "exitStatus" | "afterOutput">,
): Promise<void> {
  const print = await printerOf(io, requestedFormat(program), "error");
  print({ ...reportedError(error), ...ending });
}

/** Only of the command that was called are options set. */
function requestedFormat(command: Command): FormatName {
  const own = outputFormat({ output: "text", ...command.opts<Partial<OutputFlags>>() });
  if (!isForPeople(own)) return own;
  return command.commands.map(requestedFormat).find((format) => !isForPeople(format)) ?? "text";
}

function reportedError(error: unknown): Omit<ReportedError, "exitStatus" | "afterOutput"> {
  if (error instanceof AppError) {
    const { code, message, hint, place } = error;
    return { code, message, hint, place };
  }
  const text = error instanceof Error ? error.message : String(error);
  const [code, message] = isCommanders(error)
    ? (["usage", usageMessage(text)] as const)
    : (["internal", text] as const);
  return { code, message, hint: undefined, place: undefined };
}

function isCommanders(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
