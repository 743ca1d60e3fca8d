/** What the handlers of SCIM work with. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { ServerRequest, ServerResponse } from "../api/message.ts";
import type { Operations } from "../organization/outcome.ts";
import type { Reads } from "../store/rows.ts";
import type { Cursors } from "./cursors.ts";
import type { Shortcuts } from "./shortcuts/shortcuts.ts";

export interface Organization {
  readonly rows: Reads;
  /** Everything that is written is written by these. */
  readonly operations: Operations;
  /** SCIM base URL of the organization, for `meta.location`. */
  readonly baseUrl: string;
  readonly behaviour: Behaviour;
  readonly cursors: Cursors;
  /** Ids for what is promised before it is made. */
  readonly newId: () => string;
  /** Long work pauses by it: other requests are answered in between. */
  readonly yieldToOthers: () => Promise<void>;
  /** Bytes of a request body. */
  readonly maxBodyBytes: number;
  /** Undefined where everything goes the long way, which answers the same. */
  readonly shortcuts: Shortcuts | undefined;
}

/** @throws ScimError, which becomes the error body */
export type Handler = (organization: Organization, request: ServerRequest) => Promise<ServerResponse>;
