/** `astro-scim simulate okta|entra [fixture]`: what the identity provider would do, over real HTTP. */

import { Command, Option } from "commander";
import type { SimulateFlags } from "../actions/simulate.ts";
import type { Io } from "../../world/io.ts";
import {
  addJournalOptions,
  addOutputOptions,
  addRequestOptions,
  addTargetOptions,
  repeatable,
} from "../flags/options.ts";
import { wholeNumber } from "../flags/whole-number.ts";
import { addSourceOptions, sourceForms } from "../flags/directory-options.ts";
import type { SetStatus } from "../command.ts";
import { helpText } from "../output/help-text.ts";

export function simulateCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("simulate")
    .description("simulate an identity provider's provisioning of the directory in a fixture")
    .addCommand(oktaCommand(io, setStatus))
    .addCommand(entraCommand(io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

const examples = `
Examples:
  astro-scim simulate okta                       the example company, with a local Astro
  astro-scim simulate entra my-company.yaml      your own directory`;

function oktaCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("okta")
    .description(
      "Okta: test the credentials, match, create, link, update and deactivate users, push groups; then the timeline",
    )
    .argument(
      "[source]",
      `the directory: ${sourceForms} (default: fixtures/okta-company.yaml, about 250 users)`,
    );
  return addSimulationOptions(command)
    .option(
      "--state <file>",
      "file that keeps what Okta remembers between runs: links, push mappings, failed tasks",
    )
    .addOption(
      new Option(
        "--integration <name>",
        "type of app, instead of the fixture's: from the catalog (OIN), set up by hand, or made with the wizard",
      ).choices(["catalog", "manual", "wizard"]),
    )
    .option("--retry", "with --state: retry the tasks that failed in earlier runs, as 'Retry Selected' does")
    .addHelpText("after", helpText(io, oktaExamples))
    .action(async (source: string | undefined, flags: SimulateFlags) => {
      const { simulate } = await import("../actions/simulate.ts");
      setStatus(await simulate(io, "okta", { source, flags }));
    });
}

function entraCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("entra")
    .description(
      "Entra ID: test the connection, an initial cycle (match, create, update, Teams, members); then the timeline in cycles",
    )
    .argument(
      "[source]",
      `the directory: ${sourceForms} (default: fixtures/entra-company.yaml, about 250 users)`,
    );
  return addSimulationOptions(command)
    .option(
      "--state <file>",
      "file that keeps what Entra ID remembers between runs: links, watermark, escrow",
    )
    .addOption(
      new Option(
        "--integration <name>",
        "type of app, instead of the fixture's: non-gallery (Tenant URL and secret token) or gallery",
      ).choices(["non-gallery", "gallery"]),
    )
    .addHelpText("after", helpText(io, entraExamples))
    .action(async (source: string | undefined, flags: SimulateFlags) => {
      const { simulate } = await import("../actions/simulate.ts");
      setStatus(await simulate(io, "entra", { source, flags }));
    });
}

/** What both providers have. */
function addSimulationOptions(command: Command): Command {
  addSourceOptions(addJournalOptions(addTargetOptions(command)));
  addOutputOptions(command, "simulation");
  addRequestOptions(command);
  return command
    .option("--step <step>", "show only the requests of this timeline step (name or number), or of 'start'")
    .option(
      "--allow-remote",
      "allow a target that is not on this machine (the fixture's users are created there)",
    )
    .option("-y, --yes", "do not ask before provisioning a target that is not on this machine")
    .option(
      "--fidelity <name=value>",
      "override an assumption about the provider; see docs/fidelity.md (repeatable; an unknown name lists all)",
      repeatable,
    )
    .option(
      "--max-wait <seconds>",
      "with a target: longest Retry-After to wait for after a 429; a longer one fails the job",
      wholeNumber(0, 86_400),
      300,
    )
    .option("--cleanup", "at the end, delete the users and Teams that this run created");
}

const oktaExamples = `
A fixture to start from: fixtures/okta-small.yaml. The format: docs/fixture.md.

Examples:
  astro-scim simulate okta                              against a local Astro inside the process
  astro-scim simulate okta --from okta                  your live Okta, read and then rehearsed (docs/directories.md)
  astro-scim simulate okta my-company.yaml --verbose    your own directory, showing every request
  astro-scim simulate okta my-company.yaml --step "Ada leaves" --bodies   what one step sends, with bodies
  astro-scim simulate okta my-company.yaml --only ada@example.com         the requests about one person
  astro-scim simulate okta my-company.yaml --url http://127.0.0.1:8888/scim/v2/ORG --state okta.json`;

const entraExamples = `
A fixture to start from: fixtures/entra-small.yaml. The format: docs/fixture.md.
With a target, the flag in its URL decides the form of PATCH, as in Entra ID. Quote the URL: ? is a glob in most shells.

Examples:
  astro-scim simulate entra                             against a local Astro inside the process
  astro-scim simulate entra --from entra                your live tenant, read and then rehearsed (docs/directories.md)
  astro-scim simulate entra my-company.yaml --verbose   your own directory, showing every request
  astro-scim simulate entra my-company.yaml --step "Ada leaves" --bodies  what one step sends, with bodies
  astro-scim simulate entra my-company.yaml --only ada@example.com        the requests about one person
  astro-scim simulate entra my-company.yaml --url 'http://127.0.0.1:8888/scim/v2/ORG?aadOptscim062020' --state entra.json`;
