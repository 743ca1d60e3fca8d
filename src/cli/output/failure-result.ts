/** An error in place of the result, in the form in which the result was asked for. */

import type { Command } from "commander";
import { AppError } from "../../ground/errors.ts";
import { errorJson, type ReportedError } from "../../report/error-json.ts";
import { junitError } from "../../report/simulation/junit.ts";
import { usageMessage } from "./usage-message.ts";
import { outputFormat, type OutputFlags, type OutputFormat } from "../flags/options.ts";

export interface FailureEnd {
  readonly exitStatus: number;
  /** Something stands on standard output already. */
  readonly afterOutput: boolean;
}

/**
 * What goes to standard output where a command ends in an error; nothing where the result is text for people, or where it
 * stands there already and is one value. Lines may be followed by another one.
 */
export function failureResult(
  error: unknown,
  program: Command,
  { exitStatus, afterOutput }: FailureEnd,
): string {
  const format = requestedFormat(program);
  if (afterOutput && format !== "ndjson") return "";
  switch (format) {
    case "json":
      return `${JSON.stringify(errorJson(reportedError(error, exitStatus)), null, 2)}\n`;
    case "ndjson":
      return `${JSON.stringify({ event: "error", ...errorJson(reportedError(error, exitStatus)) })}\n`;
    case "junit":
      return junitError(reportedError(error, exitStatus));
    case "text":
    case "markdown":
      return "";
  }
}

/** Only of the command that was called are options set. */
function requestedFormat(command: Command): OutputFormat {
  const own = outputFormat({ output: "text", ...command.opts<Partial<OutputFlags>>() });
  if (own !== "text") return own;
  return command.commands.map(requestedFormat).find((format) => format !== "text") ?? "text";
}

function reportedError(error: unknown, exitStatus: number): ReportedError {
  if (error instanceof AppError) {
    const { code, message, hint, place } = error;
    return { code, message, hint, place, exitStatus };
  }
  const text = error instanceof Error ? error.message : String(error);
  const [code, message] = isCommanders(error)
    ? (["usage", usageMessage(text)] as const)
    : (["internal", text] as const);
  return { code, message, hint: undefined, place: undefined, exitStatus };
}

function isCommanders(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}
