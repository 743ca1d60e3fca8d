/** `astro-scim apply <plan>`: carries out a plan that was saved and reviewed, or goes on with a run that was interrupted. */

import { Command } from "commander";
import type { ApplyFlags } from "../../actions/repair/apply.ts";
import type { Io } from "../../../world/io.ts";
import { addDirectoryOptions } from "../../flags/directory-options.ts";
import { age } from "../../flags/age.ts";
import {
  addApplyingOptions,
  addChangeLimits,
  addDeletionLimits,
  addOutputOptions,
  addTargetOptions,
  repeatable,
} from "../../flags/options.ts";
import { addPlannedWayOptions } from "../../flags/via-options.ts";
import type { SetStatus } from "../../command.ts";
import { helpText } from "../../output/help-text.ts";

const weekMs = 7 * 24 * 3_600_000;

export function applyCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("apply")
    .description("apply a plan that was saved with --save, or go on with a repair that was interrupted")
    .argument("[plan]", "file with the plan")
    .option("--resume <run>", "instead of a plan: ID of an unfinished run; astro-scim runs lists them")
    .option("--max-age <age>", "refuse a plan that is older: such as 12h or 30d (default: 7d)", age, weekMs)
    .option("--user <name>", "name this user, as delete USER does (repeatable)", repeatable)
    .option("--team <name>", "name this Team, as delete --team does (repeatable)", repeatable);
  addChangeLimits(addDeletionLimits(command));
  addDirectoryOptions(addOutputOptions(addTargetOptions(command), "repair"));
  addPlannedWayOptions(addApplyingOptions(command, io));
  return command
    .addHelpText("after", helpText(io, examples))
    .action(async (plan: string | undefined, flags: ApplyFlags) => {
      const { apply } = await import("../../actions/repair/apply.ts");
      setStatus(await apply(io, plan, flags));
    });
}

const examples = `
The target must be named, and be the one that the plan was made for. Astro is read again: what has changed since the plan was
saved is left out (exit status 5), the rest is applied; --strict-plan applies nothing then. Every safety rule holds as for a
new plan: limits, protected accounts, owners and Teams are taken from Astro, the options above and the profile, never from the
file. Deletions are confirmed by typing how many there are. With --from the directory is read again, too: what it no longer asks
for is left out.

With --resume an operation that was begun is read back first: if Astro already shows it, it is not sent again. The limits are
those of the run, and the target is the run's own unless it is named; the token is given as for every command.

Exit status: 0 applied, 1 something failed, 3 unreachable, 5 refused, or something changed since the plan was saved, 64 not a plan.

Examples:
  astro-scim diff my-company.yaml --org ORG --save plan.json     save the plan of all repairs
  astro-scim apply plan.json --org ORG --dry-run -o markdown     show it, for the comment on a pull request
  astro-scim apply plan.json --org ORG --token-file token.txt    apply it
  astro-scim apply plan.json --org ORG --from okta               read the directory again before
  astro-scim apply --resume 20260115T090000-1f0c9a7e --token-file token.txt`;
