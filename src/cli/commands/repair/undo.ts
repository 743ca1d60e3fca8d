/** `astro-scim undo`: puts back what a run changed. */

import { Command } from "commander";
import type { UndoFlags } from "../../actions/repair/undo.ts";
import type { SetStatus } from "../../command.ts";
import {
  addJournalOptions,
  addOutputOptions,
  addTargetOptions,
  addWritingOptions,
  addChangeLimits,
  limit,
  repeatable,
} from "../../flags/options.ts";
import type { Io } from "../../../world/io.ts";
import { helpText } from "../../output/help-text.ts";

export function undoCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("undo")
    .description("put back what a repair changed, where nobody has changed it since")
    .argument("<run>", "ID of the run; astro-scim runs lists them")
    .option("--max-deletions <limit>", "maximum number of accounts and Teams to delete: N or N%", limit)
    .option(
      "--restore-owner <name>",
      "user or Team that gets ORGANIZATION_OWNER back (repeatable)",
      repeatable,
    );
  addJournalOptions(addOutputOptions(addTargetOptions(addChangeLimits(command)), "repair"));
  return addWritingOptions(command)
    .addHelpText("after", helpText(io, examples))
    .action(async (run: string, flags: UndoFlags) => {
      const { undo } = await import("../../actions/repair/undo.ts");
      setStatus(await undo(io, run, flags));
    });
}

const examples = `
What the run created is deleted, what it deleted is created again with its attributes and memberships, and names, attributes
and memberships get their old values. What it activated is deactivated, and what it deactivated is activated. Roles are given back
over Astro's IAM API; that of an Organization Owner only with --restore-owner. What cannot be put back is listed: SCIM IDs, links of
the provider. The rules of every repair hold; deleting what the run created counts for no limit. Without a target, the run's own is
used.

Examples:
  astro-scim undo 20260115T090000-1f0c9a7e --dry-run --token-file token.txt
  astro-scim undo 20260115T090000-1f0c9a7e --token-file token.txt`;
