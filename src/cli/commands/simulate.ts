/** `astro-scim simulate okta [fixture]`: what the identity provider would do, over real HTTP. */

import { Command, Option } from "commander";
import type { SimulateFlags } from "../actions/simulate-okta.ts";
import type { Io } from "../io.ts";
import { addOutputOptions, addTargetOptions } from "../options.ts";
import type { SetStatus } from "../command.ts";

export function simulateCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("simulate")
    .description("do what an identity provider's provisioning would do for a fixture")
    .addCommand(oktaCommand(io, setStatus));
}

function oktaCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("okta")
    .description(
      "Okta: test the credentials, match, create, link, update, deactivate, push groups; then the timeline",
    )
    .argument("[fixture]", "YAML file (without it: fixtures/okta-company.yaml, some 250 people)");
  addTargetOptions(command);
  addOutputOptions(command);
  return command
    .option("--state <file>", "keep Okta's memory between runs in this file")
    .addOption(
      new Option(
        "--integration <name>",
        "override the fixture: organization ID and token, or SCIM URL",
      ).choices(["catalog", "manual"]),
    )
    .option("--retry", "with --state: retry the tasks that failed in earlier runs, as 'Retry Selected' does")
    .option("--allow-remote", "let the made-up people into a target that is not on this machine")
    .option("-y, --yes", "do not ask before provisioning a target that is not on this machine")
    .option("--cleanup", "afterwards delete the users and Teams that this run created")
    .addHelpText("after", examples)
    .action(async (fixture: string | undefined, flags: SimulateFlags) => {
      const { simulateOkta } = await import("../actions/simulate-okta.ts");
      setStatus(await simulateOkta(io, fixture, flags));
    });
}

const examples = `
A fixture to copy: fixtures/okta-small.yaml. The whole format: docs/fixture.md.

Examples:
  astro-scim simulate okta                              against a local Astro inside the process
  astro-scim simulate okta my-company.yaml --verbose    your own directory, every request shown
  astro-scim simulate okta my-company.yaml --url http://127.0.0.1:8888/scim/v2/ORG --state okta.json`;
