/** Users of the organization (Okta API: Users). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";

/** An answer without a login shows nothing of the user: an administrator's role that does not reach it can cause that. */
export const oktaUser = z.looseObject({
  id: z.string(),
  status: z.string(),
  profile: z.looseObject({ login: z.string().min(1) }),
});

export type OktaUser = z.infer<typeof oktaUser>;

/** Undefined where there is none with this id. */
export async function findUser(api: ManagementApi, id: string): Promise<OktaUser | undefined> {
  return api.find(`/api/v1/users/${encodeURIComponent(id)}`, oktaUser, {
    reads: "a user assigned to the app",
    needs: oktaScopes.users,
  });
}
