/** `astro-scim why USER|TEAM`: the story of one, from the directory, the provider and Astro. */

import { Command } from "commander";
import type { WhyFlags } from "../actions/why.ts";
import type { Io } from "../../world/io.ts";
import { addDirectoryOptions } from "../flags/directory-options.ts";
import { addJournalOptions, addOutputOptions, addTargetOptions } from "../flags/options.ts";
import type { SetStatus } from "../command.ts";
import { helpText } from "../output/help-text.ts";

export function whyCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("why")
    .description("tell why a user or a Team is as it is: what happened, the cause, and the repair")
    .argument("<name>", "userName, mail or ID of a user; name or ID of a Team or group")
    .option("--user", "the name is that of a user")
    .option("--team", "the name is that of a Team or a group");
  addJournalOptions(addDirectoryOptions(addOutputOptions(addTargetOptions(command), "why")));
  return command
    .addHelpText("after", helpText(io, examples))
    .action(async (name: string, flags: WhyFlags) => {
      const { why } = await import("../actions/why.ts");
      setStatus(await why(io, name, flags));
    });
}

const examples = `
It reads, and writes nothing: the directory, what a live provider says of its provisioning and has in its log, what Astro holds,
Astro's audit log (for an Organization Owner), and the journal of astro-scim. What could not be read is named.

A cause is certain, likely, or unknown; if several fit, all of them are named.

Exit status: 0 everything is as it should be, 1 a cause was found, 3 the cause is unknown, or something that decides it could not be read.

Examples:
  astro-scim why ada@example.com                          the example fixture; needs no configuration
  astro-scim why ada@example.com --from okta --okta-url https://acme.okta.com --okta-app Astro --org ORG
  astro-scim why data-platform --team --from entra --entra-app Astro --org ORG
  astro-scim why ada@example.com --profile prod --json`;
