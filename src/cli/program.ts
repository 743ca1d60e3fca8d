/** The program: global options, help, and one line a command. */

import { Command } from "commander";
import { apiCommand } from "./commands/api.ts";
import { applyCommand } from "./commands/repair/apply.ts";
import { checkCommand } from "./commands/check.ts";
import { completionCommand } from "./commands/completion.ts";
import { deleteCommand } from "./commands/repair/delete.ts";
import { diffCommand } from "./commands/diff.ts";
import { execCommand } from "./commands/exec.ts";
import { fixtureCommand } from "./commands/fixture.ts";
import { preflightCommand } from "./commands/preflight.ts";
import { profileCommand } from "./commands/profile.ts";
import { pushGroupCommand } from "./commands/repair/push-group.ts";
import { replayCommand } from "./commands/replay.ts";
import { resyncCommand } from "./commands/repair/resync.ts";
import { runsCommand } from "./commands/repair/runs.ts";
import { serveCommand } from "./commands/serve.ts";
import { setupCommand } from "./commands/setup.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { teamsCommand } from "./commands/teams.ts";
import { triggerCommand } from "./commands/trigger.ts";
import { undoCommand } from "./commands/repair/undo.ts";
import { usersCommand } from "./commands/users.ts";
import { whyCommand } from "./commands/why.ts";
import type { CommandBuilder, SetStatus } from "./command.ts";
import type { Io } from "../world/io.ts";
import { usageMessage } from "./output/usage-message.ts";
import { packageVersion } from "../world/version.ts";
import { helpText, widthOfHelp } from "./output/help-text.ts";

const commands: readonly CommandBuilder[] = [
  setupCommand,
  simulateCommand,
  triggerCommand,
  serveCommand,
  execCommand,
  preflightCommand,
  checkCommand,
  diffCommand,
  whyCommand,
  pushGroupCommand,
  resyncCommand,
  deleteCommand,
  applyCommand,
  undoCommand,
  runsCommand,
  usersCommand,
  teamsCommand,
  apiCommand,
  replayCommand,
  fixtureCommand,
  profileCommand,
  completionCommand,
];

const examples = `
Examples:
  astro-scim simulate okta                       rehearse Okta's provisioning with a local Astro
  astro-scim simulate entra                      the same with Microsoft Entra ID
  astro-scim serve                               start a local Astro on 127.0.0.1:8888
  astro-scim diff                                compare a directory with Astro

Exit status: 0 success, 1 something failed, 2 differences found (diff, setup --check), 3 unreachable or unreadable, 4 credentials refused,
5 refused by a safety rule, 64 wrong usage, 130 interrupted.`;

export function buildProgram(io: Io, setStatus: SetStatus): Command {
  const program = new Command("astro-scim")
    .description(
      "Rehearse, watch, test and repair SCIM provisioning of Astronomer Astro (managed Airflow) from Okta or Microsoft Entra ID.",
    )
    .version(packageVersion(), "-V, --version", "show the version")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", helpText(io, examples))
    .showSuggestionAfterError();
  for (const build of commands) program.addCommand(build(io, setStatus));
  for (const command of [program, ...program.commands.flatMap(withSubcommands)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Our own errors begin so, too.
      outputError: (text, write) => write(`Error: ${usageMessage(text)}\n`),
      getOutHelpWidth: () => io.stdout.columns ?? widthOfHelp,
      getErrHelpWidth: () => io.stderr.columns ?? widthOfHelp,
    });
    const names = command === program ? [] : command.commands.map((one) => one.name());
    const list = names.length === 0 ? "" : `commands: ${names.join(", ")}; `;
    command.showHelpAfterError(`(${list}use --help to see the options)`);
  }
  return program;
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
