/** What a test or a developer can do with a running local Astro, beside speaking SCIM to it. */

import type { Faults } from "../faults/faults.ts";
import type { ReceivedExchange } from "../log/received.ts";
import type { RequestLog } from "../log/request-log.ts";
import { readServedState, type Held, type ServedState } from "./state.ts";

export interface Control {
  /** Users and Teams as they are now. */
  state(): Promise<ServedState>;
  /** The last requests with their answers, the oldest first; without tokens and passwords. */
  requests(): readonly ReceivedExchange[];
  forgetRequests(): void;
  readonly faults: Faults;
  /** Back to the start: what was held then, the faults of then, no requests. */
  reset(): Promise<void>;
}

/** What the organization holds. */
export interface Holding {
  readonly current: () => Held;
  /** Back to what was held at the start. */
  renew(): Promise<void>;
}

export interface ControlParts {
  readonly holding: Holding;
  readonly faults: Faults;
  readonly log: RequestLog;
}

export function createControl({ holding, faults, log }: ControlParts): Control {
  return {
    state: () => readServedState(holding.current()),
    requests: () => log.list(),
    forgetRequests: () => log.clear(),
    faults,
    reset: async () => {
      await holding.renew();
      faults.reset();
      log.clear();
    },
  };
}
