/** Apps, their provisioning features and connection. */

import * as z from "zod";
import { compileSearch } from "../filter.ts";
import { param, type OktaContext, type OktaRequest, type Operation } from "../context.ts";
import { invalid, notFound } from "../errors.ts";
import { limitOf, pageAnswer } from "../paging.ts";
import { readBody } from "../read-body.ts";
import { allApps, appJson, connectionJson, featureJson, type ListedApp } from "../resources/app.ts";

const read = ["okta.apps.read"];
const manage = ["okta.apps.manage"];
const limits = { fallback: 200, max: 200 };

export const appOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/v1/apps",
    scopes: read,
    handle: (request, context) => {
      const { query, origin } = request;
      const q = query.get("q")?.toLowerCase() ?? "";
      const filter = query.get("filter");
      const isWanted = filter === null || filter === "" ? () => true : compileSearch(filter);
      const items = allApps(context)
        .map((app) => ({ app, json: appJson(context, app, origin) }))
        .filter(({ app, json }) => app.label.toLowerCase().startsWith(q) && isWanted(json));
      return pageAnswer(
        request,
        { items, idOf: ({ app }) => app.id, show: ({ json }) => json, limit: limitOf(request, limits) },
        context.switches,
      );
    },
  },
  {
    method: "GET",
    path: "/api/v1/apps/:appId",
    scopes: read,
    handle: (request, context) => ({
      status: 200,
      body: appJson(context, appOf(request, context), request.origin),
    }),
  },
  {
    method: "GET",
    path: "/api/v1/apps/:appId/features",
    scopes: read,
    handle: (request, context) => {
      requireProvisioning(request, context);
      return { status: 200, body: [featureJson(context, request.origin)] };
    },
  },
  {
    method: "GET",
    path: "/api/v1/apps/:appId/features/:featureName",
    scopes: read,
    handle: (request, context) => {
      requireFeature(request, context);
      return { status: 200, body: featureJson(context, request.origin) };
    },
  },
  {
    method: "PUT",
    path: "/api/v1/apps/:appId/features/:featureName",
    scopes: manage,
    handle: (request, context) => {
      requireFeature(request, context);
      const { create, update } = readBody(request, capabilities, "feature");
      const isOn = (setting: z.infer<typeof toggle>): boolean | undefined =>
        setting === undefined ? undefined : setting.status === "ENABLED";
      const { company } = context;
      company.changeApp((app) => {
        if (app.idp !== "okta") return app;
        return {
          ...app,
          createUsers: isOn(create?.lifecycleCreate) ?? app.createUsers,
          updateUserAttributes: isOn(update?.profile) ?? app.updateUserAttributes,
          deactivateUsers: isOn(update?.lifecycleDeactivate) ?? app.deactivateUsers,
        };
      }, request.by);
      return { status: 200, body: featureJson(context, request.origin) };
    },
  },
  {
    method: "GET",
    path: "/api/v1/apps/:appId/connections/default",
    scopes: read,
    handle: (request, context) => {
      requireOurs(request, context);
      return { status: 200, body: connectionJson(context, request.origin) };
    },
  },
];

const toggle = z.looseObject({ status: z.enum(["ENABLED", "DISABLED"]) }).optional();

const capabilities = z.looseObject({
  create: z.looseObject({ lifecycleCreate: toggle }).optional(),
  update: z.looseObject({ profile: toggle, lifecycleDeactivate: toggle }).optional(),
});

/** @throws OktaError E0000007 */
function appOf(request: OktaRequest, context: OktaContext): ListedApp {
  const id = param(request, "appId");
  const app = allApps(context).find((one) => one.id === id);
  if (app === undefined) throw notFound(id, "AppInstance");
  return app;
}

/** @throws OktaError E0000007 for any other app */
export function requireOurs(request: OktaRequest, context: OktaContext): void {
  if (!appOf(request, context).isOurs) throw notFound(param(request, "appId"), "AppInstance");
}

/** @throws OktaError E0000007, E0000001 where provisioning is off (Okta API: ApplicationFeatures) */
export function requireProvisioning(request: OktaRequest, context: OktaContext): void {
  if (!appOf(request, context).isOurs || !context.switches.provisioning) {
    throw invalid("feature", "Provisioning is not enabled for the app instance.");
  }
}

function requireFeature(request: OktaRequest, context: OktaContext): void {
  requireProvisioning(request, context);
  const name = param(request, "featureName");
  if (name !== "USER_PROVISIONING") throw notFound(name, "ApplicationFeature");
}
