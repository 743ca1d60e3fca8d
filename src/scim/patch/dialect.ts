/** What a PATCH is read by. */

import type { Leniency } from "../leniency.ts";
import type { ResourceType } from "../schema/attribute.ts";
import type { Work } from "../work.ts";

/** The schemas that give its paths their meaning, and which of two readings is taken where a provider departs. */
export interface Dialect {
  readonly type: ResourceType;
  readonly leniency: Leniency;
  readonly work: Work;
}
