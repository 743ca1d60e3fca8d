/**
 * Astro's own API: `/v1`, and for the paths that are the same the deprecated `/iam/v1beta1` and `/platform/v1beta1`. It works
 * on the same organizations as SCIM.
 */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { Api, RequestForm } from "../api/api.ts";
import type { Authenticator } from "../api/auth.ts";
import type { Caller } from "../api/caller.ts";
import { organizationOfPath } from "../api/organization-of-path.ts";
import type { RateLimiter } from "../api/rate-limits.ts";
import type { AuditLines, IamContext, IamOrganization } from "./context.ts";
import { errorBody, jsonMediaType } from "./iam-error.ts";
import { iamV1Beta1Routes, platformV1Beta1Routes, v1Routes } from "./routes.ts";

export interface IamApiOptions {
  /** One organization on behalf of a caller; undefined for one that this server does not have. */
  readonly organization: (id: string, caller: Caller) => IamOrganization | undefined;
  readonly behaviour: Behaviour;
  readonly authenticator: Authenticator;
  readonly rateLimiter: RateLimiter | undefined;
  readonly auditLines: AuditLines;
}

/** Whatever a body is declared to be, it is read as JSON: 415 is no answer of this API. */
const form: RequestForm = {
  mediaType: jsonMediaType,
  acceptsBody: () => true,
  queryName: (name) => name,
};

const versions = [
  { prefix: "/v1", routes: v1Routes },
  { prefix: "/iam/v1beta1", routes: iamV1Beta1Routes },
  { prefix: "/platform/v1beta1", routes: platformV1Beta1Routes },
];

export function iamApis({
  organization,
  behaviour,
  authenticator,
  rateLimiter,
  auditLines,
}: IamApiOptions): readonly Api<IamContext>[] {
  // A token cannot tell one from the other: the list of users declares 403 and no 404 (Astro API reference).
  const admission = { find: organization, rules: behaviour, tellsUnknown: false };
  const contextOf = (id: string | undefined, caller: Caller): IamContext => {
    const organizations = caller.organizationIds.flatMap((one) => organization(one, caller) ?? []);
    const named = id === undefined ? undefined : organizationOfPath(id, caller, admission);
    return { caller, organizations, organization: named, tokens: authenticator, auditLines };
  };
  return versions.map(({ prefix, routes }) => ({
    prefix,
    faultBase: `${prefix}/organizations/:organizationId`,
    location: `Astro's own API is at ${prefix}/organizations/{organizationId}`,
    mediaType: jsonMediaType,
    form,
    authenticator,
    rateLimiter,
    admit: ({ organizationId }, caller) => {
      const context = contextOf(organizationId, caller);
      const { organization: asked } = context;
      if (asked?.behaviour.expiredInvite !== "removed") return context;
      return asked.operations.revokeExpiredInvites().then(() => context);
    },
    routes,
    refusedRoutes: [],
    errorBody,
    isForClients: true,
  }));
}
