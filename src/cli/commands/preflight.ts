/** `astro-scim preflight`: what will happen on the day on which SCIM is switched on. */

import { Command, Option } from "commander";
import type { PreflightFlags } from "../actions/preflight.ts";
import type { SetStatus } from "../command.ts";
import { addDirectoryOptions, sourceForms } from "../flags/directory-options.ts";
import { addOutputOptions, addTargetOptions, repeatable } from "../flags/options.ts";
import { helpText } from "../output/help-text.ts";
import type { Io } from "../../world/io.ts";

export function preflightCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("preflight")
    .description(
      "before SCIM is switched on: what will happen on the day, and whether it may come (reads only)",
    )
    .argument("[source]", `the directory: ${sourceForms} (default: fixtures/okta-company.yaml)`)
    .option(
      "--terraform <file>",
      "output of terraform show -json: finds Teams, members and roles that Terraform owns",
    )
    .option(
      "--accept <kind>",
      "a problem of this kind is known and does not stand in the way (repeatable; docs/preflight.md lists the kinds)",
      repeatable,
    )
    .option(
      "--verified-domain <domain>",
      "a domain that is verified in Astro, if the token cannot read it (repeatable)",
      repeatable,
    )
    .addOption(
      new Option(
        "--just-in-time <state>",
        "Automatic Membership in Astro, which no API shows: on, off or unknown",
      )
        .choices(["on", "off", "unknown"])
        .default("unknown"),
    )
    .option(
      "--fidelity <name=value>",
      "how the rehearsed provider behaves where that is not documented; see docs/fidelity.md (repeatable)",
      repeatable,
    )
    .option(
      "--behaviour <name=value>",
      "how the rehearsed Astro behaves where that is not documented; see docs/emulation.md (repeatable)",
      repeatable,
    );
  addDirectoryOptions(addOutputOptions(addTargetOptions(command), "preflight")).addOption(
    new Option(
      "--api <api>",
      "API to read Astro with: iam, which works before SCIM is enabled; scim, which shows no roles (default: iam if it is there)",
    ).choices(["iam", "scim"]),
  );
  return command
    .addHelpText("after", helpText(io, examples))
    .action(async (source: string | undefined, flags: PreflightFlags) => {
      const { preflight } = await import("../actions/preflight.ts");
      setStatus(await preflight(io, source, flags));
    });
}

const examples = `
Reads the directory and Astro, and rehearses the provider's first run in this process with a local Astro that holds the same. Nothing is
written to either. docs/preflight.md lists everything that can be found.

Exit status: 0 go, 1 not yet, 3 cannot tell or could not be read.

Examples:
  astro-scim preflight                                    the example company; needs no configuration
  astro-scim preflight --from okta --okta-url https://acme.okta.com --okta-app Astro --org ORG
  astro-scim preflight --from entra --entra-app Astro --org ORG --terraform terraform.json
  astro-scim preflight company.yaml --org ORG -o markdown > ticket.md    for the change ticket
  astro-scim preflight company.yaml --org ORG --accept account-not-assigned`;
