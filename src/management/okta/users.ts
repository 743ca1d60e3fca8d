/** Users of the organization (Okta API: Users). */

import * as z from "zod";
import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";

/** Whatever attributes the organization has; every user has a login. */
export type OktaProfile = JsonObject & { readonly login: string };

/** A profile without a login shows nothing of the user: an administrator's role that does not reach it can cause that. */
const profile = z.custom<OktaProfile>(
  (value) => isJsonObject(value) && typeof value["login"] === "string" && value["login"] !== "",
  "a profile with a login is expected",
);

/** The profile is checked and not copied: lists have tens of thousands of them. */
export const oktaUser = z.object({ id: z.string(), status: z.string(), profile });

export type OktaUser = z.infer<typeof oktaUser>;

/** Undefined where there is none with this id. */
export async function findUser(api: ManagementApi, id: string): Promise<OktaUser | undefined> {
  const purpose = { reads: "a user assigned to the app", needs: oktaScopes.users };
  return api.find(`/api/v1/users/${encodeURIComponent(id)}`, oktaUser, purpose, { id });
}

/** By id, login, or the part of the login before the @ where only one user has it (Okta API: Get a user); undefined where there is none. */
export async function findUserByLogin(api: ManagementApi, login: string): Promise<OktaUser | undefined> {
  const purpose = { reads: "a user of the organization", needs: oktaScopes.users };
  return api.find(`/api/v1/users/${encodeURIComponent(login)}`, oktaUser, purpose);
}
