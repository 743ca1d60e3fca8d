/** `--fidelity NAME=VALUE`: what is uncertain about a provider, and what the simulated one does. */

import type { AppSettings } from "../../directory/app-settings.ts";
import { readEntraFidelity, readOktaFidelity } from "../../fidelity/resolve.ts";
import { namesAndValues } from "./name-and-value.ts";

export interface FidelityFlags {
  /** As written; of one name given twice the last counts. */
  readonly fidelity?: readonly string[];
}

/**
 * The settings with the answers of the flags in place of their own.
 * @throws AppError usage for what is no NAME=VALUE, and for an unknown name or value, with the nearest
 */
export function withFidelityFlags(app: AppSettings, { fidelity = [] }: FidelityFlags): AppSettings {
  return withFidelity(app, namesAndValues("--fidelity", fidelity, exampleOf[app.idp]));
}

/**
 * The settings with other answers in place of their own; a number may come as text.
 * @throws AppError usage for an unknown name or value, with the nearest
 */
export function withFidelity(app: AppSettings, given: Readonly<Record<string, unknown>>): AppSettings {
  return app.idp === "okta"
    ? { ...app, fidelity: { ...app.fidelity, ...readOktaFidelity(given) } }
    : { ...app, fidelity: { ...app.fidelity, ...readEntraFidelity(given) } };
}

const exampleOf = { okta: "rateLimitAttempts=11", entra: "entraMembersPerPatch=20" } as const;
