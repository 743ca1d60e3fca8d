/** What Entra's engine needs of the world. */

import type { ProviderWorld } from "../provider-world.ts";

export type EntraWorld = Omit<ProviderWorld, "randomText">;
