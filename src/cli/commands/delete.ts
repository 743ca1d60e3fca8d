/** `astro-scim delete <user…>`: removes what is left over. */

import { Command } from "commander";
import type { DeleteFlags } from "../actions/delete.ts";
import type { Io } from "../../world/io.ts";
import { addRepairOptions, limit, repeatable } from "../flags/options.ts";
import type { SetStatus } from "../command.ts";

export function deleteCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("delete")
    .description("remove accounts and Teams that are left over in Astro")
    .argument("[user...]", "userNames of accounts that are left over")
    .option("--team <name>", "a Team, by its name (can be repeated)", repeatable)
    .option("--all", "every account that is left over (Teams go by --team)")
    .option(
      "--max-deletions <limit>",
      "allow this many accounts and Teams to be deleted: a number, or percent; 0 for none",
      limit,
    )
    .option(
      "--roles-unknown",
      "on Astro itself: go on although SCIM cannot tell who is an Organization Owner",
    );
  return addRepairOptions(command)
    .addHelpText("after", examples)
    .action(async (users: readonly string[], flags: DeleteFlags) => {
      const { deleteLeftOver } = await import("../actions/delete.ts");
      setStatus(await deleteLeftOver(io, users, flags));
    });
}

const examples = `
Without --max-deletions it refuses to delete more than 3 accounts and Teams (10 % of those in Astro, if that is more, but
at most 25); what you name is not counted. Deleting a Team deletes the roles granted to it. Without a name or --all it shows what it would do, changes
nothing and exits 64.

Examples:
  astro-scim delete peter.grant@example.com --dry-run
  astro-scim delete --all --from my-company.yaml --url https://api.astronomer.io/scim/v2/ORG --token-file token.txt`;
