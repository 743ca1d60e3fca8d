/** Options that several commands share, and how their values are read. */

import { InvalidArgumentError, Option, type Command } from "commander";
import { parseLimit, type Limit } from "../../drift/safety/budget.ts";
import { formatsOf, type FormatName, type ResultKind } from "../../report/formats.ts";

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** `N` or `N%`, as the limits of a repair are given. */
export function limit(text: string): Limit {
  const parsed = parseLimit(text);
  if (parsed === undefined)
    throw new InvalidArgumentError("It takes a whole number, or percent such as 10%.");
  return parsed;
}

/** Flags of `addTargetOptions`. */
export interface TargetFlags {
  readonly url?: string;
  readonly org?: string;
  readonly domain?: string;
  readonly profile?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly trustConfig?: boolean;
  readonly ca?: string;
  readonly timeout?: number;
}

/** Which Astro, and with which token. Without any of them: a local one inside the process. */
export function addTargetOptions(command: Command): Command {
  return command
    .option("--url <url>", "SCIM base URL of the target (an appended ?aadOptscim062020 is fine)")
    .option("--org <id>", "organization ID of the target on the public Astro")
    .option("--domain <domain>", "with --org: another domain than astronomer.io")
    .option("--profile <name>", "target from a profile in astro-scim.yaml")
    .option(
      "--trust-config",
      "trust the file of the profile, also outside your own configuration folder; remembered until it changes",
    )
    .option("--token-file <file>", "file that holds the API token (or: ASTRO_SCIM_TOKEN)")
    .option("--token <token>", "the API token itself; for scripts: others can see it in the process list")
    .option("--ca <file>", "PEM file with certificates to trust beside the system's")
    .option("--timeout <seconds>", "how long one request may take (60)", wholeNumber(1, 600));
}

/** Flags of `addOutputOptions`. */
export interface OutputFlags {
  readonly output: FormatName;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly trace?: string;
}

/** In which format the result is printed: what there is for its kind. */
export function addFormatOptions(command: Command, kind: ResultKind): Command {
  const output = new Option("-o, --output <format>", "form of the result");
  return command
    .addOption(output.choices(formatsOf(kind)).default("text"))
    .option("--json", "short for --output json");
}

/** How the result is printed, and how much is said on the way. */
export function addOutputOptions(command: Command, kind: ResultKind): Command {
  return addFormatOptions(command, kind)
    .option("-q, --quiet", "only the result, nothing on the way")
    .option("-v, --verbose", "every request, and stack traces of errors")
    .option("--trace <file>", "every request and answer into a file (.har, or NDJSON), without secrets");
}

/** The format of the result that was asked for, in either spelling. */
export function outputFormat(flags: Pick<OutputFlags, "output" | "json">): FormatName {
  return flags.json === true ? "json" : flags.output;
}

/** Collects a flag that can be given several times. */
export function repeatable(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Flags of `addDirectoryOptions`. */
export interface DirectoryFlags {
  readonly from?: string;
  readonly at?: string;
  /** A file with the provider's memory. */
  readonly state?: string;
}

/** Where the directory is read from, and as of when. */
export function addDirectoryOptions(command: Command): Command {
  return command
    .option("--from <fixture>", "YAML file with the directory")
    .option(
      "--at <step>",
      "the directory after this step of its timeline: 'start', 'end' or a step's name",
      "end",
    )
    .option(
      "--state <file>",
      "the provider's memory, as simulate --state keeps it: Teams count by its links, too; only read",
    );
}

/** Flags of `addRepairOptions`. */
export interface RepairFlags extends TargetFlags, OutputFlags, DirectoryFlags {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly strictPlan?: boolean;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly maxDeletions?: Limit;
  readonly maxRemovals?: Limit;
  readonly maxRenames?: Limit;
  readonly allowEmpty?: readonly string[];
  readonly rolesUnknown?: boolean;
}

/** Options of the repairs that change memberships and names. */
export function addChangeLimits(command: Command): Command {
  return command
    .option(
      "--max-removals <limit>",
      "allow this many memberships to be removed: a number, or percent",
      limit,
    )
    .option("--max-renames <limit>", "allow this many accounts and Teams to be renamed", limit);
}

/** Everything that the commands which write to Astro have in common. */
export function addRepairOptions(command: Command): Command {
  addDirectoryOptions(addOutputOptions(addTargetOptions(command), "repair"));
  return command
    .addHelpText("after", oneAtATime)
    .option("-y, --yes", "carry the plan out without asking")
    .option("--dry-run", "show the plan and change nothing")
    .option("--strict-plan", "refuse everything if anything changed since the plan was made")
    .option("--allow-empty <team>", "allow this Team to lose its last member (can be repeated)", repeatable)
    .option("--concurrency <number>", "requests under way at once (4)", wholeNumber(1, 64))
    .option(
      "--rate <number>",
      "requests a second at most (api.astronomer.io: its documented limits)",
      wholeNumber(1, 1000),
    );
}

const oneAtATime = `
On this machine only one repair of an organization runs at a time; other machines are not locked.`;
