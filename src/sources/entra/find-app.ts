/** The enterprise application that is meant, and its synchronization job: exactly one of each, or an error that lists them. */

import { AppError } from "../../ground/errors.ts";
import { printable } from "../../ground/printable.ts";
import {
  findServicePrincipal,
  listServicePrincipals,
  type ServicePrincipal,
} from "../../management/graph/applications.ts";
import { getJob, listJobs, type SynchronizationJob } from "../../management/graph/synchronization-jobs.ts";
import type { ManagementApi } from "../../management/management-api.ts";
import { isOwnTemplate } from "./settings/app-settings.ts";

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * By display name, object id or appId.
 * @throws AppError source-incomplete where none or several are found
 */
export async function findApplication(api: ManagementApi, name: string): Promise<ServicePrincipal> {
  const byId = guid.test(name) ? await findById(api, name) : undefined;
  if (byId !== undefined) return byId;
  const found = await listServicePrincipals(api, { displayName: name });
  const [only, ...further] = found;
  if (only === undefined) {
    throw new AppError("source-incomplete", `Entra ID has no enterprise application "${printable(name)}".`, {
      hint: "Give --entra-app the display name or the object id of the enterprise application (Entra admin center: Enterprise applications). An app registration alone is not enough.",
    });
  }
  if (further.length === 0) return only;
  const lines = found.map(
    ({ id, appId, displayName }) => `${printable(displayName)}: ${id} (appId ${appId})`,
  );
  throw new AppError(
    "source-incomplete",
    `Entra ID has ${found.length} enterprise applications "${printable(name)}".`,
    {
      hint: `Give --entra-app one of these object ids:\n${lines.join("\n")}`,
      isList: true,
    },
  );
}

async function findById(api: ManagementApi, id: string): Promise<ServicePrincipal | undefined> {
  const [byAppId] = await listServicePrincipals(api, { appId: id });
  return byAppId ?? (await findServicePrincipal(api, id));
}

/**
 * The job with this id; without one the only job of the app, or the only one that provisions by SCIM.
 * @throws AppError source-incomplete where there is none, or it is not clear which one is meant
 */
export async function findJob(
  api: ManagementApi,
  { id, displayName }: ServicePrincipal,
  wanted: string | undefined,
): Promise<SynchronizationJob> {
  const jobs = await listJobs(api, id);
  const job = meantJob(jobs, wanted);
  if (job !== undefined) return await getJob(api, { servicePrincipalId: id, jobId: job.id });
  const app = printable(displayName);
  if (jobs.length === 0) {
    throw new AppError("source-incomplete", `The enterprise application ${app} has no synchronization job.`, {
      hint: "Provisioning is not set up: in the Entra admin center, open the application, Provisioning > New configuration.",
    });
  }
  const lines = jobs.map((one) =>
    printable(`${one.id} (template ${one.templateId ?? "not named"}, ${one.status.code})`),
  );
  const message =
    wanted === undefined
      ? `The enterprise application ${app} has ${jobs.length} synchronization jobs.`
      : `The enterprise application ${app} has no synchronization job ${printable(wanted)}.`;
  throw new AppError("source-incomplete", message, {
    hint: `Only one job can be read. Its jobs:\n${lines.join("\n")}`,
    isList: true,
  });
}

function meantJob(
  jobs: readonly SynchronizationJob[],
  wanted: string | undefined,
): SynchronizationJob | undefined {
  if (wanted !== undefined) return jobs.find(({ id }) => id === wanted);
  if (jobs.length === 1) return jobs[0];
  const own = jobs.filter(isOwnTemplate);
  return own.length === 1 ? own[0] : undefined;
}
