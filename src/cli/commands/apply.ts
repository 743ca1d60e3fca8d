/** `astro-scim apply`: goes on with a run that was interrupted. */

import { Command } from "commander";
import type { ApplyFlags } from "../actions/apply.ts";
import type { SetStatus } from "../command.ts";
import { addJournalOptions, addOutputOptions, addTargetOptions } from "../flags/options.ts";
import { wholeNumber } from "../flags/whole-number.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function applyCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("apply")
    .description("go on with a repair that was interrupted")
    .option("--resume <run>", "ID of the unfinished run; astro-scim runs lists them")
    .option("-y, --yes", "apply without asking")
    .option("--dry-run", "show what is left, without applying it")
    .option("--concurrency <number>", "requests to run in parallel (default: 4)", wholeNumber(1, 64))
    .option("--rate <number>", "maximum requests per second", wholeNumber(1, 1000));
  return addJournalOptions(addOutputOptions(addTargetOptions(command), "repair"))
    .addHelpText("after", helpText(io, examples))
    .action(async (flags: ApplyFlags) => {
      const { apply } = await import("../actions/apply.ts");
      setStatus(await apply(io, flags));
    });
}

const examples = `
An operation that was begun is read back first: if Astro already shows it, it is not sent again. Operations on users and
Teams that changed since are skipped. Without a target, the run's own is used; the token is given as for every command.

Examples:
  astro-scim apply --resume 20260115T090000-1f0c9a7e --token-file token.txt
  astro-scim apply --resume 20260115T090000-1f0c9a7e --dry-run --token-file token.txt`;
