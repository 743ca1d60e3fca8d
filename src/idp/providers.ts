/** The identity providers there are, and the one to which settings belong. */

import type { AppSettings } from "../directory/app-settings.ts";
import { entra } from "./entra/provider.ts";
import { okta } from "./okta/provider.ts";
import type { Provider, ProviderSetUp } from "./provider.ts";

export type ProviderId = AppSettings["idp"];

/** In the order in which they are offered. */
export const providers: {
  readonly [Id in ProviderId]: Provider<Extract<AppSettings, { readonly idp: Id }>>;
} = { okta, entra };

/** The provider of these settings, set up by them. */
export function providerOf(settings: AppSettings): ProviderSetUp {
  switch (settings.idp) {
    case "okta":
      return okta.setUp(settings);
    case "entra":
      return entra.setUp(settings);
  }
}
