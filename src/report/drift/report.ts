/** A drift as it is reported, and what the reader has to know beside it. */

import type { Drift } from "../../drift/compare/diff.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import type { NextStep } from "../next-step.ts";

export interface DriftReport {
  readonly drift: Drift;
  /** Whose console is named. */
  readonly words: ProviderWords;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
  /** Makes `resync USER` a command that can be pasted: for the same directory and target. */
  readonly commandFor: (words: string) => string;
  /** The command to type next; undefined where nothing differs. */
  readonly next: NextStep | undefined;
}
