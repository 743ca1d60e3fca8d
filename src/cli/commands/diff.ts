/** `astro-scim diff [fixture]`: the directory's expected state against Astro's. */

import { Command, Option } from "commander";
import type { DiffFlags } from "../actions/diff.ts";
import type { Io } from "../../world/io.ts";
import { addDirectoryOptions, sourceForms } from "../flags/directory-options.ts";
import { addOutputOptions, addTargetOptions } from "../flags/options.ts";
import type { SetStatus } from "../command.ts";
import { helpText } from "../output/help-text.ts";

export function diffCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("diff")
    .description(
      "compare a directory with Astro: users, Teams and members that are missing, orphaned or different",
    )
    .argument("[source]", `the directory: ${sourceForms} (default: fixtures/okta-drift.yaml)`);
  command.option("--save <file>", "save the plan of all repairs to this file, for astro-scim apply");
  addDirectoryOptions(addOutputOptions(addTargetOptions(command), "drift")).addOption(
    new Option(
      "--api <api>",
      "API to read: iam alone, also before SCIM is enabled; scim alone (default: SCIM, and IAM beside it where it is there)",
    ).choices(["iam", "scim"]),
  );
  return command
    .addHelpText("after", helpText(io, examples))
    .action(async (source: string | undefined, flags: DiffFlags) => {
      const { diff } = await import("../actions/diff.ts");
      setStatus(await diff(io, source, flags));
    });
}

const examples = `
Exit status: 0 no differences, 2 differences found, 3 the comparison failed or is incomplete.

Where the target is Astro, its IAM API is read beside SCIM: it shows who manages a Team, roles and pending invitations. If
it cannot be read, or disagrees with SCIM on who is active, the result is unknown (exit status 3); --api scim compares over SCIM
alone.

The plan of --save is what resync --all and delete --all would do; it is applied with astro-scim apply.

Examples:
  astro-scim diff                                         the example fixture; needs no configuration
  astro-scim diff my-company.yaml --url https://api.astronomer.io/scim/v2/ORG --token-file token.txt
  astro-scim diff --from okta --okta-url https://acme.okta.com --okta-app Astro --org ORG    a live directory (docs/directories.md)
  astro-scim diff my-company.yaml --org ORG --save plan.json    and save the plan, for a review
  astro-scim diff my-company.yaml --org ORG --api iam     before SCIM is enabled, with the token of an Organization Member`;
