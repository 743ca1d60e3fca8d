/** What a test or a developer can do with a running local Astro, beside speaking SCIM to it. */

import type { Faults } from "../faults/faults.ts";
import type { ReceivedExchange } from "../log/received.ts";
import type { RequestLog } from "../log/request-log.ts";
import { readServedState, type ServedOrganization, type ServedState } from "./state.ts";

export interface Control {
  /** Users and Teams as they are now. */
  state(): Promise<ServedState>;
  /** The last requests with their answers, the oldest first; without tokens and passwords. */
  requests(): readonly ReceivedExchange[];
  forgetRequests(): void;
  readonly faults: Faults;
  /** Restores the data and faults of the start, and clears the requests. */
  reset(): Promise<void>;
}

/** The organization that is shown, and a way to restore the initial data of all. */
export interface ResettableOrganization {
  readonly current: () => ServedOrganization;
  /** Restores the data of the start. */
  renew(): Promise<void>;
}

export interface ControlParts {
  readonly holding: ResettableOrganization;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** What was written, for the audit log of Astro's own API. */
  readonly writes: { clear(): void };
}

export function createControl({ holding, faults, log, writes }: ControlParts): Control {
  return {
    state: () => readServedState(holding.current()),
    requests: () => log.list(),
    forgetRequests: () => log.clear(),
    faults,
    reset: async () => {
      await holding.renew();
      faults.reset();
      log.clear();
      writes.clear();
    },
  };
}
