/** From what somebody chose to one answer for every row of a provider's fidelity table. */

import { readAnswersTo, resolveAnswersTo } from "../choices/read.ts";
import { AppError } from "../ground/errors.ts";
import { entraFidelityTable, oktaFidelityTable, type EntraFidelity, type OktaFidelity } from "./table.ts";

/** Answers by name, not checked yet; a number may come as text. */
export type GivenFidelity = Readonly<Record<string, unknown>>;

/**
 * The default answers about Okta with the given ones in their place.
 * @throws AppError usage for an unknown name or value, with the nearest
 */
export function resolveOktaFidelity(given: GivenFidelity = {}): OktaFidelity {
  refuseOthers(given, entraFidelityTable, "Microsoft Entra ID");
  return resolveAnswersTo(oktaFidelityTable, noun, given);
}

/**
 * The given answers about Okta alone, checked.
 * @throws AppError usage for an unknown name or value, with the nearest
 */
export function readOktaFidelity(given: GivenFidelity): Partial<OktaFidelity> {
  refuseOthers(given, entraFidelityTable, "Microsoft Entra ID");
  return readAnswersTo(oktaFidelityTable, noun, given);
}

/**
 * The default answers about Entra ID with the given ones in their place.
 * @throws AppError usage for an unknown name or value, with the nearest
 */
export function resolveEntraFidelity(given: GivenFidelity = {}): EntraFidelity {
  refuseOthers(given, oktaFidelityTable, "Okta");
  return resolveAnswersTo(entraFidelityTable, noun, given);
}

/**
 * The given answers about Entra ID alone, checked.
 * @throws AppError usage for an unknown name or value, with the nearest
 */
export function readEntraFidelity(given: GivenFidelity): Partial<EntraFidelity> {
  refuseOthers(given, oktaFidelityTable, "Okta");
  return readAnswersTo(entraFidelityTable, noun, given);
}

const noun = "fidelity switch";

function refuseOthers(given: GivenFidelity, others: object, provider: string): void {
  const other = Object.keys(given).find((name) => Object.hasOwn(others, name));
  if (other === undefined) return;
  throw new AppError("usage", `The fidelity switch ${other} is about ${provider}.`, {
    hint: "docs/fidelity.md lists the switches of each provider.",
  });
}
