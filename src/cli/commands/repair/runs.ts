/** `astro-scim runs`: what repairs have written, from the journal. */

import { Command } from "commander";
import type { PruneFlags, RunsFlags } from "../../actions/repair/runs.ts";
import type { SetStatus } from "../../command.ts";
import { age } from "../../flags/age.ts";
import { addFormatOptions, addJournalOptions } from "../../flags/options.ts";
import { refuseWord } from "../../flags/reading-options.ts";
import type { Io } from "../../../world/io.ts";
import { helpText } from "../../output/help-text.ts";

export function runsCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("runs")
    .description("list what repairs have written to Astro, from the journal on this machine")
    .addCommand(listCommand(io, setStatus), { isDefault: true })
    .addCommand(showCommand(io, setStatus))
    .addCommand(closeCommand(io, setStatus))
    .addCommand(pruneCommand(io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

function listCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("ls")
    .alias("list")
    .description("list the runs, the newest first (the default)");
  return addRunsOptions(command, "runs")
    .addHelpText("after", helpText(io, listExamples))
    .allowExcessArguments()
    .action(async (flags: RunsFlags, { args }: Command) => {
      refuseWord(args[0], "runs");
      const { listRuns } = await import("../../actions/repair/runs.ts");
      setStatus(await listRuns(io, flags));
    });
}

function showCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("show")
    .description("show every operation of a run with its outcome")
    .argument("<run>", "ID of the run")
    .option("-v, --verbose", "list every operation");
  return addRunsOptions(command, "run")
    .addHelpText("after", helpText(io, showExamples))
    .action(async (run: string, flags: RunsFlags) => {
      const { showRun } = await import("../../actions/repair/runs.ts");
      setStatus(await showRun(io, run, flags));
    });
}

function closeCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("close")
    .description("give up an unfinished run, so that other repairs of the organization can start")
    .argument("<run>", "ID of the run");
  return addJournalOptions(command)
    .addHelpText("after", helpText(io, closeExamples))
    .action(async (run: string, flags: RunsFlags) => {
      const { giveUpRun } = await import("../../actions/repair/runs.ts");
      setStatus(await giveUpRun(io, run, flags));
    });
}

function pruneCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("prune")
    .description("remove old runs, or the people in them")
    .requiredOption("--older-than <age>", "age of the last line of a run: 90d, 36h", age)
    .option("--redact-people", "keep the runs without names, addresses and attributes of people");
  return addRunsOptions(command, "pruned")
    .addHelpText("after", helpText(io, pruneExamples))
    .action(async (flags: PruneFlags) => {
      const { pruneRuns } = await import("../../actions/repair/runs.ts");
      setStatus(await pruneRuns(io, flags));
    });
}

function addRunsOptions(command: Command, kind: Parameters<typeof addFormatOptions>[1]): Command {
  return addJournalOptions(addFormatOptions(command, kind));
}

const examples = `
Each repair of a server writes a run: one file with the plan, and a line before and after each write.

Examples:
  astro-scim runs                          list the runs
  astro-scim runs show 20260115T090000-1f0c9a7e
  astro-scim runs prune --older-than 90d`;

const listExamples = `
UNKNOWN counts operations that were begun, and of which it is not known what came of them.

Exit status: 0 listed, 3 a file of a run is not readable.

Examples:
  astro-scim runs ls
  astro-scim runs ls --json --state-dir /var/lib/astro-scim`;

const showExamples = `
Exit status: 0 shown, 1 no such run.

Examples:
  astro-scim runs show 20260115T090000-1f0c9a7e
  astro-scim runs show 20260115T090000-1f0c9a7e --json`;

const closeExamples = `
Nothing is written to Astro. The run cannot be resumed after that; a new repair compares again and does what is missing.

Examples:
  astro-scim runs close 20260115T090000-1f0c9a7e
  astro-scim runs close 20260115T090000-1f0c9a7e --state-dir /var/lib/astro-scim`;

const pruneExamples = `
Unfinished runs are kept. A run without people can neither be resumed nor undone.

Examples:
  astro-scim runs prune --older-than 90d
  astro-scim runs prune --older-than 30d --redact-people`;
