/** A story as it is reported. */

import type { Story } from "../../why/story.ts";
import type { NextStep } from "../next-step.ts";

export interface WhyReport {
  readonly story: Story;
  /** What the provider's log is called. */
  readonly provider: string;
  /** SCIM base URL; null for the local Astro inside the process. */
  readonly target: string | null;
  readonly next: NextStep | undefined;
}
