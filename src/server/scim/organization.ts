/** What the handlers of SCIM work with. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../scim/list/search-request.ts";
import type { ServerRequest, ServerResponse } from "../api/message.ts";
import type { Operations } from "../organization/outcome.ts";
import type { Reads, StoredMember, StoredResource } from "../store/rows.ts";
import type { Cursors } from "./list/cursors.ts";

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
  /** Before each request; undefined where invitations that have expired stay. */
  readonly revokeExpiredInvites: (() => Promise<void>) | undefined;
  /** Undefined where everything goes the long way, which answers the same. */
  readonly shortcuts: Shortcuts | undefined;
}

/** Faster ways to answers (shortcuts/), each undefined where it does not know one. */
export interface Shortcuts {
  /** `present` as JSON text. */
  text(type: ResourceType, stored: StoredResource, baseUrl: string): string | undefined;
  /** `presentOwn` as JSON text. */
  ownText(type: ResourceType, stored: StoredResource, baseUrl: string): string | undefined;
  /** `presentRelated` as JSON text, without the brackets around it. */
  relatedText(type: ResourceType, related: readonly StoredMember[], baseUrl: string): string | undefined;
  /** A list of one resource type. @throws ScimError invalidValue for a page that cannot be */
  list(
    type: ResourceType,
    organization: Organization,
    search: SearchRequest,
  ): Promise<ServerResponse | undefined>;
}

/** @throws ScimError, which becomes the error body */
export type Handler = (organization: Organization, request: ServerRequest) => Promise<ServerResponse>;
