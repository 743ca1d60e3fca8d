/** An identity provider's provisioning service: it owns what it remembers, and says what others ask of that. */

import type { Action } from "../directory/action.ts";
import type { Directory } from "../directory/directory.ts";
import type { ProviderLinks } from "../directory/source.ts";
import type { JsonObject } from "../ground/json.ts";
import type { CredentialsTest } from "./credentials-test.ts";
import type { RunSummary } from "./run/events.ts";
import type { PushState } from "./run/push-state.ts";
import type { Task } from "./run/task.ts";

/** Something an administrator did; `before` is the directory as it was then. */
export interface ActionDone {
  readonly action: Action;
  readonly before: Directory;
}

/** As a timeline drives it. `directory` is always the directory as it is now. */
export interface ProvisioningService {
  /** The start of a rehearsal: the provider looks at everything. */
  readonly begin: (directory: Directory) => Promise<RunSummary>;
  /** Time passes without any action; the clock is advanced by it. */
  readonly elapse: (ms: number, directory: Directory) => Promise<RunSummary>;
  /** An administrator did something: Okta reacts at once, Entra only to what its own console was asked for. */
  readonly act: (directory: Directory, done: ActionDone) => Promise<RunSummary>;
  /** The actions of a step are done: Entra's next cycle sees them. */
  readonly settle: (directory: Directory) => Promise<RunSummary>;
}

/** As a rehearsal opens it. */
export interface OpenedService extends ProvisioningService {
  readonly testCredentials: () => Promise<CredentialsTest>;
  /** What failed and waits. */
  readonly openTasks: () => readonly Task[];
  /** Of a provider that pushes groups by mappings. */
  readonly pushStates?: () => readonly PushState[];
  /** The accounts and Teams that it has linked by now. */
  readonly links: () => ProviderLinks;
  /** What it remembers now, as JSON: what it can be opened with again. Holds names and ids, and no secret. */
  readonly snapshot: () => JsonObject;
}
