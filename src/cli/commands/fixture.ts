/** `astro-scim fixture new|validate|generate`: the files that describe a directory. */

import { Command, Option } from "commander";
import type { GenerateFlags } from "../actions/fixture-generate.ts";
import type { NewFlags } from "../actions/fixture-new.ts";
import type { ValidateFlags } from "../actions/fixture-validate.ts";
import type { SetStatus } from "../command.ts";
import type { Io } from "../../world/io.ts";
import { addFormatOptions, wholeNumber } from "../flags/options.ts";

export function fixtureCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("fixture")
    .description("start, check or make up the YAML file that describes a directory")
    .addCommand(newCommand(io, setStatus))
    .addCommand(validateCommand(io, setStatus))
    .addCommand(generateCommand(io, setStatus));
}

function newCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("new")
    .description("write a small commented fixture to go on with; asks for what is not given")
    .argument("[file]", "YAML file to write (okta.yaml or entra.yaml)")
    .addOption(new Option("--idp <name>", "identity provider").choices(["okta", "entra"]))
    .option("--organization <id>", "Astro's organization ID (that of Astro's documentation)")
    .addOption(
      new Option(
        "--integration <name>",
        "how the app is set up: Okta's manual, catalog or wizard; Entra ID's non-gallery or gallery",
      ).choices(["manual", "catalog", "wizard", "non-gallery", "gallery"]),
    )
    .option("--domain <domain>", "domain of the people's addresses (example.com)")
    .option("--with-timeline", "two steps of a timeline, with what is expected of them")
    .option("--no-with-timeline", "no timeline")
    .option("-y, --yes", "take the defaults for all that is not given, and do not ask")
    .option("--force", "replace a file that is there")
    .option("-v, --verbose", "stack traces of errors")
    .addHelpText("after", newExamples)
    .action(async (file: string | undefined, flags: NewFlags) => {
      const { newFixture } = await import("../actions/fixture-new.ts");
      setStatus(await newFixture(io, file, flags));
    });
}

function validateCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("validate")
    .description("check fixtures, and tell what will go wrong with them; nothing is contacted")
    .argument("<files...>", "YAML files");
  return addFormatOptions(command, "review")
    .option("-v, --verbose", "every warning, and stack traces of errors")
    .addHelpText("after", validateExamples)
    .action(async (files: readonly string[], flags: ValidateFlags) => {
      const { validateFixtures } = await import("../actions/fixture-validate.ts");
      setStatus(await validateFixtures(io, files, flags));
    });
}

function generateCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("generate")
    .description("make up a company of any size: people, groups, and what happens in the weeks after")
    .addOption(
      new Option("--idp <name>", "identity provider").choices(["okta", "entra"]).makeOptionMandatory(),
    )
    .option("--users <number>", "people in the beginning", wholeNumber(1, 100_000), 100)
    .option("--groups <number>", "groups: few large ones, many small ones", wholeNumber(0, 10_000), 12)
    .option("--seed <number>", "the same seed makes the same file", wholeNumber(0, 0xffff_ffff), 1)
    .option("--steps <number>", "weeks of the timeline", wholeNumber(0, 260), 4)
    .option(
      "--churn <percent>",
      "to how many of a hundred people something happens in a week",
      wholeNumber(0, 100),
      2,
    )
    .option("--out <file>", "write it there (without it: standard output)")
    .option("--force", "with --out: replace a file that is there")
    .option("-v, --verbose", "stack traces of errors")
    .addHelpText("after", generateExamples)
    .action(async (flags: GenerateFlags) => {
      const { generate } = await import("../actions/fixture-generate.ts");
      setStatus(await generate(io, flags));
    });
}

const newExamples = `
Examples:
  astro-scim fixture new
  astro-scim fixture new my-company.yaml --idp entra --domain example.org --with-timeline --yes`;

const validateExamples = `
Exit status 0 where every file is valid, whatever the warnings are; 64 otherwise. A warning is about users who can have no
account, Teams that stay empty, nobody assigned, settings that will hurt, and steps that expect otherwise than the
directory says (which a scenario may mean).

Examples:
  astro-scim fixture validate fixtures/okta-small.yaml
  astro-scim fixture validate my-company.yaml my-scenario.yaml --json`;

const generateExamples = `
Nobody in it exists, and every address is of example.com. In the timeline people join, move, marry, change their address,
leave and come back, and groups are renamed, each week with what Astro should hold afterwards.

Examples:
  astro-scim fixture generate --idp okta
  astro-scim fixture generate --idp entra --users 2000 --groups 80 --seed 7 --steps 8 --out my-company.yaml`;
