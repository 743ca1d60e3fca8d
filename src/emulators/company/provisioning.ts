/** The provider's provisioning service as a company opens it, with all that it remembers. */

import type { AppSettings, OktaAppSettings } from "../../directory/app-settings.ts";
import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { EntraMemory } from "../../idp/entra/memory.ts";
import { rememberedEntra } from "../../idp/entra/open.ts";
import type { OktaMemory } from "../../idp/okta/memory.ts";
import { rememberedOkta } from "../../idp/okta/open.ts";
import type { ProviderWorld } from "../../idp/provider-world.ts";
import type { OpenedService } from "../../idp/provisioning-service.ts";

/** What the provider remembers after its last run, with the settings by which it works. */
export type ProvisioningState =
  | { readonly idp: "okta"; readonly settings: OktaAppSettings; readonly memory: OktaMemory }
  | { readonly idp: "entra"; readonly settings: EntraAppSettings; readonly memory: EntraMemory };

export interface Provisioning {
  readonly service: OpenedService;
  readonly state: () => ProvisioningState;
  /** Whether it acts by a schedule of its own, and not when something changes. */
  readonly worksInCycles: boolean;
}

/** Without `snapshot`, a provider that has never spoken to the target. */
export function openProvisioning(
  settings: AppSettings,
  snapshot: JsonObject | undefined,
  world: ProviderWorld,
): Provisioning {
  if (settings.idp === "okta") {
    const service = rememberedOkta(settings, snapshot).open(world, { retryTasks: false });
    const state = (): ProvisioningState => ({ idp: "okta", settings, memory: service.memory() });
    return { service, state, worksInCycles: false };
  }
  const service = rememberedEntra(settings, snapshot).open(world, { retryTasks: false });
  const state = (): ProvisioningState => ({ idp: "entra", settings, memory: service.memory() });
  return { service, state, worksInCycles: true };
}
