/**
 * The control endpoint: `/_control/…` on the port of the local Astro, for the same token. It is ours and nothing of
 * SCIM's, so discovery does not announce it.
 */

import type { Api } from "../api/api.ts";
import type { Control } from "./control.ts";
import { controlRoutes } from "./routes.ts";

export const controlPath = "/_control";

/** Who is let in, and how errors are written, is as it is for the clients of this server. */
export function controlApi(
  control: Control,
  { authenticator, errorBody }: Pick<Api, "authenticator" | "errorBody">,
): Api<Control> {
  return {
    prefix: controlPath,
    location: `the control endpoint is at ${controlPath}/state`,
    mediaType: "application/json; charset=utf-8",
    // Any body is read as JSON: without -H, curl declares a form.
    form: { mediaType: "application/json", acceptsBody: () => true, queryName: (name) => name },
    authenticator,
    rateLimiter: undefined,
    admit: () => control,
    routes: controlRoutes,
    refusedRoutes: [],
    errorBody,
    isForClients: false,
  };
}
