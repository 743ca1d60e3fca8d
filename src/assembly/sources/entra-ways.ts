/** Repairs through a live Entra ID: connections that may write, the job, and the ids of its users and groups. */

import type { ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import { graphBetaVersion, graphVersion, nameOfCloud } from "../../management/graph/clouds.ts";
import { graphDialect } from "../../management/graph/dialect.ts";
import { getSchema } from "../../management/graph/synchronization-schema.ts";
import { claimsIn, type TokenClaims } from "../../management/graph/token-claims.ts";
import type { ManagementApi } from "../../management/management-api.ts";
import { createEntraWays } from "../../repair/via/entra/entra-ways.ts";
import type { EntraJob } from "../../repair/via/entra/context.ts";
import type { ProviderWays } from "../../repair/via/provider-ways.ts";
import { findApplication, findJob } from "../../sources/entra/find-app.ts";
import { ruleIdFor } from "../../sources/entra/settings/app-settings.ts";
import type { EntraTarget } from "../../target/directory/find-entra.ts";
import type { Authorizer } from "../../wire/authorizer.ts";
import type { Io } from "../../world/io.ts";
import { entraAuthorizer } from "./entra-authorizer.ts";
import { entraIds } from "./entra-ids.ts";
import { connectManagement } from "./management-connection.ts";
import type { SourceRun } from "./prepared-source.ts";

export interface EntraWaysConnection {
  readonly ways: ProviderWays;
  readonly close: () => Promise<void>;
}

export interface EntraWaysEnd {
  readonly io: Io;
  readonly run: SourceRun;
  readonly entra: EntraTarget;
  /** For what is read before there is a plan: it ends at Ctrl-C. */
  readonly api: ManagementApi;
  /** Restarts the job instead of provisioning on demand. */
  readonly restartsJob: boolean;
  /** The directory, once it was read. */
  readonly provided: () => ProvidedDirectory | undefined;
}

/** Provisioning on demand takes up to 30 seconds (Microsoft: On-demand provisioning). */
const leastTimeoutMs = 60_000;

/** Writes nothing yet. @throws AppError where the app or its job cannot be read */
export async function openEntraWays({
  io,
  run,
  entra,
  api,
  restartsJob,
  provided,
}: EntraWaysEnd): Promise<EntraWaysConnection> {
  const { cloud, tenant } = entra;
  const job = await readJob(api, entra);
  const untilTheEnd = new AbortController().signal;
  // Ctrl-C ends the waits of a repair, and never what is under way.
  const patient = { ...run, signal: untilTheEnd, timeoutMs: Math.max(run.timeoutMs, leastTimeoutMs) };
  let authorizer: Authorizer | undefined;
  const makeAuthorizer = entraAuthorizer(io, patient, entra);
  const writing = connectManagement(io, patient, {
    dialect: graphDialect,
    baseUrl: `${cloud.graph}/${graphVersion}`,
    writes: true,
    authorizer: (tokenSender) => {
      authorizer = makeAuthorizer(tokenSender);
      return authorizer;
    },
  });
  const beta = connectManagement(io, patient, {
    dialect: graphDialect,
    baseUrl: `${cloud.graph}/${graphBetaVersion}`,
    authorizer: entraAuthorizer(io, patient, entra),
  });
  const claims = async (): Promise<TokenClaims | undefined> => {
    const headers = await authorizer?.headersFor({ method: "GET", url: `${cloud.graph}/${graphVersion}` });
    return claimsIn(headers?.["Authorization"] ?? "");
  };
  const ways = createEntraWays({
    api: writing.api,
    beta: beta.api,
    job,
    tenant,
    cloud: nameOfCloud(cloud),
    ids: () => entraIds(whole(provided())),
    claims,
    restartsJob,
    pace: {
      now: io.clock.now,
      sleep: io.timers.wait,
      signal: run.signal,
      onWait: (waitMs) =>
        run.onManagementWait({
          request: "POST …/provisionOnDemand",
          why: "Microsoft Graph takes 5 of these requests in 10 seconds",
          waitMs,
        }),
    },
  });
  return {
    ways,
    close: async () => {
      await Promise.all([writing.close(), beta.close()]);
    },
  };
}

async function readJob(api: ManagementApi, { app, job: id }: EntraTarget): Promise<EntraJob> {
  const application = await findApplication(api, app);
  const job = await findJob(api, application, id);
  const address = { servicePrincipalId: application.id, jobId: job.id };
  const schema = await getSchema(api, address);
  return {
    ...address,
    ruleIds: { users: ruleIdFor(schema, "users"), groups: ruleIdFor(schema, "groups") },
  };
}

/** A plan is routed after the directory was compared. */
function whole(provided: ProvidedDirectory | undefined): ProvidedDirectory {
  if (provided !== undefined) return provided;
  throw new AppError("failed", "Entra ID was not read before the plan.");
}
