/** An identity provider's provisioning service, as a timeline drives it. */

import type { Action } from "../directory/action.ts";
import type { Directory } from "../directory/directory.ts";
import type { RunSummary } from "./run/events.ts";

/** What a provider did, and what it remembers afterwards. */
export interface ServiceRun<Memory> {
  readonly memory: Memory;
  readonly summary: RunSummary;
}

/** Something an administrator did; `before` is the directory as it was then. */
export interface ActionDone {
  readonly action: Action;
  readonly before: Directory;
}

/** `directory` is always the directory as it is now. */
export interface ProvisioningService<Memory> {
  /** The start of a rehearsal: the provider looks at everything. */
  readonly begin: (directory: Directory, memory: Memory) => Promise<ServiceRun<Memory>>;
  /** Time passes, and nobody does anything; the clock is moved on by it. */
  readonly elapse: (ms: number, directory: Directory, memory: Memory) => Promise<ServiceRun<Memory>>;
  /** An administrator did something: Okta reacts at once, Entra only to what its own console was asked for. */
  readonly act: (directory: Directory, done: ActionDone, memory: Memory) => Promise<ServiceRun<Memory>>;
  /** The actions of a step are done: Entra's next cycle sees them. */
  readonly settle: (directory: Directory, memory: Memory) => Promise<ServiceRun<Memory>>;
}
