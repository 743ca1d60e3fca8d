/** Options that say where the directory is, and how a live one is reached. */

import { Option, type Command } from "commander";
import { wholeNumber } from "./whole-number.ts";
import type { ProviderFlags } from "../../target/directory/provider-flags.ts";

/** Flags of `addSourceOptions`. */
export interface SourceFlags extends ProviderFlags {
  readonly from?: string;
  readonly idp?: "okta" | "entra";
}

/** Flags of `addDirectoryOptions`. */
export interface DirectoryFlags extends SourceFlags {
  readonly at?: string;
  /** A file with the provider's memory. */
  readonly state?: string;
}

/** What `--from` takes, for help and hints. */
export const sourceForms = "a fixture (YAML), okta, entra, a CSV, NDJSON or JSON file, or scim:URL";

/** Flags of `addSourceConnectionOptions`, beside those of the source itself. */
export interface SourceConnectionFlags extends DirectoryFlags {
  readonly profile?: string;
  readonly trustConfig?: boolean;
  readonly ca?: string;
  readonly timeout?: number;
  readonly trace?: string;
}

/** Of a command that has no target: how a live directory is spoken to. */
export function addSourceConnectionOptions(command: Command): Command {
  return command
    .option("--profile <name>", "profile in astro-scim.yaml that says where the directory is")
    .option(
      "--trust-config",
      "trust the profile's file although it is outside your configuration folder; remembered until the file changes",
    )
    .option("--ca <file>", "PEM file with additional certificates to trust")
    .option("--timeout <seconds>", "timeout of one request (default: 60)", wholeNumber(1, 600))
    .option(
      "--trace <file>",
      "write every request to the directory and its answer to this file (.har, else NDJSON), without secrets",
    );
}

/** Where the directory is read from, and as of when. */
export function addDirectoryOptions(command: Command): Command {
  return addSourceOptions(command)
    .option(
      "--at <step>",
      "with a fixture: use the directory as of this timeline step: 'start', 'end' or a step's name",
      "end",
    )
    .option(
      "--state <file>",
      "state file of simulate --state: also match by the provider's links, and check them (the file is not changed)",
    );
}

/** Which directory, and how a live one is reached; secrets are in environment variables alone. */
export function addSourceOptions(command: Command): Command {
  command
    .option("--from <source>", `the directory: ${sourceForms}`)
    .addOption(
      new Option("--idp <name>", "with tables in which no column shows it: the identity provider").choices([
        "okta",
        "entra",
      ]),
    );
  return addEntraOptions(addOktaOptions(command));
}

/** How a live Okta is reached. */
export function addOktaOptions(command: Command): Command {
  return command
    .option("--okta-url <url>", "with okta: URL of the Okta organization (or set OKTA_CLIENT_ORGURL)")
    .option("--okta-app <app>", "with okta: label or ID of the Astro app");
}

/** How a live Entra ID is reached. */
export function addEntraOptions(command: Command): Command {
  return command
    .option("--entra-tenant <tenant>", "with entra: tenant ID or domain (or set AZURE_TENANT_ID)")
    .option("--entra-app <app>", "with entra: name or object ID of the Astro app (enterprise application)")
    .option("--entra-job <id>", "with entra: ID of the synchronization job, for an app that has several")
    .option(
      "--entra-cloud <cloud>",
      "with entra: global, us-government, us-government-dod or china, or the URL of an emulator (default: global)",
    );
}
