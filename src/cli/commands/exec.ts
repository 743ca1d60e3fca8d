/** `astro-scim exec [fixture] -- COMMAND`: a local Astro for the time of a command. */

import { Command } from "commander";
import type { ExecFlags } from "../actions/exec.ts";
import type { Io } from "../../world/io.ts";
import { addLocalAstroOptions } from "../flags/local-astro-options.ts";
import type { SetStatus } from "../command.ts";
import { helpText } from "../output/help-text.ts";

export function execCommand(io: Io, setStatus: SetStatus): Command {
  const command = new ExecCommand("exec")
    .description(
      "run a command, such as tests in any language, with a local Astro, and end with the status of the command",
    )
    .usage("[options] [fixture] -- <command> [args...]")
    .argument(
      "[fixture]",
      "YAML file; the server starts with the users and Teams of its 'astro:' section (default: empty)",
    );
  return addLocalAstroOptions(command)
    .option(
      "--export-on-exit <file>",
      "if the command fails, keep every request and answer in this file (.har, else NDJSON), without secrets",
    )
    .option("-q, --quiet", "do not print a line when the command fails")
    .addHelpText("after", helpText(io, help))
    .action(async (fixtureFile: string | undefined, flags: ExecFlags, { behindDashes }: ExecCommand) => {
      const { exec } = await import("../actions/exec.ts");
      setStatus(await exec(io, { fixtureFile, command: behindDashes }, flags));
    });
}

/** What stands behind `--` belongs to the command that is run; Commander would take its first word for the fixture. */
class ExecCommand extends Command {
  behindDashes: readonly string[] = [];

  override parseOptions(argv: string[]): ReturnType<Command["parseOptions"]> {
    const dashes = argv.indexOf("--");
    if (dashes === -1) return super.parseOptions(argv);
    this.behindDashes = argv.slice(dashes + 1);
    return super.parseOptions(argv.slice(0, dashes));
  }
}

const help = `
The command gets these environment variables:
  ASTRO_SCIM_URL          SCIM base URL, on a free port of 127.0.0.1
  ASTRO_API_URL           base URL of the IAM API: $ASTRO_API_URL/organizations/$ASTRO_ORGANIZATION_ID/users
  ASTRO_SCIM_TOKEN        API token for both, for "Authorization: Bearer"; ASTRO_API_TOKEN is the same
  ASTRO_ORGANIZATION_ID   the organization
  ASTRO_SCIM_CONTROL_URL  endpoint to read and change faults, requests and state (docs/faults.md)

Exit status: that of the command; 128 and the number of the signal that ended it; 127 if the command was not found, 126 if it
cannot be started, 64 for wrong usage of exec itself.

Examples:
  astro-scim exec -- pytest tests/scim                       an empty Astro
  astro-scim exec company.yaml --provisioned -- go test ./...
  astro-scim exec --export-on-exit trace.har -- npm test     keeps the traffic of tests that fail
  astro-scim exec -- sh -c 'curl -H "Authorization: Bearer $ASTRO_SCIM_TOKEN" "$ASTRO_SCIM_URL/Users"'

For CI in several languages: docs/exec.md`;
