/** `astro-scim profile`: the profiles in astro-scim.yaml. */

import { Command, Option } from "commander";
import type { AddProfileFlags, ProfileFlags, UseProfileFlags } from "../actions/profile.ts";
import type { SetStatus } from "../command.ts";
import { addFormatOptions } from "../flags/options.ts";
import { refuseWord } from "../flags/reading-options.ts";
import type { Io } from "../../world/io.ts";
import { helpText } from "../output/help-text.ts";

export function profileCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("profile")
    .description("list, show and add profiles, and choose the one that is read by default")
    .addCommand(listCommand(io, setStatus), { isDefault: true })
    .addCommand(showCommand(io, setStatus))
    .addCommand(useCommand(io, setStatus))
    .addCommand(addCommand(io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

function listCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("list").alias("ls").description("list the profiles (the default)");
  return addFormatOptions(command, "profiles")
    .addHelpText("after", helpText(io, listExamples))
    .allowExcessArguments()
    .action(async (flags: ProfileFlags, { args }: Command) => {
      refuseWord(args[0], "profile");
      const { listProfiles } = await import("../actions/profile.ts");
      setStatus(await listProfiles(io, flags));
    });
}

function showCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("show")
    .description("show the settings of a profile; it holds names of variables and files, and no secret")
    .argument("<profile>", "name of the profile");
  return addFormatOptions(command, "profile")
    .addHelpText("after", helpText(io, showExamples))
    .action(async (profile: string, flags: ProfileFlags) => {
      const { showProfile } = await import("../actions/profile.ts");
      setStatus(await showProfile(io, profile, flags));
    });
}

function useCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("use")
    .description("choose the profile that users, teams, api and diff read where no target is named")
    .argument("[profile]", "name of the profile")
    .option("--none", "read no profile by default any more")
    .addHelpText("after", helpText(io, useExamples))
    .action(async (profile: string | undefined, flags: UseProfileFlags) => {
      const { useProfile } = await import("../actions/profile.ts");
      setStatus(await useProfile(io, profile, flags));
    });
}

function addCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("add")
    .description("add a profile to astro-scim.yaml; whatever else is in the file stays")
    .argument("<profile>", "name of the profile")
    .option("--org <id>", "Astro organization ID")
    .option("--domain <domain>", "with --org: domain to use instead of astronomer.io")
    .addOption(new Option("--url <url>", "SCIM base URL, in place of --org").conflicts("org"))
    .option("--token-env <name>", "environment variable with the API token")
    .option("--okta-url <url>", "URL of the Okta organization")
    .option("--okta-app <app>", "label or ID of the Astro app in Okta")
    .option("--entra-tenant <tenant>", "tenant of Entra ID: ID or domain")
    .option("--entra-app <app>", "name or object ID of the Astro app in Entra ID")
    .option("--read-only", "never write to this target")
    .option("--user", "write to your configuration folder, not to the working folder")
    .addHelpText("after", helpText(io, addExamples))
    .action(async (profile: string, flags: AddProfileFlags) => {
      const { addProfile } = await import("../actions/profile.ts");
      setStatus(await addProfile(io, profile, flags));
    });
}

const examples = `
A profile names a target, its directory and its limits. The nearest astro-scim.yaml from the working folder upwards is read, and
the one in your configuration folder.

Examples:
  astro-scim profile                       list the profiles
  astro-scim profile add prod --org cknaqyipv05731evsry6cj4n0 --token-env ASTRO_PROD_TOKEN`;

const listExamples = `
Examples:
  astro-scim profile list
  astro-scim profile list --json`;

const showExamples = `
Exit status: 0 shown, 64 no such profile.

Examples:
  astro-scim profile show prod
  astro-scim profile show prod --json`;

const useExamples = `
Commands that write still need their target: --profile, --org or --url. A profile in a file outside your configuration folder
must be trusted as before.

Examples:
  astro-scim profile use prod
  astro-scim profile use --none`;

const addExamples = `
The token itself is never written: name the variable that holds it. A profile that has another target already is not changed.

Examples:
  astro-scim profile add prod --org cknaqyipv05731evsry6cj4n0 --token-env ASTRO_PROD_TOKEN --user
  astro-scim profile add local --url http://127.0.0.1:8888/scim/v2/my-org`;
