/**
 * The door to the fast paths of SCIM: the text that the in-memory store keeps, and lists for which no query is made. Each
 * answers what the long way answers, or undefined where it does not know; a property test holds the two equal.
 */

import type { ResourceType } from "../../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../../scim/search-request.ts";
import type { ServerResponse } from "../../api/message.ts";
import type { StoredMember, StoredResource } from "../../store/rows.ts";
import type { Organization } from "../organization.ts";
import { ownTextOf, relatedTextOf, textOf } from "./kept-text.ts";
import { listPlainly } from "./plain-list.ts";

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

export const shortcuts: Shortcuts = {
  text: textOf,
  ownText: ownTextOf,
  relatedText: relatedTextOf,
  list: listPlainly,
};
