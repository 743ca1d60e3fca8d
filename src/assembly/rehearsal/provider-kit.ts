/** Which engine and which memory belong to an app's settings. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { ProviderMemory, RehearsedProvider } from "../../simulation/simulate.ts";
import type { MemoryForm } from "../files/memory-file.ts";
import type { ProviderWorld } from "./rehearse.ts";
import { entraMemoryForm, rehearsedEntra } from "./rehearse-entra.ts";
import { oktaMemoryForm, rehearsedOkta } from "./rehearse-okta.ts";

export interface ProviderKit<Memory extends ProviderMemory> {
  readonly form: MemoryForm<Memory>;
  readonly provider: (world: ProviderWorld) => RehearsedProvider<Memory>;
}

export interface ProviderOptions {
  /** Okta: retry the tasks of earlier runs first, as an administrator does under Dashboard > Tasks. */
  readonly retryTasks: boolean;
}

/** Hands the provider's own kit to `use`, which works with whatever memory that provider has. */
export function withProviderKit<Result>(
  settings: AppSettings,
  { retryTasks }: ProviderOptions,
  use: <Memory extends ProviderMemory>(kit: ProviderKit<Memory>) => Result,
): Result {
  switch (settings.idp) {
    case "okta":
      return use({
        form: oktaMemoryForm,
        provider: (world) => rehearsedOkta({ settings, retryTasks }, world),
      });
    case "entra":
      return use({ form: entraMemoryForm, provider: (world) => rehearsedEntra({ settings }, world) });
  }
}
