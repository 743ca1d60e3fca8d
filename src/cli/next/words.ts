/** The words of a command line that can be pasted. */

import { printable } from "../../ground/text/printable.ts";
import { shellWord, windowsShellWord } from "../../ground/text/shell-word.ts";
import type { ProfileEntra, ProfileOkta } from "../../target/directory/profile-directory.ts";
import type { ProviderFlags } from "../../target/directory/provider-flags.ts";
import type { RemoteTarget, Target } from "../../target/resolve-target.ts";
import { thisSystem, type SystemName } from "../../world/platform.ts";

/** What says which directory, and how it and the target are reached. */
export interface RepeatedFlags extends ProviderFlags {
  readonly idp?: string;
  readonly at?: string;
  readonly state?: string;
  readonly tokenFile?: string;
  readonly ca?: string;
}

/** `astro-scim` and these words; empty ones are left out. */
export function line(...words: readonly string[]): string {
  return ["astro-scim", ...words].filter((word) => word !== "").join(" ");
}

/** `--from SOURCE` with what it takes to reach it, and as of which step. */
export function directoryArguments(name: string, flags: RepeatedFlags = {}): readonly string[] {
  const { at } = flags;
  return [option("--from", name), ...providerArguments(flags), at === "end" ? "" : option("--at", at)];
}

/** The same where the directory is an argument. */
export function directoryWords(name: string, flags: RepeatedFlags = {}): readonly string[] {
  return [fileWord(name), ...providerArguments(flags)];
}

function providerArguments(flags: RepeatedFlags): readonly string[] {
  return [
    option("--idp", flags.idp),
    option("--okta-url", flags.oktaUrl),
    option("--okta-app", flags.oktaApp),
    option("--entra-tenant", flags.entraTenant),
    option("--entra-app", flags.entraApp),
    option("--entra-job", flags.entraJob),
    option("--entra-cloud", flags.entraCloud),
  ];
}

/** How the profile of the target reaches the provider, for a command that does not name the profile. */
export function providerFlagsOf(target: Target): ProviderFlags {
  const directory = target.kind === "remote" ? target.profile?.directory : undefined;
  return { ...oktaFlags(directory?.okta ?? {}), ...entraFlags(directory?.entra ?? {}) };
}

function oktaFlags({ url, app }: ProfileOkta): ProviderFlags {
  return {
    ...(url === undefined ? {} : { oktaUrl: url }),
    ...(app === undefined ? {} : { oktaApp: app }),
  };
}

function entraFlags({ tenant, app, job, cloud }: ProfileEntra): ProviderFlags {
  return {
    ...(tenant === undefined ? {} : { entraTenant: tenant }),
    ...(app === undefined ? {} : { entraApp: app }),
    ...(job === undefined ? {} : { entraJob: job }),
    ...(cloud === undefined ? {} : { entraCloud: cloud }),
  };
}

/**
 * The target with the options that it needs; nothing for the local Astro inside the process. The token is never part of
 * it; the name of its file is, unless that is a pipe, which can be read only once.
 */
export function remoteArguments(target: Target, flags: RepeatedFlags = {}): readonly string[] {
  if (target.kind === "in-process") return [];
  const tokenFile = flags.tokenFile?.startsWith("/dev/") === true ? undefined : flags.tokenFile;
  return [
    namedTarget(target),
    option("--token-file", tokenFile),
    option("--ca", flags.ca),
    option("--state", flags.state),
  ];
}

/** Empty where there is no value. */
export function option(name: string, value: string | undefined): string {
  return value === undefined ? "" : `${name} ${quoted(value)}`;
}

/** `--url URL` or `--profile NAME`. */
function namedTarget({ profile, baseUrl }: RemoteTarget): string {
  return profile === undefined ? option("--url", baseUrl) : option("--profile", profile.name);
}

/** A word for the shell of this system, control characters escaped. */
export function quoted(word: string, system: SystemName = thisSystem): string {
  return printable(system === "win32" ? windowsShellWord(word) : shellWord(word));
}

/** The name of a file as an argument: behind `./` where it would be taken for an option. */
export function fileWord(file: string): string {
  return quoted(file.startsWith("-") ? `./${file}` : file);
}
