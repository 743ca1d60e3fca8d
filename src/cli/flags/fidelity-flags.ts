/** `--fidelity NAME=VALUE`: what is uncertain about a provider, and what the simulated one does. */

import type { AppSettings } from "../../directory/app-settings.ts";
import { providerOf } from "../../idp/providers.ts";
import { namesAndValues } from "./name-and-value.ts";

export interface FidelityFlags {
  /** As written; of one name given twice the last counts. */
  readonly fidelity?: readonly string[];
}

/**
 * The settings with the answers of the flags in place of their own.
 * @throws AppError usage for anything but NAME=VALUE, and for an unknown name or value, with the nearest
 */
export function withFidelityFlags(app: AppSettings, { fidelity = [] }: FidelityFlags): AppSettings {
  const { withFidelity, fidelityExample } = providerOf(app);
  return withFidelity(namesAndValues("--fidelity", fidelity, fidelityExample));
}
