/** `astro-scim completion SHELL`: the script that lets a shell complete commands, options and names. */

import { Argument, Command } from "commander";
import type { SetStatus } from "../command.ts";
import { completionScripts, shells, type Shell } from "../completion/scripts.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function completionCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("completion")
    .description("print the script for completion in bash, zsh, fish or PowerShell")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .addHelpText("after", helpText(io, examples))
    .action((shell: Shell) => {
      io.stdout.write(completionScripts[shell]);
      setStatus(0);
    });
}

const examples = `
It completes commands, options and their values, profiles, Teams, steps of a fixture, and files. Teams are those that
astro-scim teams listed last; no server is asked.

Examples:
  source <(astro-scim completion bash)                  in ~/.bashrc
  source <(astro-scim completion zsh)                   in ~/.zshrc, behind compinit
  astro-scim completion fish | source                   in ~/.config/fish/config.fish
  astro-scim completion powershell | Out-String | Invoke-Expression    in $PROFILE`;
