/** The synchronization job: state, schema, secrets, and what is pressed in the console. */

import * as z from "zod";
import { documentedEntraSettings } from "../../../directory/entra-app-settings.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { needs } from "../access/permissions.ts";
import { badRequest, GraphError, notFound } from "../graph-error.ts";
import {
  contextUrl,
  noContent,
  type GraphContext,
  type GraphRequest,
  type GraphRoute,
} from "../graph-route.ts";
import { objectOf } from "../graph-body.ts";
import { isOwnApp, principalOf, settingsOf } from "../routes/service-principals.ts";
import { jobObject, memoryOf } from "./job-object.ts";
import { jobIdOf, ruleIdOf, templateOf } from "./job-names.ts";
import { objectConnectionRoutes } from "./object-connections.ts";
import { OnDemandRate, provisionOnDemand, readOnDemand } from "./on-demand.ts";
import { resetScopes, restartActions } from "./restart.ts";
import { schemaOf } from "./schema-of-settings.ts";
import { readSecrets, SavedCredentials, savedCredentials, settingsWithSecrets } from "./secrets.ts";
import { settingsWithSchema } from "./settings-of-schema.ts";
import { validateCredentials } from "./validate-credentials.ts";

export function synchronizationRoutes(context: GraphContext): readonly GraphRoute[] {
  const saved = new SavedCredentials(context.options.target);
  const parents = ["/servicePrincipals/:id", "/servicePrincipals(appId=':appId')"];
  return parents.flatMap((parent) =>
    [
      ...jobRoutes(context),
      ...schemaRoutes(context),
      ...credentialRoutes(context, saved),
      ...controlRoutes(context),
      ...objectConnectionRoutes(context),
    ].map((route): GraphRoute => ({
      ...route,
      path: `${parent}/synchronization${route.path}`,
      isSynchronization: true,
      handle: (request) => {
        requireJob(request, context);
        return route.handle(request);
      },
    })),
  );
}

/** @throws GraphError 404 for a job, or an app, that there is not */
function requireJob(request: GraphRequest, context: GraphContext): void {
  const { jobId } = request.params;
  const isOwn = isOwnApp(principalOf(request, context), context);
  if (jobId !== undefined && !(isOwn && jobId === jobIdOf(context))) throw notFound(jobId);
}

const job = "/jobs/:jobId";

function jobRoutes(context: GraphContext): readonly GraphRoute[] {
  const read = needs.synchronization;
  return [
    {
      method: "GET",
      path: "/jobs",
      needs: read,
      handle: (request) => ({
        status: 200,
        body: {
          "@odata.context": contextUrl(request, "servicePrincipals/synchronization/jobs"),
          value: isOwnApp(principalOf(request, context), context) ? [jobObject(context)] : [],
        },
      }),
    },
    {
      method: "POST",
      path: "/jobs",
      needs: needs.changeSynchronization,
      handle: () => {
        throw new GraphError(
          409,
          "Conflict",
          `A job of the template '${templateOf(settingsOf(context))}' exists already.`,
        );
      },
    },
    {
      method: "GET",
      path: job,
      needs: read,
      handle: (request) => ({
        status: 200,
        body: {
          "@odata.context": contextUrl(request, "servicePrincipals/synchronization/jobs/$entity"),
          ...jobObject(context),
        },
      }),
    },
  ];
}

function schemaRoutes(context: GraphContext): readonly GraphRoute[] {
  const { company } = context;
  const path = `${job}/schema`;
  return [
    {
      method: "GET",
      path,
      needs: needs.synchronization,
      handle: (request) => ({
        status: 200,
        body: {
          "@odata.context": contextUrl(request, "servicePrincipals/synchronization/jobs/schema/$entity"),
          ...schemaOf(settingsOf(context), { jobId: jobIdOf(context), ruleId: ruleIdOf(context) }),
        },
      }),
    },
    ...(["PATCH", "PUT"] as const).map((method): GraphRoute => ({
      method,
      path,
      needs: needs.changeSynchronization,
      handle: (request) => {
        const settings = settingsWithSchema(settingsOf(context), objectOf(request.body));
        company.changeApp(() => settings);
        return noContent;
      },
    })),
    {
      method: "DELETE",
      path,
      needs: needs.changeSynchronization,
      handle: () => {
        const { users, groups } = documentedEntraSettings;
        company.changeApp(() => ({ ...settingsOf(context), users, groups }));
        return noContent;
      },
    },
  ];
}

const credentialsBody = z.looseObject({
  credentials: z.unknown().optional(),
  useSavedCredentials: z.boolean().nullish(),
});

function credentialRoutes(context: GraphContext, saved: SavedCredentials): readonly GraphRoute[] {
  const { company } = context;
  return [
    {
      method: "PUT",
      path: "/secrets",
      needs: needs.changeSynchronization,
      handle: (request) => {
        const secrets = readSecrets(objectOf(request.body)["value"]);
        const settings: EntraAppSettings = settingsWithSecrets(settingsOf(context), secrets);
        saved.save(secrets);
        company.changeApp(() => settings);
        return noContent;
      },
    },
    {
      method: "POST",
      path: `${job}/validateCredentials`,
      needs: needs.changeSynchronization,
      handle: async (request) => {
        const { target, current } = saved;
        if (target === undefined || current === undefined) {
          throw new GraphError(400, "CredentialsMissing", "No credentials are saved.");
        }
        const read = credentialsBody.safeParse(request.body ?? {});
        if (!read.success) throw badRequest("The credentials must be a list of keys with values.");
        const { credentials: sent, useSavedCredentials } = read.data;
        const secrets =
          sent === undefined || useSavedCredentials === true ? new Map<string, string>() : readSecrets(sent);
        await validateCredentials(context, settingsOf(context), {
          target,
          credentials: savedCredentials(current, secrets),
        });
        return noContent;
      },
    },
  ];
}

function controlRoutes(context: GraphContext): readonly GraphRoute[] {
  const { company } = context;
  const change = needs.changeSynchronization;
  const rate = new OnDemandRate();
  return [
    {
      method: "POST",
      path: `${job}/start`,
      needs: change,
      handle: () => {
        // Inferred: a job that paused itself or was disabled goes on where it stopped.
        if (memoryOf(context).state !== "active") {
          company.act({ kind: "restart-provisioning", resets: [] });
          company.runCycle();
        }
        company.resume();
        return noContent;
      },
    },
    {
      method: "POST",
      path: `${job}/pause`,
      needs: change,
      handle: () => {
        company.pause();
        return noContent;
      },
    },
    {
      method: "POST",
      path: `${job}/restart`,
      needs: change,
      handle: (request) => {
        for (const action of restartActions(resetScopes(request.body))) company.act(action);
        if (company.isPaused()) company.resume();
        else company.runCycle();
        return noContent;
      },
    },
    {
      method: "POST",
      path: `${job}/provisionOnDemand`,
      needs: change,
      handle: async (request) => {
        rate.count(context.nowMs());
        const answer = await provisionOnDemand(context, readOnDemand(request.body, context));
        return {
          status: 200,
          body: {
            "@odata.context": contextUrl(request, "microsoft.graph.stringKeyStringValuePair"),
            ...answer,
          },
        };
      },
    },
  ];
}
