/** The command line from arguments to exit status; the only place that catches everything. */

import { CommanderError } from "commander";
import { AppError } from "../errors.ts";
import { exitStatus, exitStatusOfError } from "./exit-status.ts";
import { failureText } from "./failure.ts";
import type { Io } from "./io.ts";
import { buildProgram } from "./program.ts";
import { packageVersion } from "./version.ts";

/** Runs one command; resolves to its exit status and never rejects. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const outcome: { status: number } = { status: exitStatus.ok };
  const program = buildProgram(io, (status) => {
    outcome.status = status;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return outcome.status;
  } catch (error) {
    if (error instanceof CommanderError) return statusOfCommander(error, io);
    const verbose = argv.includes("--verbose") || argv.includes("-v");
    io.stderr.write(failureText(error, { verbose, version: packageVersion() }));
    return error instanceof AppError ? exitStatusOfError[error.code] : exitStatus.failed;
  }
}

/** Commander has said what is wrong, unless a command is missing; help and version are no mistakes. */
function statusOfCommander({ code, exitCode }: CommanderError, io: Io): number {
  if (exitCode === 0) return exitStatus.ok;
  if (code === "commander.help") io.stderr.write("\nError: a command is missing; they are listed above.\n");
  return exitStatus.usage;
}
