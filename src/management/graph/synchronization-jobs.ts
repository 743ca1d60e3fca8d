/** Synchronization jobs: whether they run, and their settings. */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { segment } from "./odata.ts";
import { graphPermissions } from "./permissions.ts";

const time = z.string().nullish();

const error = z.looseObject({ code: z.string().nullish(), message: z.string().nullish() }).nullish();

const execution = z.looseObject({ timeEnded: time, state: z.string().nullish(), error }).nullish();

const quarantine = z
  .looseObject({
    reason: z.string().nullish(),
    currentBegan: time,
    seriesBegan: time,
    nextAttempt: time,
    error,
  })
  .nullish();

export const synchronizationJob = z.looseObject({
  id: z.string().min(1),
  templateId: z.string().nullish(),
  schedule: z.looseObject({ state: z.string().nullish() }).nullish(),
  status: z.looseObject({
    code: z.string(),
    quarantine,
    lastExecution: execution,
    lastSuccessfulExecution: execution,
    escrowsPruned: z.boolean().nullish(),
    /** When a cycle last left nothing to do. */
    steadyStateLastAchievedTime: time,
    /** How many objects of each type the job knows at the target, those that have left included. */
    synchronizedEntryCountByType: z
      .array(z.looseObject({ key: z.string(), value: z.coerce.number() }))
      .nullish(),
  }),
  synchronizationJobSettings: z
    .array(z.looseObject({ name: z.string(), value: z.string().nullish() }))
    .nullish(),
});

export type SynchronizationJob = z.infer<typeof synchronizationJob>;

const jobsOf = (servicePrincipalId: string): string =>
  `/servicePrincipals/${segment(servicePrincipalId)}/synchronization/jobs`;

export async function listJobs(
  api: ManagementApi,
  servicePrincipalId: string,
): Promise<readonly SynchronizationJob[]> {
  return await api.list(jobsOf(servicePrincipalId), synchronizationJob, {
    reads: "the synchronization jobs",
    needs: graphPermissions.synchronization,
  });
}

/** Where a job is. */
export interface JobAddress {
  readonly servicePrincipalId: string;
  readonly jobId: string;
}

/** The path of a job. */
export function jobPath({ servicePrincipalId, jobId }: JobAddress): string {
  return `${jobsOf(servicePrincipalId)}/${segment(jobId)}`;
}

export async function getJob(api: ManagementApi, address: JobAddress): Promise<SynchronizationJob> {
  const purpose = { reads: "the synchronization job", needs: graphPermissions.synchronization };
  return await api.get(jobPath(address), synchronizationJob, purpose, { id: address.jobId });
}
