/** Options that several commands share, and how their values are read. */

import { InvalidArgumentError, Option, type Command } from "commander";
import { parseLimit, type Limit } from "../../drift/safety/budget.ts";
import { formatsOf, type FormatName, type ResultKind } from "../../report/formats.ts";
import type { ExchangeSource } from "../../wire/exchange.ts";
import { helpText } from "../output/help-text.ts";
import { addDirectoryOptions, type DirectoryFlags } from "./directory-options.ts";
import { repeatable } from "./repeatable.ts";
import { addViaOptions, type ViaFlags } from "./via-options.ts";
import { wholeNumber } from "./whole-number.ts";

export { repeatable } from "./repeatable.ts";
import type { Io } from "../../world/io.ts";

/** `N` or `N%`, as the limits of a repair are given. */
export function limit(text: string): Limit {
  const parsed = parseLimit(text);
  if (parsed === undefined)
    throw new InvalidArgumentError("It must be a whole number, or a percentage such as 10%.");
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
    .option("--url <url>", "SCIM base URL of the target (may end with ?aadOptscim062020)")
    .option("--org <id>", "Astro organization ID; the target is its SCIM endpoint on astronomer.io")
    .option("--domain <domain>", "with --org: domain to use instead of astronomer.io")
    .option("--profile <name>", "profile in astro-scim.yaml that names the target")
    .option(
      "--trust-config",
      "trust the profile's file although it is outside your configuration folder; remembered until the file changes",
    )
    .option("--token-file <file>", "file with the API token (or set ASTRO_SCIM_TOKEN)")
    .option("--token <token>", "API token, for scripts; visible to others in the process list")
    .option("--ca <file>", "PEM file with additional certificates to trust")
    .option("--timeout <seconds>", "timeout of one request (default: 60)", wholeNumber(1, 600));
}

/** Flags of `addOutputOptions`. */
export interface OutputFlags {
  readonly output: FormatName;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly trace?: string;
  readonly traceOnly?: ExchangeSource;
}

/** In which format the result is printed: what there is for its kind. */
export function addFormatOptions(command: Command, kind: ResultKind): Command {
  const output = new Option("-o, --output <format>", "output format");
  return command
    .addOption(output.choices(formatsOf(kind)).default(formatsOf(kind)[0]))
    .option("--json", "short for --output json");
}

/** How the result is printed, and how much is said on the way. */
export function addOutputOptions(command: Command, kind: ResultKind): Command {
  return addFormatOptions(command, kind)
    .option("-q, --quiet", "print only the result")
    .option("-v, --verbose", "show every request and every row, and stack traces of errors")
    .option(
      "--trace <file>",
      "write every request and answer to this file (.har, else NDJSON), without secrets",
    )
    .addOption(
      new Option("--trace-only <source>", "with --trace: write only the requests of this sender").choices(
        sources,
      ),
    );
}

/** Which requests are shown, as `RequestFlags` has them. */
export function addRequestOptions(command: Command): Command {
  return command
    .option("--bodies", "show every request of the provider with its body and the answer, without secrets")
    .option(
      "--only <name>",
      "show only the requests about this user or Team (repeatable); everything is still sent",
      repeatable,
    );
}

const sources: readonly ExchangeSource[] = ["provider", "astro-scim"];

/** The output format that was asked for, in either spelling. */
export function outputFormat(flags: Pick<OutputFlags, "output" | "json">): FormatName {
  return flags.json === true ? "json" : flags.output;
}

/** Flags of `addJournalOptions`. */
export interface JournalFlags {
  readonly stateDir?: string;
}

/** Where the journal of what is written to Astro is kept. */
export function addJournalOptions(command: Command): Command {
  return command.option(
    "--state-dir <folder>",
    "folder for the journal of writes (default: astro-scim in your state folder)",
  );
}

/** Flags of `addRepairOptions`. */
export interface RepairFlags extends TargetFlags, OutputFlags, DirectoryFlags, JournalFlags, ViaFlags {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** A file for the plan, which is then not applied. */
  readonly save?: string;
  readonly strictPlan?: boolean;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly maxDeletions?: Limit;
  readonly maxRemovals?: Limit;
  readonly maxRenames?: Limit;
  readonly allowEmpty?: readonly string[];
  readonly rolesUnknown?: boolean;
  /** SCIM alone. */
  readonly api?: "scim";
}

/** Options of the repairs that change memberships and names. */
export function addChangeLimits(command: Command): Command {
  return command
    .option("--max-removals <limit>", "maximum number of memberships to remove: N or N%", limit)
    .option("--max-renames <limit>", "maximum number of accounts and Teams to rename: N or N%", limit);
}

/** Options of what deletes. */
export function addDeletionLimits(command: Command): Command {
  return command
    .option(
      "--max-deletions <limit>",
      "maximum number of accounts and Teams to delete or deactivate: N or N%; 0 for none",
      limit,
    )
    .option(
      "--roles-unknown",
      "on Astro: delete or deactivate although it is unknown who is an Organization Owner",
    );
}

/** Everything that the commands which write to Astro have in common. */
export function addRepairOptions(command: Command, io: Io): Command {
  addViaOptions(addDirectoryOptions(addOutputOptions(addTargetOptions(command), "repair")));
  return addApplyingOptions(command, io).option(
    "--save <file>",
    "save the plan to this file for astro-scim apply, and apply nothing",
  );
}

/** How a plan is applied, whether it is made now or read from a file. */
export function addApplyingOptions(command: Command, io: Io): Command {
  return addWritingOptions(addJournalOptions(command))
    .addHelpText("after", helpText(io, oneAtATime))
    .addOption(
      new Option(
        "--api <api>",
        "scim: read SCIM alone (default: IAM is read beside it where it is there; writes go over SCIM)",
      ).choices(["scim"]),
    );
}

/** How a plan is carried out. */
export function addWritingOptions(command: Command): Command {
  return command
    .option("-y, --yes", "apply the plan without asking")
    .option("--dry-run", "show the plan without applying it")
    .option("--strict-plan", "apply nothing if anything changed since the plan was made")
    .option("--allow-empty <team>", "allow this Team to lose its last member (repeatable)", repeatable)
    .option("--concurrency <number>", "requests to run in parallel (default: 4)", wholeNumber(1, 64))
    .option(
      "--rate <number>",
      "maximum requests per second (default on api.astronomer.io: its documented limits)",
      wholeNumber(1, 1000),
    );
}

const oneAtATime = `
Only one repair of an organization runs at a time on this machine; other machines are not locked.`;
