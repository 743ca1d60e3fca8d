/** The three discovery endpoints: what this server can do, which resources and schemas it has (RFC 7644 §4). */

import type { JsonObject } from "../../ground/json.ts";
import {
  findResourceType,
  resourceTypeBody,
  schemaBody,
  schemasOf,
  serviceProviderConfig,
  type ServiceProviderCapabilities,
} from "../../scim/discovery.ts";
import { ScimError } from "../../scim/error.ts";
import { listResponse } from "../../scim/list/page.ts";
import type { Schema } from "../../scim/schema/attribute.ts";
import { groupResourceType } from "../../scim/schema/group.ts";
import { userResourceType } from "../../scim/schema/user.ts";
import type { ServerRequest, ServerResponse } from "../api/message.ts";
import type { Handler, Organization } from "./organization.ts";
import { announcedSchema } from "./announced-schema.ts";
import { maxBulkOperations } from "./bulk/bulk.ts";
import { cursorTimeoutSeconds } from "./list/cursors.ts";

const resourceTypes = [userResourceType, groupResourceType];
const schemas = schemasOf(resourceTypes);

/** Only what is true: a client may decide by it what to send. */
function capabilitiesOf({ behaviour, maxBodyBytes }: Organization): ServiceProviderCapabilities {
  const { defaultCount, maxCount, cursorPaging } = behaviour;
  // Who knew only index paging before keeps it (RFC 9865 §2.5).
  const pagination = {
    defaultMethod: "index",
    defaultPageSize: Math.min(defaultCount, maxCount),
    maxPageSize: maxCount,
    cursorTimeoutSeconds,
  } as const;
  return {
    patch: true,
    bulk: { maxOperations: maxBulkOperations, maxPayloadBytes: maxBodyBytes },
    filter: { maxResults: maxCount },
    changePassword: false,
    sort: true,
    etag: true,
    ...(cursorPaging === "on" ? { pagination } : {}),
  };
}

export const discoveryHandlers = {
  serviceProviderConfig: async (organization, request) => {
    const config = serviceProviderConfig(capabilitiesOf(organization), organization.baseUrl);
    return found(organization, request, config);
  },

  resourceTypes: async (organization, request) => {
    const bodies = resourceTypes.map((type) => resourceTypeBody(type, organization.baseUrl));
    return list(organization, request, bodies);
  },

  resourceType: async (organization, request) => {
    const type = findResourceType(resourceTypes, idOf(request));
    return found(organization, request, type && resourceTypeBody(type, organization.baseUrl));
  },

  schemas: async (organization, request) => {
    const bodies = schemas.map((schema) => announced(schema, organization));
    return list(organization, request, bodies);
  },

  schema: async (organization, request) => {
    const urn = idOf(request).toLowerCase();
    const schema = schemas.find((one) => one.id.toLowerCase() === urn);
    return found(organization, request, schema && announced(schema, organization));
  },
} satisfies Record<string, Handler>;

function announced(schema: Schema, { behaviour, baseUrl }: Organization): JsonObject {
  return schemaBody(announcedSchema(schema, behaviour), baseUrl);
}

function found(
  organization: Organization,
  request: ServerRequest,
  body: JsonObject | undefined,
): ServerResponse {
  refuse(organization, request);
  if (body === undefined) throw new ScimError(404, `${idOf(request).slice(0, 200)} not found`);
  return { status: 200, body };
}

/** All on one page: paging and sorting are ignored here (RFC 7644 §4). */
function list(
  organization: Organization,
  request: ServerRequest,
  resources: readonly JsonObject[],
): ServerResponse {
  refuse(organization, request);
  return { status: 200, body: listResponse({ totalResults: resources.length, startIndex: 1, resources }) };
}

/** RFC 7644 §4: "If a filter is provided, the service provider SHOULD respond with HTTP status code 403". */
function refuse({ behaviour }: Organization, request: ServerRequest): void {
  if (behaviour.discovery === "not-found") throw new ScimError(404, "this server has no discovery endpoints");
  if (request.query.some(([name]) => name === "filter"))
    throw new ScimError(403, "discovery endpoints do not support filters");
}

function idOf(request: ServerRequest): string {
  return request.params["id"] ?? "";
}
