/** Enterprise applications: list, and get by id or appId. */

import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { HttpError } from "../../../ground/http-error.ts";
import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { needs } from "../access/permissions.ts";
import { notFound } from "../graph-error.ts";
import { contextUrl, type GraphContext, type GraphRequest, type GraphRoute } from "../graph-route.ts";
import { valueAt } from "../odata/filter.ts";
import { listAnswer, selectedOf } from "../odata/list-answer.ts";
import { directoryPages, selectOf } from "../odata/list-query.ts";
import {
  appPrincipal,
  filterablePrincipalProperties,
  isPrincipalProperty,
  otherPrincipal,
  type ServicePrincipal,
} from "../objects/service-principal.ts";

export function servicePrincipalRoutes(context: GraphContext): readonly GraphRoute[] {
  return [
    {
      method: "GET",
      path: "/servicePrincipals",
      needs: needs.applications,
      handle: (request) => listPrincipals(request, context),
    },
    {
      method: "GET",
      path: "/servicePrincipals/:id",
      needs: needs.applications,
      handle: (request) => getPrincipal(request, principalOf(request, context)),
    },
    {
      method: "GET",
      path: "/servicePrincipals(appId=':appId')",
      needs: needs.applications,
      handle: (request) => getPrincipal(request, principalOf(request, context)),
    },
  ];
}

/** The settings of the app; a company of another provider has none that Graph could show. */
export function settingsOf({ company }: Pick<GraphContext, "company">): EntraAppSettings {
  const settings = company.app();
  if (settings.idp === "entra") return settings;
  throw new HttpError(500, "the company is not provisioned by Entra ID");
}

function principals(context: GraphContext): readonly ServicePrincipal[] {
  const { company, options } = context;
  const others = (options.otherApps ?? []).map((name, index) => otherPrincipal(company, name, index));
  return [appPrincipal(company, settingsOf(context)), ...others].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
}

/**
 * By the `id` or the `appId` of the path.
 * @throws GraphError 404
 */
export function principalOf({ params }: GraphRequest, context: GraphContext): ServicePrincipal {
  const { id, appId } = params;
  const found = principals(context).find((one) =>
    appId === undefined ? one.id === id?.toLowerCase() : one.appId === appId.toLowerCase(),
  );
  if (found === undefined) throw notFound(appId ?? id ?? "");
  return found;
}

/** Whether it is the app that the company is provisioned by. */
export function isOwnApp({ id }: ServicePrincipal, { company }: GraphContext): boolean {
  return id === company.appId;
}

function show(object: JsonObject, select: readonly string[] | undefined): JsonObject {
  return selectedOf(object, select, { known: isPrincipalProperty, type: "microsoft.graph.servicePrincipal" });
}

function listPrincipals(request: GraphRequest, context: GraphContext): EmulatedAnswer {
  return listAnswer(
    request,
    {
      items: principals(context),
      idOf: ({ id }) => id,
      valueOf: ({ object }, path) => valueAt(object, path),
      show: ({ object }, { select }) => show(object, select),
      context: "servicePrincipals",
      pages: directoryPages,
      filterable: filterablePrincipalProperties,
      sortable: new Set(["displayName"]),
      isDirectory: true,
    },
    context.skipTokens,
  );
}

function getPrincipal(request: GraphRequest, { object }: ServicePrincipal): EmulatedAnswer {
  const select = selectOf(request.query);
  const names = select === undefined ? "" : `(${select.join(",")})`;
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(request, `servicePrincipals${names}/$entity`),
      ...show(object, select),
    },
  };
}
