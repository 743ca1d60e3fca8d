/** `astro-scim push-group <name…>`: the console's 'Push now'. */

import { Command } from "commander";
import type { Io } from "../../world/io.ts";
import { addChangeLimits, addRepairOptions, type RepairFlags } from "../flags/options.ts";
import type { SetStatus } from "../command.ts";

export function pushGroupCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("push-group")
    .description("make Teams and their members what the directory says, as 'Push now' does")
    .argument("[name...]", "names of groups that are pushed (Okta) or assigned to the app (Entra ID)")
    .option("--all", "every group of the directory that is pushed or assigned");
  return addChangeLimits(addRepairOptions(command))
    .addHelpText("after", examples)
    .action(async (names: readonly string[], flags: RepairFlags) => {
      const { pushGroup } = await import("../actions/push-group.ts");
      setStatus(await pushGroup(io, names, flags));
    });
}

const examples = `
It never deletes a Team or an account. Without the options above it refuses to remove more than 10 memberships, or
to rename more than 3 accounts and Teams (10 % of those in Astro, if that is more); what you name is not counted.
Members without an account are listed, not created: 'resync' creates them.

Examples:
  astro-scim push-group data-engineering --dry-run
  astro-scim push-group --all --from my-company.yaml --url https://api.astronomer.io/scim/v2/ORG --token-file token.txt`;
