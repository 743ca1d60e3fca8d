/** `astro-scim resync <user…>`: repairs what is missing or differs. */

import { Command } from "commander";
import type { ResyncFlags } from "../../actions/repair/resync.ts";
import type { Io } from "../../../world/io.ts";
import { addChangeLimits, addDeletionLimits, addRepairOptions, repeatable } from "../../flags/options.ts";
import type { SetStatus } from "../../command.ts";
import { helpText } from "../../output/help-text.ts";

export function resyncCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("resync")
    .description("repair users and Teams that are missing in Astro or differ from the directory")
    .argument("[user...]", "userNames of the users to repair")
    .option("--team <name>", "also repair the Team with this name (repeatable)", repeatable)
    .option(
      "--reassign <user>",
      "with okta: remove and assign this user again, although Okta is linked to an account, where provisioning has failed or the link leads to another account (repeatable); roles and Teams are given back",
      repeatable,
    )
    .option("--all", "every user and Team that differs");
  return addChangeLimits(addDeletionLimits(addRepairOptions(command, io)))
    .addHelpText("after", helpText(io, examples))
    .action(async (users: readonly string[], flags: ResyncFlags) => {
      const { resync } = await import("../../actions/repair/resync.ts");
      setStatus(await resync(io, users, flags));
    });
}

const examples = `
Teams and accounts are never deleted. The account of somebody who has left is deactivated where the provider is known to be linked
to it (a live --from, or --state). A run is refused that would remove more than 10 memberships, or rename or deactivate more
than 3 accounts and Teams (10 % of those in Astro, if that is more), unless the options above allow it. Those you name do not count.
With --state, broken links of the provider are listed with how to fix them in its console; a repair cannot (exit status 1).
--reassign ends the user's membership of the organization for a moment: roles are read over IAM first and given back, Teams are pushed again.
It is refused for owners, for protected accounts, and where the roles cannot be read; it counts as a deletion, and is confirmed by typing.
Without a name or --all, the plan is shown, nothing is changed, and the exit status is 64.

Examples:
  astro-scim resync olga.ivanova@example.com
  astro-scim resync --reassign olga.ivanova@example.com --from okta --org ORG
  astro-scim resync --all --from my-company.yaml --url https://api.astronomer.io/scim/v2/ORG --token-file token.txt`;
