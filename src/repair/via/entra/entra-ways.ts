/** Repairs through Entra ID: provision on demand, with what Microsoft Graph says of the links of its provisioning. */

import * as z from "zod";
import type { ProviderApp, ProviderOperation } from "../../../drift/plan/operations/provider-operation.ts";
import { findObjectConnection } from "../../../management/graph/object-connections.ts";
import { OnDemandPace, type OnDemandPaceOptions } from "../../../management/graph/on-demand-pace.ts";
import type { TokenClaims } from "../../../management/graph/token-claims.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import type { ProviderAnswer, ProviderWays } from "../provider-ways.ts";
import { linkOf, provisionGroup, provisionUser } from "./carry-out.ts";
import type { EntraContext, EntraIds, EntraJob } from "./context.ts";
import { JobRestart } from "./restart.ts";
import { rightsOf } from "./rights.ts";
import { routeThroughEntra } from "./route.ts";

export interface EntraWaysOptions {
  /** Below `/v1.0`, opened for writing. */
  readonly api: ManagementApi;
  /** Below `/beta`: only reads. */
  readonly beta: ManagementApi;
  readonly job: EntraJob;
  /** Id of the tenant, or its domain. */
  readonly tenant: string;
  /** As `--entra-cloud` takes it; undefined for the global one. */
  readonly cloud?: string | undefined;
  /** Asked for when a plan is routed. @throws AppError invalid-file for a mapping that is wrong */
  readonly ids: () => EntraIds;
  /** Of the token that requests are sent with; undefined where it cannot be looked into. @throws AppError where none is given out */
  readonly claims: () => Promise<TokenClaims | undefined>;
  readonly pace: OnDemandPaceOptions;
  /** Restarts the job instead of provisioning on demand (`--restart-job`). */
  readonly restartsJob: boolean;
}

/** What it is linked to once it is done: another account or Team is not what the operation was for. */
async function withLink(
  answer: ProviderAnswer,
  operation: ProviderOperation,
  context: EntraContext,
): Promise<ProviderAnswer> {
  if (answer.kind !== "applied") return answer;
  const linkedTo = await linkOf("objectId" in operation ? operation.objectId : operation.groupId, context);
  return linkedTo === null ? answer : { ...answer, linkedTo };
}

const before = z.object({ linkedTo: z.string().nullable() });

export function createEntraWays(options: EntraWaysOptions): ProviderWays {
  const { api, beta, job, tenant, ids, claims, pace } = options;
  const app: ProviderApp = {
    provider: "entra",
    at: tenant,
    appId: job.servicePrincipalId,
    ...(options.cloud === undefined ? {} : { cloud: options.cloud }),
  };
  const context: EntraContext = {
    app,
    job,
    api,
    pace: new OnDemandPace(pace),
    connectionOf: async (id) => findObjectConnection(beta, job, id),
    pause: pace.sleep,
  };
  const restart = options.restartsJob ? new JobRestart(context) : undefined;
  return {
    app,
    name: "Entra ID",
    proveRights: async () => rightsOf(await claims()),
    route: async (plan, drift) => routeThroughEntra(plan, drift, { ...context, ids: ids(), restart }),
    look: async (operation) => {
      const objectId = "objectId" in operation ? operation.objectId : operation.groupId;
      return { linkedTo: await linkOf(objectId, context) };
    },
    carryOut: async (operation, carrying) => {
      // A journal that somebody has changed says nothing of the link: then the run is made again, which does nothing twice.
      const link = before.safeParse(carrying.before).data ?? { linkedTo: null };
      const run = { ...carrying, context };
      // What an earlier process has begun is finished in the smallest way, which does nothing twice.
      if (restart !== undefined && !carrying.isResumed) {
        if (link.linkedTo !== null) restart.mustClearLinks();
        return withLink(await restart.done(carrying), operation, context);
      }
      if (operation.kind === "provision-user")
        return withLink(await provisionUser(operation, link, run), operation, context);
      if (operation.kind === "provision-group")
        return withLink(await provisionGroup(operation, link, run), operation, context);
      return { kind: "failed", message: "Entra ID does not carry this out", changed: false };
    },
  };
}
