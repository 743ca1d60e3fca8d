/** A preflight as it is reported, and what the reader has to know beside it. */

import type { ProviderWords } from "../../idp/provider-words.ts";
import type { Preflight } from "../../preflight/preflight.ts";
import type { NextStep } from "../next-step.ts";

export interface PreflightReport {
  readonly preflight: Preflight;
  /** What the provider calls things. */
  readonly words: ProviderWords;
  /** The directory, as the command line names it. */
  readonly source: string;
  /** For people: `organization c… on api.astronomer.io`. */
  readonly label: string;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
  /** When it was made. */
  readonly at: Date;
  readonly next: NextStep | undefined;
}
