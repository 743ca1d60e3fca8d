/** One operation of a bulk request as the request that it stands for. */

import type { BulkOperation } from "../../../scim/bulk/request.ts";
import { ScimError } from "../../../scim/error.ts";
import { groupResourceType } from "../../../scim/schema/group.ts";
import { userResourceType } from "../../../scim/schema/user.ts";
import type { ServerRequest } from "../../api/message.ts";
import type { Handler } from "../organization.ts";
import type { QueryParameters } from "../../api/query.ts";
import { resourceHandlers, type ResourceHandlers } from "../resources.ts";

/** What carries an operation out. */
export interface BulkCall {
  readonly handler: Handler;
  /** Where the resource is, below the SCIM base URL; undefined where it is to be made. */
  readonly path: string | undefined;
  readonly request: ServerRequest;
}

const groups = resourceHandlers(groupResourceType);
const resources = [resourceHandlers(userResourceType), groups];

/** Only the headers of the answers are used, so that 50,000 members are not read 1,000 times. */
const withoutMembers: QueryParameters = [["excludedAttributes", "members"]];

/**
 * The operation belongs to the request `bulk` and is charged to it. `newId` is the id that a POST gives to what it
 * makes, where it has been promised already.
 * @throws ScimError 404 for a path that is no resource's; 405 for a method that it does not have.
 */
export function bulkCall(
  operation: BulkOperation,
  bulk: Pick<ServerRequest, "work" | "isAbandoned">,
  newId?: string,
): BulkCall {
  const { method, path, version, data } = operation;
  const [endpoint = "", id, ...rest] = segmentsOf(path);
  const resource = resources.find((one) => one.endpoint === `/${endpoint}`);
  if (resource === undefined || rest.length > 0) {
    throw new ScimError(
      404,
      `there is nothing at ${path.slice(0, 200)}; use /Users, /Groups, or a path below them`,
    );
  }
  if ((method === "POST") !== (id === undefined)) {
    throw new ScimError(405, `${method} is not allowed at ${path.slice(0, 200)}`);
  }
  const paramId = id ?? newId;
  return {
    handler: handlerOf(resource, method),
    path: id === undefined ? undefined : `${resource.endpoint}/${id}`,
    request: {
      method,
      params: paramId === undefined ? {} : { id: paramId },
      query: resource === groups ? withoutMembers : [],
      headers: version === undefined ? {} : { "if-match": version },
      body: data,
      work: bulk.work,
      isAbandoned: bulk.isAbandoned,
    },
  };
}

function handlerOf(resource: ResourceHandlers, method: BulkOperation["method"]): Handler {
  switch (method) {
    case "POST":
      return resource.create;
    case "PUT":
      return resource.replace;
    case "PATCH":
      return resource.patch;
    case "DELETE":
      return resource.remove;
  }
}

function segmentsOf(path: string): readonly string[] {
  const plain = path.replace(/^\//, "").replace(/\/$/, "");
  return plain.split("/").map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
