/** What the handlers of SCIM work with. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { ServerRequest, ServerResponse } from "../message.ts";
import type { Store } from "../store/store.ts";
import type { Cursors } from "./cursors.ts";

export interface Organization {
  readonly store: Store;
  /** SCIM base URL of the organization, for `meta.location`. */
  readonly baseUrl: string;
  readonly behaviour: Behaviour;
  readonly cursors: Cursors;
  /** Ids for what is promised before it is made. */
  readonly newId: () => string;
  /** Bytes of a request body. */
  readonly maxBodyBytes: number;
}

/** @throws ScimError, which becomes the error body */
export type Handler = (organization: Organization, request: ServerRequest) => Promise<ServerResponse>;
