/** What the operations of one run share. */

import type { Responsibility } from "../astro/responsibility.ts";
import type { StateKey } from "../astro/state.ts";
import type { Executor } from "./executor.ts";
import type { Ledger } from "./ledger.ts";

export interface Run {
  readonly executor: Executor;
  readonly ledger: Ledger;
  /** Folded names and e-mail addresses that are protected. */
  readonly protectedKeys: ReadonlySet<StateKey>;
  /** What the plan's directory is responsible for. */
  readonly responsibility: Responsibility;
  readonly signal: AbortSignal;
  /** For the progress line, while a provider is waited for. */
  onProgress?(text: string): void;
  pause(ms: number, signal: AbortSignal): Promise<void>;
}
