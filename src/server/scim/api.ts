/** SCIM 2.0 below `/scim/v2/{organizationId}`. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { Api } from "../api/api.ts";
import type { Authenticator } from "../api/auth.ts";
import type { RateLimiter } from "../api/rate-limits.ts";
import { refuseUnadmitted } from "./admission.ts";
import { errorBodyOf } from "./error-body.ts";
import type { Organization } from "./organization.ts";
import { withCharset } from "./answer-media-type.ts";
import { scimMediaType, scimRequestForm } from "./request-form.ts";
import { refusedRoutes, routes } from "./routes.ts";

export interface ScimApiOptions {
  readonly organizationId: string;
  /** Asked for with each request: it is replaced when the server is reset. */
  readonly organization: () => Organization;
  readonly behaviour: Behaviour;
  readonly authenticator: Authenticator;
  /** Of all APIs; used where SCIM is limited. */
  readonly rateLimiter: RateLimiter | undefined;
}

export function scimApi({
  organizationId,
  organization,
  behaviour,
  authenticator,
  rateLimiter,
}: ScimApiOptions): Api<Organization> {
  return {
    prefix: "/scim/v2/:organizationId",
    location: "SCIM is at /scim/v2/{organizationId}/Users and /Groups",
    mediaType: withCharset(scimMediaType, behaviour),
    form: scimRequestForm(behaviour),
    authenticator,
    rateLimiter: behaviour.rateLimitedApis === "all" ? rateLimiter : undefined,
    admit: (params, caller) => {
      refuseUnadmitted({ asked: params["organizationId"], caller }, organizationId, behaviour);
      return organization();
    },
    routes,
    refusedRoutes,
    errorBody: errorBodyOf(behaviour),
    isForClients: true,
  };
}
