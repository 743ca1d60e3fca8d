/** What a provider remembers of a target when a run begins, as a file had it or empty. */

import type { ProviderLinks } from "../directory/source.ts";
import type { ProviderWorld } from "./provider-world.ts";
import type { OpenedService } from "./provisioning-service.ts";

export interface OpeningOptions {
  /** Okta: retry the tasks of earlier runs first, as an administrator does under Dashboard > Tasks. */
  readonly retryTasks: boolean;
}

export interface ProviderMemory {
  /** Object ids of the users who are linked. */
  readonly linkedUsers: () => readonly string[];
  /** The accounts and Teams that are linked. */
  readonly links: () => ProviderLinks;
  /** Opens the service, which owns the memory from then on. */
  readonly open: (world: ProviderWorld, options: OpeningOptions) => OpenedService;
}
