/** The three discovery endpoints: what this server can do, which resources and schemas it has (RFC 7644 §4). */

import type { JsonObject } from "../../json.ts";
import {
  findResourceType,
  resourceTypeBody,
  schemaBody,
  schemasOf,
  serviceProviderConfig,
} from "../../scim/discovery.ts";
import { ScimError } from "../../scim/error.ts";
import { listResponse } from "../../scim/page.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import { maxResults } from "../behaviour.ts";
import type { Handler, ServerRequest, ServerResponse } from "../message.ts";

const resourceTypes = [userResourceType, groupResourceType];
const schemas = schemasOf(resourceTypes);

/** Only what is true: a client may decide by it what to send. */
const capabilities = {
  patch: true,
  bulk: undefined,
  filter: { maxResults },
  changePassword: false,
  sort: true,
  etag: true,
};

export const discoveryHandlers = {
  serviceProviderConfig: async ({ baseUrl }, request) =>
    found(request, serviceProviderConfig(capabilities, baseUrl)),

  resourceTypes: async ({ baseUrl }, request) =>
    list(
      request,
      resourceTypes.map((type) => resourceTypeBody(type, baseUrl)),
    ),

  resourceType: async ({ baseUrl }, request) => {
    const type = findResourceType(resourceTypes, idOf(request));
    return found(request, type && resourceTypeBody(type, baseUrl));
  },

  schemas: async ({ baseUrl }, request) =>
    list(
      request,
      schemas.map((schema) => schemaBody(schema, baseUrl)),
    ),

  schema: async ({ baseUrl }, request) => {
    const urn = idOf(request).toLowerCase();
    const schema = schemas.find((one) => one.id.toLowerCase() === urn);
    return found(request, schema && schemaBody(schema, baseUrl));
  },
} satisfies Record<string, Handler>;

function found(request: ServerRequest, body: JsonObject | undefined): ServerResponse {
  refuseFilter(request);
  if (body === undefined) throw new ScimError(404, `there is no ${idOf(request).slice(0, 200)} here`);
  return { status: 200, body };
}

/** All on one page: paging and sorting are ignored here (RFC 7644 §4). */
function list(request: ServerRequest, resources: readonly JsonObject[]): ServerResponse {
  refuseFilter(request);
  return { status: 200, body: listResponse({ totalResults: resources.length, startIndex: 1, resources }) };
}

/** RFC 7644 §4: "If a filter is provided, the service provider SHOULD respond with HTTP status code 403". */
function refuseFilter(request: ServerRequest): void {
  if (request.query.has("filter")) throw new ScimError(403, "discovery endpoints take no filter");
}

function idOf(request: ServerRequest): string {
  return request.params["id"] ?? "";
}
