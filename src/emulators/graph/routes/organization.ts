/** The tenant and its domains. */

import type { JsonObject } from "../../../ground/json.ts";
import { needs } from "../access/permissions.ts";
import { notFound } from "../graph-error.ts";
import { contextUrl, type GraphContext, type GraphRoute } from "../graph-route.ts";
import { settingsOf } from "./service-principals.ts";

export function organizationRoutes(context: GraphContext): readonly GraphRoute[] {
  return [
    {
      method: "GET",
      path: "/organization",
      needs: needs.organization,
      handle: (request) => ({
        status: 200,
        body: { "@odata.context": contextUrl(request, "organization"), value: [organization(context)] },
      }),
    },
    {
      method: "GET",
      path: "/organization/:id",
      needs: needs.organization,
      handle: (request) => {
        const { id = "" } = request.params;
        if (id.toLowerCase() !== context.tenantId) throw notFound(id);
        return {
          status: 200,
          body: { "@odata.context": contextUrl(request, "organization/$entity"), ...organization(context) },
        };
      },
    },
    {
      method: "GET",
      path: "/domains",
      needs: needs.domains,
      handle: (request) => ({
        status: 200,
        body: {
          "@odata.context": contextUrl(request, "domains"),
          value: domainsOf(context).map(({ name, isDefault }) => ({
            authenticationType: "Managed",
            id: name,
            isAdminManaged: true,
            isDefault,
            isInitial: isInitial(name),
            isRoot: true,
            isVerified: true,
            supportedServices: ["Email", "OfficeCommunicationsOnline"],
          })),
        },
      }),
    },
  ];
}

interface Domain {
  readonly name: string;
  readonly isDefault: boolean;
}

/** The default one, and the one with which the tenant was made. */
export function domainsOf(context: Pick<GraphContext, "company">): readonly Domain[] {
  const { defaultDomain } = settingsOf(context);
  const initial = `${(defaultDomain.split(".")[0] ?? "contoso").toLowerCase()}.onmicrosoft.com`;
  return initial === defaultDomain
    ? [{ name: initial, isDefault: true }]
    : [
        { name: defaultDomain, isDefault: true },
        { name: initial, isDefault: false },
      ];
}

function isInitial(name: string): boolean {
  return name.endsWith(".onmicrosoft.com");
}

function organization(context: GraphContext): JsonObject {
  const domains = domainsOf(context);
  return {
    id: context.tenantId,
    deletedDateTime: null,
    businessPhones: [],
    countryLetterCode: null,
    createdDateTime: null,
    displayName: domains[0]?.name.split(".")[0] ?? null,
    onPremisesSyncEnabled: null,
    tenantType: "AAD",
    technicalNotificationMails: [],
    verifiedDomains: domains.map(({ name, isDefault }) => ({
      capabilities: "Email, OfficeCommunicationsOnline",
      isDefault,
      isInitial: isInitial(name),
      name,
      type: "Managed",
    })),
  };
}
