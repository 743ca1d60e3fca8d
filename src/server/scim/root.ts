/** The root of the SCIM endpoint: queries over every resource type (RFC 7644 §3.4.2.1). */

import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { searchFromBody, searchFromParameters } from "../../scim/list/search-request.ts";
import type { Handler } from "./organization.ts";
import { listResources } from "./list/list.ts";

const types = [userResourceType, groupResourceType];

export const rootHandlers = {
  list: (organization, request) =>
    listResources(types, organization, searchFromParameters(request.query), request),
  search: (organization, request) =>
    listResources(types, organization, searchFromBody(request.body, organization.behaviour), request),
} satisfies Record<string, Handler>;
