/** The provisioning log: what the job last did about each object (Microsoft Graph: provisioningObjectSummary). */

import * as z from "zod";
import { AppError } from "../../ground/errors.ts";
import { NoLicence } from "../judge.ts";
import type { ListOptions, ManagementApi } from "../management-api.ts";
import { quoted, withQuery } from "./odata.ts";
import { graphPermissions } from "./permissions.ts";

const errorInformation = z
  .object({
    errorCode: z.string().nullish(),
    reason: z.string().nullish(),
    additionalDetails: z.string().nullish(),
  })
  .nullish();

/** Without what else a record has: a log can have very many of them. */
export const provisioningRecord = z.object({
  id: z.string(),
  activityDateTime: z.string().min(1),
  jobId: z.string().nullish(),
  provisioningAction: z.string().nullish(),
  provisioningStatusInfo: z.object({ status: z.string(), errorInformation }),
  sourceIdentity: z
    .object({
      id: z.string().nullish(),
      displayName: z.string().nullish(),
      identityType: z.string().nullish(),
    })
    .nullish(),
  provisioningSteps: z
    .array(
      z.object({
        name: z.string().nullish(),
        status: z.string().nullish(),
        description: z.string().nullish(),
        /** Of a step that skips: why, in one word. */
        details: z.object({ SkipReason: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

export type ProvisioningRecord = z.infer<typeof provisioningRecord>;

/**
 * Everything that the log has of the job: 30 days with Microsoft Entra ID P1 or P2, 7 days without. The newest comes first.
 * Undefined where the tenant has no licence for the log.
 */
export async function listProvisioningRecords(
  api: ManagementApi,
  jobId: string,
  options?: ListOptions,
): Promise<readonly ProvisioningRecord[] | undefined> {
  const path = withQuery("/auditLogs/provisioning", {
    filter: `jobId eq ${quoted(jobId)}`,
    orderBy: "activityDateTime desc",
  });
  const purpose = { reads: "the provisioning log", needs: graphPermissions.provisioningLog };
  try {
    return await api.list(path, provisioningRecord, purpose, options);
  } catch (error) {
    if (error instanceof AppError && error.cause instanceof NoLicence) return undefined;
    throw error;
  }
}

/** A record with the object at the target and what changed, for the story of one object. */
export const detailedRecord = provisioningRecord.extend({
  targetIdentity: z.object({ id: z.string().nullish(), displayName: z.string().nullish() }).nullish(),
  modifiedProperties: z
    .array(
      z.object({
        displayName: z.string().nullish(),
        oldValue: z.string().nullish(),
        newValue: z.string().nullish(),
      }),
    )
    .nullish(),
});

export type DetailedRecord = z.infer<typeof detailedRecord>;

/** Everything that the log has of one user or group, by its object id; the newest comes first. */
export async function listRecordsAbout(
  api: ManagementApi,
  { jobId, objectId }: { readonly jobId: string; readonly objectId: string },
  options?: ListOptions,
): Promise<readonly DetailedRecord[]> {
  const path = withQuery("/auditLogs/provisioning", {
    filter: `jobId eq ${quoted(jobId)} and sourceIdentity/id eq ${quoted(objectId)}`,
    orderBy: "activityDateTime desc",
  });
  const purpose = { reads: "the provisioning log", needs: graphPermissions.provisioningLog };
  return await api.list(path, detailedRecord, purpose, options);
}
