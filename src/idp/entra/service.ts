/** Entra's provisioning service as a timeline drives it: cycles every forty minutes, whatever happens in between. */

import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import { AppError } from "../../errors.ts";
import type { ProvisioningService } from "../provisioning-service.ts";
import type { EntraMemory } from "./memory.ts";
import type { EntraWorld } from "./world.ts";

export interface EntraServiceOptions {
  readonly settings: EntraAppSettings;
  readonly world: EntraWorld;
}

export function entraService(_options: EntraServiceOptions): ProvisioningService<EntraMemory> {
  throw new AppError("usage", "Microsoft Entra ID is not simulated yet.");
}
