/** `astro-scim simulate okta|entra [fixture]`: what the identity provider would do, over real HTTP. */

import { Command, Option } from "commander";
import type { SimulateFlags } from "../actions/simulate.ts";
import type { Io } from "../../world/io.ts";
import { addOutputOptions, addTargetOptions, repeatable, wholeNumber } from "../flags/options.ts";
import type { SetStatus } from "../command.ts";

export function simulateCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("simulate")
    .description("do what an identity provider's provisioning would do for a fixture")
    .addCommand(oktaCommand(io, setStatus))
    .addCommand(entraCommand(io, setStatus));
}

function oktaCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("okta")
    .description(
      "Okta: test the credentials, match, create, link, update, deactivate, push groups; then the timeline",
    )
    .argument("[fixture]", "YAML file (without it: fixtures/okta-company.yaml, some 250 people)");
  return addSimulationOptions(command)
    .option("--state <file>", "keep Okta's memory between runs in this file")
    .addOption(
      new Option(
        "--integration <name>",
        "override the fixture: organization ID and token, SCIM URL, or a private app of the wizard of 2026",
      ).choices(["catalog", "manual", "wizard"]),
    )
    .option("--retry", "with --state: retry the tasks that failed in earlier runs, as 'Retry Selected' does")
    .addHelpText("after", oktaExamples)
    .action(async (fixtureFile: string | undefined, flags: SimulateFlags) => {
      const { simulate } = await import("../actions/simulate.ts");
      setStatus(await simulate(io, "okta", { fixtureFile, flags }));
    });
}

function entraCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("entra")
    .description(
      "Entra ID: test the connection, an initial cycle (match, create, update, Teams, members); then the timeline in cycles",
    )
    .argument("[fixture]", "YAML file (without it: fixtures/entra-company.yaml, some 250 people)");
  return addSimulationOptions(command)
    .option("--state <file>", "keep Entra's memory between runs in this file")
    .addOption(
      new Option(
        "--integration <name>",
        "override the fixture: Tenant URL and secret token, or the app of the gallery",
      ).choices(["non-gallery", "gallery"]),
    )
    .addHelpText("after", entraExamples)
    .action(async (fixtureFile: string | undefined, flags: SimulateFlags) => {
      const { simulate } = await import("../actions/simulate.ts");
      setStatus(await simulate(io, "entra", { fixtureFile, flags }));
    });
}

/** What both providers have. */
function addSimulationOptions(command: Command): Command {
  addTargetOptions(command);
  addOutputOptions(command, "simulation");
  return command
    .option("--allow-remote", "let the made-up people into a target that is not on this machine")
    .option("-y, --yes", "do not ask before provisioning a target that is not on this machine")
    .option(
      "--fidelity <name=value>",
      "answer one question of docs/fidelity.md otherwise; repeatable, an unknown name lists all",
      repeatable,
    )
    .option(
      "--max-wait <seconds>",
      "with a target: the longest Retry-After of a 429 that is waited for; beyond it the job fails",
      wholeNumber(0, 86_400),
      300,
    )
    .option("--cleanup", "afterwards delete the users and Teams that this run created");
}

const oktaExamples = `
A fixture to copy: fixtures/okta-small.yaml. The whole format: docs/fixture.md.

Examples:
  astro-scim simulate okta                              against a local Astro inside the process
  astro-scim simulate okta my-company.yaml --verbose    your own directory, every request shown
  astro-scim simulate okta my-company.yaml --url http://127.0.0.1:8888/scim/v2/ORG --state okta.json`;

const entraExamples = `
A fixture to copy: fixtures/entra-small.yaml. The whole format: docs/fixture.md.
With a target, the flag in its URL decides which PATCH is sent, as in Entra; quote it: ? is a glob in most shells.

Examples:
  astro-scim simulate entra                             against a local Astro inside the process
  astro-scim simulate entra my-company.yaml --verbose   your own directory, every request shown
  astro-scim simulate entra my-company.yaml --url 'http://127.0.0.1:8888/scim/v2/ORG?aadOptscim062020' --state entra.json`;
