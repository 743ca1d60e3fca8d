/** A drift as it is reported, and what the reader has to know beside it. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { Drift } from "../../drift/compare/diff.ts";

export interface DriftReport {
  readonly drift: Drift;
  /** Whose console is named. */
  readonly idp: AppSettings["idp"];
  /** The command to type next; undefined where nothing differs. */
  readonly next: string | undefined;
}
