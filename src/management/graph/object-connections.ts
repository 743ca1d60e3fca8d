/** Which account or Team a user or group of Entra ID is linked to (Microsoft Graph beta: objectConnection). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { segment } from "./odata.ts";
import { graphPermissions } from "./permissions.ts";
import { jobPath, type JobAddress } from "./synchronization-jobs.ts";

const objectConnection = z.looseObject({
  objectId: z.string().min(1),
  /** Id at the target; empty where nothing is there yet. */
  targetAnchor: z.string().nullish(),
  displayName: z.string().nullish(),
  objectTypeName: z.string().nullish(),
});

export type ObjectConnection = z.infer<typeof objectConnection>;

/**
 * By the id of either side; undefined where nothing is linked. `beta` must stand below `/beta`: the call is not part of v1.0.
 * @throws AppError as `ManagementApi.find`
 */
export async function findObjectConnection(
  beta: ManagementApi,
  job: JobAddress,
  id: string,
): Promise<ObjectConnection | undefined> {
  // OData writes a quote within a key twice.
  const key = segment(`'${id.replaceAll("'", "''")}'`);
  return beta.find(`${jobPath(job)}/objectConnections(${key})`, objectConnection, {
    reads: "what the provisioning job is linked to",
    needs: graphPermissions.synchronization,
  });
}
