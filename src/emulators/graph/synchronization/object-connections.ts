/** What links an object of Entra ID with one of the target (Microsoft: Manage object connections; beta). */

import type { JsonObject } from "../../../ground/json.ts";
import { needs } from "../access/permissions.ts";
import { badRequest, notFound } from "../graph-error.ts";
import { contextUrl, type GraphContext, type GraphRoute } from "../graph-route.ts";
import { groupObjectName, userObjectName } from "./job-names.ts";

export function objectConnectionRoutes(context: GraphContext): readonly GraphRoute[] {
  const path = "/jobs/:jobId/objectConnections";
  const shared = { method: "GET", versions: ["beta"], needs: needs.synchronization } as const;
  return [
    {
      ...shared,
      path,
      handle: () => {
        throw badRequest("Object connections cannot be listed.");
      },
    },
    ...[`${path}(':objectId')`, `${path}/:objectId`].map((one): GraphRoute => ({
      ...shared,
      path: one,
      handle: (request) => {
        const { objectId = "" } = request.params;
        const connection = connectionOf(objectId, context);
        if (connection === undefined) throw notFound(objectId);
        return {
          status: 200,
          body: { "@odata.context": contextUrl(request, "objectConnections/$entity"), ...connection },
        };
      },
    })),
  ];
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
