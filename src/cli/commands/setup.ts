/** `astro-scim setup okta|entra`: what to enter in the provider's console, and whether it was entered. */

import { Command, Option } from "commander";
import type { SetupFlags } from "../actions/setup.ts";
import type { SetStatus } from "../command.ts";
import { addEntraOptions, addOktaOptions } from "../flags/directory-options.ts";
import { addOutputOptions, addTargetOptions } from "../flags/options.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function setupCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("setup")
    .description("show what to enter in the console of the identity provider, or check what was entered")
    .addCommand(oktaCommand(io, setStatus))
    .addCommand(entraCommand(io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

function oktaCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("okta").description("the sheet for Okta's Admin Console");
  addSetupOptions(command, "okta", "email, login or another attribute of the Okta profile (default: email)");
  return addOutputOptions(addOktaOptions(command), "setup")
    .addHelpText("after", helpText(io, oktaExamples))
    .action(async (flags: SetupFlags) => {
      const { setup } = await import("../actions/setup.ts");
      setStatus(await setup(io, "okta", flags));
    });
}

function entraCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("entra").description("the sheet for the Microsoft Entra admin center");
  addSetupOptions(
    command,
    "entra",
    "mail, userPrincipalName or another attribute of the user (default: mail)",
  );
  return addOutputOptions(addEntraOptions(command), "setup")
    .option("--tenant-url <url>", "the Tenant URL as it is in the console now: it is checked")
    .addHelpText("after", helpText(io, entraExamples))
    .action(async (flags: SetupFlags) => {
      const { setup } = await import("../actions/setup.ts");
      setStatus(await setup(io, "entra", flags));
    });
}

function addSetupOptions(command: Command, provider: string, mailAttributes: string): void {
  command
    .addOption(
      new Option(
        "--integration <name>",
        "manual: an app of your own, as Astro documents it; catalog: the Astro app of the catalog or gallery (default: manual)",
      ).choices(["manual", "catalog"]),
    )
    .option("--mail-attribute <name>", `the attribute with the e-mail address: ${mailAttributes}`)
    .option(
      "--sso-attribute <name>",
      "the attribute by which single sign-on names people to Astro (default: the same)",
    )
    .addOption(new Option("--users-only", "provision users only: no group becomes a Team").conflicts("teams"))
    .option("--teams", "provision users and Teams (the default)")
    .option("-y, --yes", "use the documented defaults without asking")
    .option("--save-profile <name>", "save the answers as this profile in astro-scim.yaml")
    .option("--check", "compare the live app with the sheet, line by line");
  addTargetOptions(command).addOption(
    new Option("--from <source>", "read the live app, where no other option or profile names it").choices([
      provider,
    ]),
  );
}

const examples = `
Without a terminal, and with --yes, nothing is asked. The sheet never has the API token in it.

Examples:
  astro-scim setup okta                                      asks, and shows the sheet
  astro-scim setup entra --yes --org cknaqyipv05731evsry6cj4n0
  astro-scim setup okta --check --profile okta               compare the live app with the sheet`;

const checkStatus = `
Exit status of --check: 0 nothing different, 2 differences or mistakes found, 3 not readable, 4 credentials refused.`;

const oktaExamples = `
With the address of a live Okta (--okta-url, --okta-app, see docs/directories.md), the app and its people are read, and
set-ups that are known to fail are named.
${checkStatus}

Examples:
  astro-scim setup okta --yes --org cknaqyipv05731evsry6cj4n0
  astro-scim setup okta --yes --org cknaqyipv05731evsry6cj4n0 --integration catalog --users-only -o markdown > okta.md
  astro-scim setup okta --check --org cknaqyipv05731evsry6cj4n0 --okta-url https://acme.okta.com --okta-app Astro`;

const entraExamples = `
Microsoft Graph has no published way to read the Tenant URL back. Copy it from the console to check it: --tenant-url.
${checkStatus}

Examples:
  astro-scim setup entra --yes --org cknaqyipv05731evsry6cj4n0 --mail-attribute userPrincipalName
  astro-scim setup entra --yes --org cknaqyipv05731evsry6cj4n0 --save-profile entra -o markdown > entra.md
  astro-scim setup entra --check --profile entra --entra-tenant acme.example --entra-app Astro`;
