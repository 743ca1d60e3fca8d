/** The provisioning log: what the job last did about each object (Microsoft Graph: provisioningObjectSummary). */

import * as z from "zod";
import type { ListOptions, ManagementApi } from "../management-api.ts";
import { quoted, withQuery } from "./odata.ts";
import { graphPermissions } from "./permissions.ts";

const errorInformation = z
  .looseObject({
    errorCode: z.string().nullish(),
    reason: z.string().nullish(),
    additionalDetails: z.string().nullish(),
  })
  .nullish();

export const provisioningRecord = z.looseObject({
  id: z.string(),
  activityDateTime: z.string().min(1),
  jobId: z.string().nullish(),
  provisioningAction: z.string().nullish(),
  provisioningStatusInfo: z.looseObject({ status: z.string(), errorInformation }),
  sourceIdentity: z
    .looseObject({
      id: z.string().nullish(),
      displayName: z.string().nullish(),
      identityType: z.string().nullish(),
    })
    .nullish(),
  provisioningSteps: z
    .array(
      z.looseObject({
        name: z.string().nullish(),
        status: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
});

export type ProvisioningRecord = z.infer<typeof provisioningRecord>;

/** Everything that the log has of the job: 30 days with Microsoft Entra ID P1 or P2, 7 days without. In no certain order. */
export async function listProvisioningRecords(
  api: ManagementApi,
  jobId: string,
  options?: ListOptions,
): Promise<readonly ProvisioningRecord[]> {
  const path = withQuery("/auditLogs/provisioning", { filter: `jobId eq ${quoted(jobId)}` });
  return await api.list(
    path,
    provisioningRecord,
    { reads: "the provisioning log", needs: graphPermissions.provisioningLog },
    options,
  );
}
