/** `astro-scim users`: the users of an organization, and what each of them may do. */

import { Command } from "commander";
import type { ListUsersFlags } from "../actions/users.ts";
import type { SetStatus } from "../command.ts";
import {
  addReadingOptions,
  roleName,
  refuseWord,
  userSort,
  userStatus,
  type ReadingFlags,
} from "../flags/reading-options.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function usersCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("users")
    .description("list the users of an organization, or show one with Teams and roles")
    .addCommand(listCommand(io, setStatus), { isDefault: true })
    .addCommand(showCommand(io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

function listCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("ls")
    .alias("list")
    .description("list users, in the columns of astro organization user list (the default)")
    .option("--role <role>", "only users who hold this role directly", roleName)
    .option("--status <status>", "only users who are ACTIVE, INACTIVE, PENDING or BANNED", userStatus)
    .option("--team <team>", "only members of this Team: its name or ID")
    .option("--sort <key>", `sort by ${userSort.keys}; :desc reverses`, userSort.parse);
  return addReadingOptions(command, "users")
    .addHelpText("after", helpText(io, listExamples))
    .allowExcessArguments()
    .action(async (flags: ListUsersFlags, { args }: Command) => {
      refuseWord(args[0], "users");
      const { listUsers } = await import("../actions/users.ts");
      setStatus(await listUsers(io, flags));
    });
}

function showCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("show")
    .description(
      "show one user: Teams, roles, and the effective role in each Workspace with where it comes from",
    )
    .argument("<user>", "e-mail address, ID or full name");
  return addReadingOptions(command, "user")
    .addHelpText("after", helpText(io, showExamples))
    .action(async (user: string, flags: ReadingFlags) => {
      const { showUser } = await import("../actions/users.ts");
      setStatus(await showUser(io, user, flags));
    });
}

const examples = `
Without a target, the organization is the one that the token names.
The options of the list, such as --role, --status, --team, --sort and --output: astro-scim users ls --help

Examples:
  astro-scim users                                   list all users of the token's organization
  astro-scim users --status PENDING                  invitations that were not accepted yet
  astro-scim users show ada@example.com              Teams and effective roles of one user`;

const listExamples = `
Roles, PENDING users and the creation date of a user come from Astro's IAM API. SCIM is read only if the server has no IAM
API, or with --api scim.

Exit status: 0 listed, 1 the Team does not exist, 3 not readable in full, 4 credentials refused.

Examples:
  astro-scim users ls --role ORGANIZATION_OWNER --org cknaqyipv05731evsry6cj4n0 --token-file token.txt
  astro-scim users ls --team data-platform --sort createdAt:desc
  astro-scim users ls --output csv > users.csv`;

const showExamples = `
The effective role is the more privileged one of those held directly and those of all Teams; an Organization Owner is
WORKSPACE_OWNER of every Workspace.

Exit status: 0 shown, 1 no such user, or several, 3 not readable in full, 4 credentials refused.

Examples:
  astro-scim users show ada@example.com
  astro-scim users show "Ada Lovelace" --json --url http://localhost:8888/scim/v2/ORG --token-file token.txt`;
