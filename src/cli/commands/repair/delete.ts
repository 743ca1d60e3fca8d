/** `astro-scim delete <user…>`: removes what is left over. */

import { Command } from "commander";
import type { DeleteFlags } from "../../actions/repair/delete.ts";
import type { Io } from "../../../world/io.ts";
import { addDeletionLimits, addRepairOptions, repeatable } from "../../flags/options.ts";
import type { SetStatus } from "../../command.ts";
import { helpText } from "../../output/help-text.ts";

export function deleteCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("delete")
    .description("delete orphaned accounts and Teams in Astro")
    .argument("[user...]", "userNames of the accounts to delete")
    .option("--team <name>", "delete the Team with this name (repeatable)", repeatable)
    .option("--all", "every orphaned account, and every orphaned Team that the provider is known to manage");
  return addRepairOptions(addDeletionLimits(command), io)
    .addHelpText("after", helpText(io, examples))
    .action(async (users: readonly string[], flags: DeleteFlags) => {
      const { deleteLeftOver } = await import("../../actions/repair/delete.ts");
      setStatus(await deleteLeftOver(io, users, flags));
    });
}

const examples = `
A run that would delete more than 3 accounts and Teams is refused (10 % of those in Astro, if that is more, but at
most 25), unless --max-deletions allows it. Those that you name do not count. Deleting a Team deletes the roles granted to it.
Without a name or --all, the plan is shown, nothing is changed, and the exit status is 64.

Examples:
  astro-scim delete peter.grant@example.com --dry-run
  astro-scim delete --all --from my-company.yaml --url https://api.astronomer.io/scim/v2/ORG --token-file token.txt`;
