/** What Entra's engine needs of the world. */

import type { Send } from "../../wire/exchange.ts";
import type { SimulatedClock } from "../clock.ts";
import type { Report } from "../events.ts";

export interface EntraWorld {
  /** Adds the credentials; repeats nothing, since Entra has its own rules for that. */
  readonly send: Send;
  readonly clock: SimulatedClock;
  /** Stops the run between two requests. */
  readonly signal: AbortSignal;
  readonly report: Report;
  /** A random GUID in small letters, for the probes. */
  readonly randomGuid: () => string;
  /** That many random characters. */
  readonly randomText: (length: number) => string;
}
