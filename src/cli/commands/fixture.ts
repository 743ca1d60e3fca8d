/** `astro-scim fixture new|validate|generate|export`: the files that describe a directory. */

import { Command, Option } from "commander";
import type { ExportFlags } from "../actions/fixture/fixture-export.ts";
import type { GenerateFlags } from "../actions/fixture/fixture-generate.ts";
import type { NewFlags } from "../actions/fixture/fixture-new.ts";
import type { ValidateFlags } from "../actions/fixture/fixture-validate.ts";
import { addSourceConnectionOptions, addSourceOptions } from "../flags/directory-options.ts";
import type { SetStatus } from "../command.ts";
import type { Io } from "../../world/io.ts";
import { addFormatOptions, repeatable } from "../flags/options.ts";
import { wholeNumber } from "../flags/whole-number.ts";
import { helpText } from "../output/help-text.ts";

export function fixtureCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("fixture")
    .description("create, check, generate or export the YAML file that describes a directory")
    .addCommand(newCommand(io, setStatus))
    .addCommand(validateCommand(io, setStatus))
    .addCommand(generateCommand(io, setStatus))
    .addCommand(exportCommand(io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

const examples = `
Examples:
  astro-scim fixture new my-company.yaml         a small fixture to start from
  astro-scim fixture validate my-company.yaml    what is wrong with it`;

function newCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("new")
    .description("write a small fixture with comments to start from; asks for options that are not given")
    .argument("[file]", "YAML file to write (default: okta.yaml or entra.yaml)")
    .addOption(new Option("--idp <name>", "identity provider").choices(["okta", "entra"]))
    .option("--organization <id>", "Astro organization ID (default: the example in Astro's documentation)")
    .addOption(
      new Option(
        "--integration <name>",
        "type of app: manual (default), catalog or wizard for Okta; non-gallery (default) or gallery for Entra ID",
      ).choices(["manual", "catalog", "wizard", "non-gallery", "gallery"]),
    )
    .option(
      "--user <user>",
      "user of your directory, such as 'Ada Lovelace <ada@example.org>' (repeatable; default: three examples)",
      repeatable,
    )
    .option(
      "--group <group>",
      "group with its members: 'NAME: ADDRESS, ADDRESS' (repeatable); becomes a Team",
      repeatable,
    )
    .option("--domain <domain>", "domain of the example users (default: example.com)")
    .option("--assigned-before", "Okta: a user was assigned to the app before Provisioning was switched on")
    .option("--no-assigned-before", "Okta: no user was assigned before (default)")
    .option("--with-timeline", "include a timeline with expectations (default)")
    .option("--no-with-timeline", "no timeline")
    .option("-y, --yes", "use the defaults for options that are not given, and do not ask; --idp has none")
    .option("--force", "overwrite an existing file")
    .option("-v, --verbose", "show stack traces of errors")
    .addHelpText("after", helpText(io, newExamples))
    .action(async (file: string | undefined, flags: NewFlags) => {
      const { newFixture } = await import("../actions/fixture/fixture-new.ts");
      setStatus(await newFixture(io, file, flags));
    });
}

function validateCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("validate")
    .description("check fixtures and warn about likely problems, without contacting a server")
    .argument("<files...>", "YAML files");
  return addFormatOptions(command, "review")
    .option("-v, --verbose", "show every warning, and stack traces of errors")
    .addHelpText("after", helpText(io, validateExamples))
    .action(async (files: readonly string[], flags: ValidateFlags) => {
      const { validateFixtures } = await import("../actions/fixture/fixture-validate.ts");
      setStatus(await validateFixtures(io, files, flags));
    });
}

function generateCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("generate")
    .description("generate a fictional company of any size: users, groups and weeks of changes")
    .addOption(
      new Option("--idp <name>", "identity provider").choices(["okta", "entra"]).makeOptionMandatory(),
    )
    .option("--users <number>", "number of users at the start", wholeNumber(1, 100_000), 100)
    .option("--groups <number>", "number of groups: a few large, many small", wholeNumber(0, 10_000), 12)
    .option("--seed <number>", "the same seed makes the same file", wholeNumber(0, 0xffff_ffff), 1)
    .option("--steps <number>", "number of weeks in the timeline", wholeNumber(0, 260), 4)
    .option("--churn <percent>", "percentage of users that change in a week", wholeNumber(0, 100), 2)
    .option("--out <file>", "file to write (default: standard output; required above 2,000 users)")
    .option("--force", "with --out: overwrite existing files")
    .option("-v, --verbose", "show stack traces of errors")
    .addHelpText("after", helpText(io, generateExamples))
    .action(async (flags: GenerateFlags) => {
      const { generate } = await import("../actions/fixture/fixture-generate.ts");
      setStatus(await generate(io, flags));
    });
}

function exportCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("export").description(
    "write a live directory, or one in tables, as a fixture: users, groups, assignments, and how the app is set up",
  );
  return addSourceConnectionOptions(addSourceOptions(command))
    .option("--out <file>", "YAML file to write (default: standard output)")
    .option("--force", "overwrite existing files")
    .option("--anonymize", "replace names, addresses, ids and other personal data with invented ones")
    .option(
      "--seed <text>",
      "with --anonymize: the same seed gives the same invented names; keep it secret (default: a new one, which is shown)",
    )
    .option("-q, --quiet", "print only the result")
    .option("-v, --verbose", "show every request, and stack traces of errors")
    .addHelpText("after", helpText(io, exportExamples))
    .action(async (flags: ExportFlags) => {
      const { exportFixture } = await import("../actions/fixture/fixture-export.ts");
      setStatus(await exportFixture(io, flags));
    });
}

const newExamples = `
Examples:
  astro-scim fixture new
  astro-scim fixture new okta.yaml --idp okta --group 'data-platform: ada@example.org, grace@example.org' --yes
  astro-scim fixture new entra.yaml --idp entra --group 'data-platform: ada@example.org, grace@example.org' --yes`;

const validateExamples = `
Exit status: 0 every file is valid, with or without warnings; 64 otherwise. Warnings are about users who cannot get an
account, Teams that stay empty, an app with nobody assigned, settings that cause trouble, and steps with expectations
that contradict the directory (which can be intended). All mistakes of a file are shown; other commands show the first five.

Examples:
  astro-scim fixture validate fixtures/okta-small.yaml
  astro-scim fixture validate my-company.yaml my-scenario.yaml --json
  astro-scim fixture validate fixtures/*.yaml --output github    # in a GitHub workflow: marks each mistake in its line`;

const exportExamples = `
With more than 2,000 users, --out is required: users, groups and memberships are then NDJSON files beside it.
Which permissions to grant, and where credentials go: docs/directories.md.

Examples:
  astro-scim fixture export --from okta --okta-url https://acme.okta.com --okta-app Astro --out company.yaml
  astro-scim fixture export --from entra --entra-app Astro --out company.yaml --anonymize
  astro-scim fixture export --from csv:users.csv,memberships.csv --idp okta --out company.yaml`;

const generateExamples = `
With more than 2,000 users, --out is required: users, groups and memberships are then CSV files beside it.
All users are fictional; their addresses are in example.com. In the timeline users join, change department, name or address,
leave and come back, and groups are renamed. Each week says what Astro should hold afterwards.

Examples:
  astro-scim fixture generate --idp okta
  astro-scim fixture generate --idp entra --users 2000 --groups 80 --seed 7 --steps 8 --out my-company.yaml
  astro-scim fixture generate --idp okta --users 100000 --steps 0 --out large.yaml    # also large.people.csv and others`;
