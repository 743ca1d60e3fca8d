/** `astro-scim push-group <name…>`: the console's 'Push now'. */

import { Command } from "commander";
import type { Io } from "../../../world/io.ts";
import { addChangeLimits, addRepairOptions, type RepairFlags } from "../../flags/options.ts";
import type { SetStatus } from "../../command.ts";
import { helpText } from "../../output/help-text.ts";

export function pushGroupCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("push-group")
    .description("update Teams and their members from the directory, as 'Push now' does")
    .argument("[name...]", "names of groups that are pushed (Okta) or assigned to the app (Entra ID)")
    .option("--all", "every group that is pushed or assigned");
  return addChangeLimits(addRepairOptions(command, io))
    .addHelpText("after", helpText(io, examples))
    .action(async (names: readonly string[], flags: RepairFlags) => {
      const { pushGroup } = await import("../../actions/repair/push-group.ts");
      setStatus(await pushGroup(io, names, flags));
    });
}

const examples = `
Teams and accounts are never deleted. A run that would remove more than 10 memberships or rename more than 3 accounts
and Teams is refused (10 % of those in Astro, if that is more), unless the options above allow it. Those you name do not count.
Members without an account are listed, not created; 'resync' creates them.

Examples:
  astro-scim push-group data-engineering --dry-run
  astro-scim push-group --all --from my-company.yaml --url https://api.astronomer.io/scim/v2/ORG --token-file token.txt`;
