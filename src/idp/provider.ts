/** What there is to know of an identity provider outside its own folder: one record, which `okta` and `entra` fill. */

import type { LinkRules } from "../astro/provider-link.ts";
import type { AppSettings } from "../directory/app-settings.ts";
import type { Directory, GroupKey } from "../directory/directory.ts";
import type { JsonObject } from "../ground/json.ts";
import type { AccountRules } from "./accounts/accounts.ts";
import type { ProviderMemory } from "./provider-memory.ts";
import type { ProviderWords } from "./provider-words.ts";
import type { MistakeSearch, SettingsMistake } from "./settings-mistake.ts";

export interface Provider<Settings extends AppSettings> {
  readonly id: Settings["idp"];
  readonly words: ProviderWords;
  /** What its requests to Astro name themselves with; undefined where they send no User-Agent. */
  readonly userAgent: RegExp | undefined;
  /** What depends on how the Astro app is set up in it. */
  readonly setUp: (settings: Settings) => ProviderSetUp;
}

/** A provider in which the Astro app is set up. */
export interface ProviderSetUp {
  /** The set-up in a few words: `manual integration`. */
  readonly description: string;
  /** Whether everybody in the directory is provisioned, assigned to the app or not. */
  readonly provisionsEverybody: boolean;
  /** How many requests are under way at once at most. */
  readonly parallelRequests: number;
  /** The groups that are marked to become Teams. */
  readonly markedGroups: (directory: Directory) => ReadonlySet<GroupKey>;
  /** Why these settings provide no groups, so that nothing can be said of Teams: a clause; undefined where they do. */
  readonly noTeams?: string | undefined;
  /** @throws AppError invalid-file for a mapping or a scoping filter that is wrong */
  readonly accountRules: (directory: Directory) => AccountRules;
  /** What is wrong in the mappings and scoping filters, all of it. */
  readonly mistakes: (start: Directory, search: MistakeSearch) => readonly SettingsMistake[];
  /**
   * What will go wrong with these settings, said before anything is sent: one sentence each.
   * @throws AppError invalid-file for a mapping that is wrong
   */
  readonly warnings: (start: Directory) => readonly string[];
  /** The settings as a command overrides them. */
  readonly overridden: (overrides: SettingsOverrides) => AppSettings;
  /**
   * The settings with other answers in place of their own; a number may come as text.
   * @throws AppError usage for an unknown name or value, with the nearest
   */
  readonly withFidelity: (answers: Readonly<Record<string, unknown>>) => AppSettings;
  /** How an answer is given on the command line: `rateLimitAttempts=11`. */
  readonly fidelityExample: string;
  /** What it does when a link does not work, and what an administrator can do. */
  readonly links: LinkRules;
  /**
   * What the provider remembers, read from a snapshot of its service; without one, a provider that has never spoken to the
   * target. The engine is loaded only here.
   * @throws AppError invalid-file where the snapshot is damaged: names the place
   */
  readonly remembered: (snapshot: JsonObject | undefined) => Promise<ProviderMemory>;
}

export interface SettingsOverrides {
  /** Another integration than the settings have; one of another provider counts for nothing. */
  readonly integration?: string | undefined;
  /** The URL of a remote target, as the provider is given it. */
  readonly tenantUrl?: string | undefined;
}
