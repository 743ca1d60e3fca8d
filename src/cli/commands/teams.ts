/** `astro-scim teams`: the Teams of an organization, and who is in each of them. */

import { Command } from "commander";
import type { ListTeamsFlags } from "../actions/teams.ts";
import type { SetStatus } from "../command.ts";
import {
  addReadingOptions,
  roleName,
  refuseWord,
  teamSort,
  yesOrNo,
  type ReadingFlags,
} from "../flags/reading-options.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function teamsCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("teams")
    .description("list the Teams of an organization, or show one with roles and members")
    .addCommand(listCommand(io, setStatus), { isDefault: true })
    .addCommand(showCommand(io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

function listCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("ls")
    .alias("list")
    .description("list Teams, in the columns of astro organization team list (the default)")
    .option("--role <role>", "only Teams that give this role", roleName)
    .option(
      "--idp-managed [boolean]",
      "only Teams that the identity provider manages; =false: all others",
      yesOrNo,
    )
    .option("--sort <key>", `sort by ${teamSort.keys}; :desc reverses`, teamSort.parse);
  return addReadingOptions(command, "teams")
    .addHelpText("after", helpText(io, listExamples))
    .allowExcessArguments()
    .action(async (flags: ListTeamsFlags, { args }: Command) => {
      refuseWord(args[0], "teams");
      const { listTeams } = await import("../actions/teams.ts");
      setStatus(await listTeams(io, flags));
    });
}

function showCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("show")
    .description("show one Team with its roles and members")
    .argument("<team>", "name or ID");
  return addReadingOptions(command, "team")
    .addHelpText("after", helpText(io, showExamples))
    .action(async (team: string, flags: ReadingFlags) => {
      const { showTeam } = await import("../actions/teams.ts");
      setStatus(await showTeam(io, team, flags));
    });
}

const examples = `
Without a target, the organization is the one that the token names.
The options of the list, such as --role, --idp-managed, --sort and --output: astro-scim teams ls --help

Examples:
  astro-scim teams                                   list all Teams of the token's organization
  astro-scim teams --idp-managed=false               Teams created in Astro
  astro-scim teams show data-platform                its roles and its members`;

const listExamples = `
Roles and IDP MANAGED come from Astro's IAM API. SCIM is read only if the server has no IAM API, or with --api scim.

Exit status: 0 listed, 3 not readable in full, 4 credentials refused.

Examples:
  astro-scim teams ls --role WORKSPACE_OWNER --org cknaqyipv05731evsry6cj4n0 --token-file token.txt
  astro-scim teams ls --sort createdAt:desc
  astro-scim teams ls --json | jq -r '.teams[] | select(.isIdpManaged) | .name'`;

const showExamples = `
Exit status: 0 shown, 1 no such Team, or several, 3 not readable in full, 4 credentials refused.

Examples:
  astro-scim teams show data-platform
  astro-scim teams show data-platform --output csv > members.csv`;
