/** "Test Connection": the probes that Entra repeats at the start of each cycle. */

import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import { AppError } from "../../errors.ts";
import type { CredentialsTest } from "../credentials-test.ts";
import type { EntraWorld } from "./world.ts";

export async function testEntraConnection(
  _settings: EntraAppSettings,
  _world: EntraWorld,
): Promise<CredentialsTest> {
  throw new AppError("usage", "Microsoft Entra ID is not simulated yet.");
}
