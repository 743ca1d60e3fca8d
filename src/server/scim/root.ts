/** The root of the SCIM endpoint: queries over every resource type (RFC 7644 §3.4.2.1). */

import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import type { Handler } from "./organization.ts";
import { listResources } from "./list/list.ts";
import { listInBody, listInQuery } from "./list/requested-list.ts";

const types = [userResourceType, groupResourceType];

export const rootHandlers = {
  list: (organization, request) =>
    listResources(types, organization, listInQuery(request, organization), request),
  search: (organization, request) =>
    listResources(types, organization, listInBody(request, organization), request),
} satisfies Record<string, Handler>;
