/** What is pressed on a synchronization job: provision on demand, restart, start (Microsoft Graph: synchronizationJob). */

import type { ManagementApi, WriteAnswer, WritePurpose } from "../management-api.ts";
import { onDemandResult, type OnDemandResult } from "./on-demand-answer.ts";
import { graphPermissions } from "./permissions.ts";
import { jobPath, type JobAddress } from "./synchronization-jobs.ts";

/** Most members of a group in one run (Microsoft: On-demand provisioning, supported scenarios). */
export const mostMembersOnDemand = 5;

/** Whom to provision. */
export interface OnDemandSubject {
  readonly type: "User" | "Group";
  readonly objectId: string;
  /** For messages. */
  readonly name: string;
  /** Of a group: ids of members who are sent with it, five at most. */
  readonly memberIds?: readonly string[];
}

/** What came of a request to provision on demand. */
export type OnDemandAnswer =
  | { readonly kind: "answered"; readonly result: OnDemandResult }
  | Exclude<WriteAnswer, { readonly kind: "accepted" }>;

/**
 * Provisions one user or group at once. Entra ID takes up to half a minute and answers when it is done.
 * @throws AppError as `ManagementApi.write`
 */
export async function provisionOnDemand(
  api: ManagementApi,
  job: JobAddress & { readonly ruleId: string },
  { type, objectId, name, memberIds = [] }: OnDemandSubject,
): Promise<OnDemandAnswer> {
  const members = memberIds.map((id) => ({ objectId: id, objectTypeName: "User" }));
  const subject = {
    objectId,
    objectTypeName: type,
    ...(members.length === 0 ? {} : { links: { members } }),
  };
  const answer = await api.write(
    {
      method: "POST",
      path: `${jobPath(job)}/provisionOnDemand`,
      body: { parameters: [{ ruleId: job.ruleId, subjects: [subject] }] },
    },
    purposeOf(`provision ${name} on demand`),
  );
  return answer.kind === "accepted" ? { kind: "answered", result: onDemandResult(answer.json) } : answer;
}

/**
 * What a restart can reset, each alone or several together. `None` and `ConnectorDataStore` are not to be used, and `ForceDeletes`
 * deletes (Microsoft Graph: synchronizationJobRestartCriteria).
 */
export const resetScopes = ["Escrows", "QuarantineState", "Watermark", "Full"] as const;
export type ResetScope = (typeof resetScopes)[number];

/** @throws AppError as `ManagementApi.write` */
export async function restartJob(
  api: ManagementApi,
  job: JobAddress,
  scopes: readonly ResetScope[],
): Promise<WriteAnswer> {
  return api.write(
    {
      method: "POST",
      path: `${jobPath(job)}/restart`,
      body: { criteria: { resetScope: scopes.join(", ") } },
    },
    purposeOf("restart the synchronization job"),
  );
}

function purposeOf(does: string): WritePurpose {
  return { does, needs: graphPermissions.changeSynchronization };
}
