/** A directory source in two steps: what can be known before anything is contacted, then the source itself. */

import type { ProviderHistory } from "../../directory/provider-history.ts";
import type { DirectorySource } from "../../directory/source.ts";
import type { UsedFile } from "../../files/distinct-files.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import type { RetryWait } from "../../http/retry.ts";
import type { ManagementWait } from "../../management/create-management-api.ts";
import type { ProviderWays } from "../../repair/via/provider-ways.ts";
import type { Exchange } from "../../wire/exchange.ts";
import type { SourceName } from "./source-name.ts";

/** What a source that is read over the network needs of the run. */
export interface SourceRun {
  readonly signal: AbortSignal;
  /** For a whole request. */
  readonly timeoutMs: number;
  /** PEM text of further certificates to trust. */
  readonly caPem: string | undefined;
  /** Told of each exchange without its secrets, and of the base URL. */
  readonly onExchange: ((exchange: Exchange, baseUrl: string) => void) | undefined;
  readonly onWait: (wait: RetryWait) => void;
  /** The same of a management API. */
  readonly onManagementWait: (wait: ManagementWait) => void;
  /** What is being read, for people: `the users assigned to the app: 1,000`. */
  readonly onProgress: (text: string) => void;
}

export interface WaysOptions {
  /** SCIM base URL of the Astro that is repaired: an app that provisions another one is of no use. */
  readonly target: string;
  /** Groups whose members may be changed, where they assign users (`--change-group`). */
  readonly changeGroups: readonly string[];
  /** Users whose assignment may be removed and made again although the provider is linked to their accounts (`--reassign`). */
  readonly reassign?: readonly string[];
  /** The provisioning job is restarted instead of provisioning single users and groups (`--restart-job`, Entra ID). */
  readonly restartsJob?: boolean;
}

export interface OpenSource {
  readonly source: DirectorySource;
  /**
   * Repairs through the provider; left out where the source is none, or can only be read. Writes nothing yet.
   * @throws AppError where the app cannot be read
   */
  readonly openWays?: (options: WaysOptions) => Promise<ProviderWays>;
  /** Of a live provider: its log, and users outside the app. */
  readonly history?: ProviderHistory;
  /** Closes its connections. */
  readonly close: () => Promise<void>;
}

export interface PreparedSource {
  readonly name: SourceName;
  /** Of a fixture: a timeline and what Astro holds beforehand stand in it as well. */
  readonly fixture: Fixture | undefined;
  /** The files that it reads. */
  readonly files: readonly UsedFile[];
  /** Sentences for the user about where credentials were found. */
  readonly notes: readonly string[];
  /** Contacts nothing yet. */
  readonly open: (run: SourceRun) => OpenSource;
}
