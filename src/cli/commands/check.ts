/** `astro-scim check`: one test after another of a server, its token, and the provider's app. */

import { Command, InvalidArgumentError } from "commander";
import type { CheckFlags } from "../actions/check.ts";
import type { SetStatus } from "../command.ts";
import { interval } from "../flags/age.ts";
import { addSourceOptions } from "../flags/directory-options.ts";
import { addJournalOptions, addOutputOptions, addTargetOptions } from "../flags/options.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function checkCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("check")
    .description("check the connection, the token, SCIM and, with --from, the app of a live Okta or Entra ID")
    .option("--write", "also create a canary user and Team, walk them through a life, and remove them")
    .option(
      "--canary-domain <domain>",
      "with --write: mail domain of the canary user (default: example.com, where nobody receives mail)",
      mailDomain,
    )
    .option("--cleanup", "remove canaries that an interrupted run had to leave, and check nothing")
    .option("-y, --yes", "with --write or --cleanup: do not ask")
    .option(
      "--watch <interval>",
      "check again and again, such as every 5m (at least 10s), and print changes only",
      interval,
    );
  addSourceOptions(addOutputOptions(addTargetOptions(command), "check"));
  onlyLiveProviders(command);
  return addJournalOptions(command)
    .addHelpText("after", helpText(io, examples))
    .action(async (flags: CheckFlags) => {
      const { check } = await import("../actions/check.ts");
      setStatus(await check(io, flags));
    });
}

/** @throws InvalidArgumentError for what no address can end with */
function mailDomain(text: string): string {
  if (/^(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError("It must be a domain name such as example.com.");
}

/** Of all directories only a live provider has an app to check. */
function onlyLiveProviders({ options }: Command): void {
  for (const option of options) {
    if (option.long === "--from")
      option.description = "also check the app of this live provider: okta or entra";
    if (option.long === "--idp") option.hideHelp();
  }
}

const examples = `
Without a target, the organization is the one that the token names. Nothing is written without --write, and the provider
is only read. What depends on a failed check is skipped; what is unknown or does not apply is not a failure (docs/check.md).

Exit status: 0 nothing failed, 3 the server is unreachable or not SCIM, 4 the token is refused, 1 any other failure.

Examples:
  astro-scim check --org cknaqyipv05731evsry6cj4n0 --token-file token.txt
  astro-scim check --profile prod --from okta --okta-app Astro        the app in Okta, too
  astro-scim check --url "https://api.astronomer.io/scim/v2/ORG?aadOptscim062020" --from entra --entra-app Astro
  astro-scim check --profile prod --write                             with a canary user and Team
  astro-scim check --profile prod --output junit > check.xml          for CI
  astro-scim check --profile prod --watch 5m                          for monitoring`;
