/** What a provider's engine needs of the world. */

import type { Send } from "../wire/exchange.ts";
import type { SimulatedClock } from "./run/clock.ts";
import type { Report } from "./run/events.ts";

export interface ProviderWorld {
  /** Adds the credentials; repeats nothing, since each provider has its own rules for that. */
  readonly send: Send;
  readonly clock: SimulatedClock;
  /** Stops the run between two requests. */
  readonly signal: AbortSignal;
  readonly report: Report;
  /** The longest wait in seconds that a server may ask for; any where it is not there. */
  readonly maxWaitSeconds?: number;
  /** That many random characters, for Okta's placeholder passwords. */
  readonly randomText: (length: number) => string;
  /** A random GUID in small letters, for Entra's probes. */
  readonly randomGuid: () => string;
  /** A number from 0, included, to 1, excluded: for the expressions that ask for chance. */
  readonly random: () => number;
}
