/** What links an object of Entra ID with one of the target (Microsoft: Manage object connections; beta). */

import type { JsonObject } from "../../../ground/json.ts";
import { needs } from "../access/permissions.ts";
import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { badRequest, GraphError, notFound } from "../graph-error.ts";
import { contextUrl, noContent, type GraphContext, type GraphRoute } from "../graph-route.ts";
import { jobCode, memoryOf } from "./job-object.ts";
import { groupObjectName, userObjectName } from "./job-names.ts";

export function objectConnectionRoutes(context: GraphContext): readonly GraphRoute[] {
  const path = "/jobs/:jobId/objectConnections";
  const beta = { versions: ["beta"] } as const;
  return [
    {
      ...beta,
      method: "GET",
      path,
      needs: needs.synchronization,
      handle: () => {
        throw badRequest("Object connections cannot be listed.");
      },
    },
    ...[`${path}(':objectId')`, `${path}/:objectId`].flatMap((one): readonly GraphRoute[] => [
      {
        ...beta,
        method: "GET",
        path: one,
        needs: needs.synchronization,
        handle: (request) => {
          const { objectId = "" } = request.params;
          const connection = connectionOf(objectId, context);
          if (connection === undefined) throw notFound(objectId);
          return {
            status: 200,
            body: { "@odata.context": contextUrl(request, "objectConnections/$entity"), ...connection },
          };
        },
      },
      {
        ...beta,
        method: "DELETE",
        path: one,
        needs: needs.changeSynchronization,
        handle: (request) => deleteConnection(request.params["objectId"] ?? "", context),
      },
    ]),
  ];
}

/** Only while nothing is provisioned; to delete what is not there is no mistake. */
function deleteConnection(id: string, context: GraphContext): EmulatedAnswer {
  const { company } = context;
  if (jobCode(context, memoryOf(context)) === "Active" || company.isBusy()) {
    throw new GraphError(409, "Conflict", "The synchronization job must be paused or disabled.");
  }
  const objectId = connectionOf(id, context)?.["objectId"];
  if (typeof objectId === "string") company.act({ kind: "delete-object-connection", objectId });
  return noContent;
}

/** By the id of either side. */
function connectionOf(id: string, { company, current }: GraphContext): JsonObject | undefined {
  const { accounts, teams } = company.links();
  const { userById, groupById } = current();
  const account = accounts.find(({ objectId, scimId }) => objectId === id || scimId === id);
  if (account !== undefined) {
    const name = userById.get(account.objectId)?.profile["displayName"];
    return {
      objectId: account.objectId,
      sourceAnchor: account.objectId,
      targetAnchor: account.scimId,
      displayName: typeof name === "string" ? name : account.userName,
      objectTypeName: userObjectName,
    };
  }
  const team = [...teams].find(([objectId, scimId]) => objectId === id || scimId === id);
  if (team === undefined) return undefined;
  const [objectId, scimId] = team;
  return {
    objectId,
    sourceAnchor: objectId,
    targetAnchor: scimId,
    displayName: groupById.get(objectId)?.name ?? null,
    objectTypeName: groupObjectName,
  };
}
