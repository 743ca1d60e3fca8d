/** The enterprise application that is meant, and its synchronization job: exactly one of each, or an error that lists them. */

import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { printable } from "../../ground/text/printable.ts";
import {
  findServicePrincipal,
  listServicePrincipalsBeginning,
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
  const listed = await listServicePrincipals(api, { displayName: name });
  // The name in any case, as Graph compares: an API that does not filter lists every other one, too.
  const found = listed.filter(({ displayName }) => foldCase(displayName.trim()) === foldCase(name.trim()));
  const [only, ...further] = found;
  if (only === undefined) throw notFound(name, await similarTo(api, name));
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

const mostSimilar = 10;

/** Applications whose name begins with the same word. */
async function similarTo(api: ManagementApi, name: string): Promise<readonly ServicePrincipal[]> {
  const word = name.trim().split(/\s/)[0] ?? "";
  if (word === "" || guid.test(word)) return [];
  const listed = await listServicePrincipalsBeginning(api, word, mostSimilar);
  // An API that does not filter lists every other one, too.
  return listed.filter(({ displayName }) => foldCase(displayName).startsWith(foldCase(word)));
}

function notFound(name: string, similar: readonly ServicePrincipal[]): AppError {
  const message = `Entra ID has no enterprise application "${printable(name)}".`;
  if (similar.length === 0) {
    return new AppError("source-incomplete", message, {
      hint: "Give --entra-app the display name or the object ID of the enterprise application (Entra admin center: Enterprise applications). The object ID of an app registration is a different one.",
    });
  }
  const lines = similar.map(({ id, displayName }) => `  ${id}  ${printable(displayName)}`);
  return new AppError("source-incomplete", message, {
    hint: ["Applications with a name that begins like this:", ...lines].join("\n"),
    isList: true,
  });
}

async function findById(api: ManagementApi, id: string): Promise<ServicePrincipal | undefined> {
  const listed = await listServicePrincipals(api, { appId: id });
  const byAppId = listed.find(({ appId }) => foldCase(appId) === foldCase(id));
  if (byAppId !== undefined) return byAppId;
  const byObjectId = await findServicePrincipal(api, id);
  return byObjectId === undefined || foldCase(byObjectId.id) === foldCase(id) ? byObjectId : undefined;
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
    hint: `Choose one with --entra-job:\n${lines.join("\n")}`,
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
