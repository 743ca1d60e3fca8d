/** The command line from arguments to exit status; the only place that catches everything. */

import type { Command, CommanderError } from "commander";
import type { CompletedCommand } from "../completion/tree.ts";
import { AppError } from "../ground/errors.ts";
import { exitStatus, exitStatusOfError } from "../ground/exit-status.ts";
import { failureText } from "../report/error/text.ts";
import type { Io } from "../world/io.ts";
import { noteOutput } from "./output/note-output.ts";
import { packageVersion } from "../world/version.ts";

/** Runs one command; resolves to its exit status and never rejects. */
export async function main(argv: readonly string[], world: Io): Promise<number> {
  if (asksOnlyForVersion(argv)) {
    world.stdout.write(`${packageVersion()}\n`);
    return exitStatus.ok;
  }
  if (argv[0] === completionRequest) {
    const { answerCompletion } = await import("./completion/answer.ts");
    await answerCompletion(world, argv.slice(1), () => completionTree(world));
    return exitStatus.ok;
  }
  const [commander, { buildProgram }, { safeOutput }, known] = await Promise.all([
    import("commander"),
    import("./program.ts"),
    import("./output/safe-output.ts"),
    import("../target/known-secrets.ts"),
  ]);
  world.secrets.hide([...known.secretsInEnvironment(world.env), ...known.secretsInArguments(argv)]);
  const safe = safeOutput(world);
  const { io, isWritten } = noteOutput(safe.io);
  // What stands behind `--` is the business of the command that `exec` runs.
  const words = argv[0] === "exec" ? untilDashes(argv) : argv;
  const outcome: { status: number } = { status: exitStatus.ok };
  const program = buildProgram(io, (status) => {
    outcome.status = status;
  });
  // Then Commander hands the rest on as it is, `--` included.
  program.enablePositionalOptions(argv[0] === "exec");
  let isOutputClosed = false;
  const release = io.onOutputClosed(() => {
    isOutputClosed = true;
  });
  try {
    await program.parseAsync([...helpFor(argv, program)], { from: "user" });
    return outcome.status;
  } catch (error) {
    const isCommanders = error instanceof commander.CommanderError;
    if (isCommanders && error.exitCode === 0) return exitStatus.ok;
    if (isOutputClosed && isInterrupted(error)) return exitStatus.interrupted;
    if (isCommanders) explainUsage(error, io);
    else io.stderr.write(failureText(error, { verbose: isVerbose(words), version: packageVersion() }));
    const status = isCommanders ? exitStatus.usage : statusOf(error);
    const { printFailure } = await import("./output/print-failure.ts");
    await printFailure(io, { program, words }, error, { exitStatus: status, afterOutput: isWritten() });
    return status;
  } finally {
    release();
    safe.flush();
  }
}

/**
 * `help simulate okta` is answered as `simulate okta --help` is, and `help nix` as `nix`: an unknown command is named, and
 * the nearest one suggested.
 */
function helpFor(argv: readonly string[], program: Command): readonly string[] {
  const [word, ...names] = argv;
  if (word !== "help" || names.length === 0) return argv;
  let within = program;
  for (const [index, name] of names.entries()) {
    const command = within.commands.find((one) => one.name() === name);
    // Whatever follows the name of a command without subcommands is not looked at.
    if (command === undefined && within.commands.length > 0) return names.slice(0, index + 1);
    within = command ?? within;
  }
  return [...names, "--help"];
}

function untilDashes(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf("--");
  return dashes === -1 ? argv : argv.slice(0, dashes);
}

/** What the completion functions of the shells ask: nothing else is loaded, because somebody waits at a keystroke. */
const completionRequest = "complete";

/** Where nothing was built. */
async function completionTree(world: Io): Promise<CompletedCommand> {
  const [{ buildProgram }, { commandTree }] = await Promise.all([
    import("./program.ts"),
    import("./completion/command-tree.ts"),
  ]);
  return commandTree(buildProgram(world, () => {}));
}

/** Scripts ask for it before anything else: then nothing else is loaded (docs/benchmarks.md). */
function asksOnlyForVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V");
}

/** A reader that has closed the pipe does not need to read that this ended the command. */
function isInterrupted(error: unknown): boolean {
  return error instanceof AppError && error.code === "interrupted";
}

/** Commander has said what is wrong, unless a command is missing. */
function explainUsage({ code }: CommanderError, io: Io): void {
  if (code === "commander.help")
    io.stderr.write("\nError: no command was given; the commands are listed above.\n");
}

function isVerbose(argv: readonly string[]): boolean {
  return argv.includes("--verbose") || argv.includes("-v");
}

function statusOf(error: unknown): number {
  return error instanceof AppError ? exitStatusOfError[error.code] : exitStatus.failed;
}
