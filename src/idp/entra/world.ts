/** What Entra's engine needs of the world. */

import type { Send } from "../../wire/exchange.ts";
import type { SimulatedClock } from "../run/clock.ts";
import type { Report } from "../run/events.ts";

export interface EntraWorld {
  /** Adds the credentials; repeats nothing, since Entra has its own rules for that. */
  readonly send: Send;
  readonly clock: SimulatedClock;
  /** Stops the run between two requests. */
  readonly signal: AbortSignal;
  readonly report: Report;
  /** A random GUID in small letters, for the probes. */
  readonly randomGuid: () => string;
  /** A number from 0, included, to 1, excluded: for the expressions that ask for chance. */
  readonly random: () => number;
  /** The longest wait in seconds that a server may ask for; without it any is waited for. */
  readonly maxWaitSeconds?: number;
}
